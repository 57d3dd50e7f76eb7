"""Can the limits be kept at all? Every one that is broken, and what would make it fit."""
