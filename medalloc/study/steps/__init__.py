"""The steps of the story: pure functions whose parameters are choices, or answers of steps before them, by name."""
