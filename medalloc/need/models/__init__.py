"""Which models are there? Choices as data, and what they mean."""
