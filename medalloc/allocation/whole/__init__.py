"""Whole units where a region needs what it needs in one way: levels, steps and prices, no search over all units."""
