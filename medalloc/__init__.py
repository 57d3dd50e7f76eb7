"""From a table of patients or regions to a defensible plan of who gets what."""

__version__ = "0.1.0"
