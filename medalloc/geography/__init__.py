"""Where it is: the boundaries that ship, and which of them a table's regions are."""
