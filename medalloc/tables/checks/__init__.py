"""What can be wrong with a table, one question a module."""
