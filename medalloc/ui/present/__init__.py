"""The plan as a talk: one idea a screen, large, without controls."""
