"""An epidemic on top of everyday demand, on the What-if screen."""
