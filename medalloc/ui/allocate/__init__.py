"""Parts of the Allocate screen."""
