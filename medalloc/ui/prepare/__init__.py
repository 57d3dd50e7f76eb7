"""Parts of the Prepare screen."""
