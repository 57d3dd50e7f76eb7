"""Why does it work? The steps of learning from a table, each with its numbers, for a class to look at."""
