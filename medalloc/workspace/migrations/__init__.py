"""How a database of any earlier version becomes one of the present version, step by step."""
