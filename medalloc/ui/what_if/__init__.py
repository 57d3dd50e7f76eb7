"""Parts of the What-if screen."""
