"""The shapes that are known, by where they come from."""
