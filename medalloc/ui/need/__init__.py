"""The Need screen: who will need care, and how well that is known."""
