"""What is in a report, a part a module or two; each is a function from what was asked to its values."""
