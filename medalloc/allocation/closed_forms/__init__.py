"""Plans by sorting, water-filling and prices: exact and fast where limits lie within each other."""
