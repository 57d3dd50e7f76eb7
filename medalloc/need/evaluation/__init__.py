"""How good is a model? Scores with intervals, probabilities that are true, what acting on them is worth."""
