"""What came in: reading a file, the roles of its columns, and what is wrong with it."""
