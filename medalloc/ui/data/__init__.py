"""Parts of the Data screen."""
