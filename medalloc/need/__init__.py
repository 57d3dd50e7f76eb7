"""Who will need care? Models of need, how good they are, and what they go by."""
