"""How does a network learn? Networks of numbers and series, trained by gradient descent in three ways."""
