"""What each step of a recipe learns and does, a family a module."""
