"""The Home screen: where the visitor stands, and where to begin."""
