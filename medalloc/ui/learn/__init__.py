"""Parts of the Learn screen: one file a step of the founding article, what they share, and the visitor's choices."""
