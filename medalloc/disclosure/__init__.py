"""What may be told of people so that nobody is found out."""
