"""What if the table is larger than memory? Partitions, each measured alone: their sums are the table's."""
