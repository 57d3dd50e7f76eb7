"""Which model is used? All on the same folds, told apart only where the numbers do."""
