"""How good probabilities are: scores, their intervals, and the curve that makes probabilities true."""
