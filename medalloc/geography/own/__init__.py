"""Boundaries that somebody brings: read, cut into borders that neighbours share, simplified, written for the map."""
