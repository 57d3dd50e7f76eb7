"""What is learned from whom? Patients, their need, splits, and the training itself."""
