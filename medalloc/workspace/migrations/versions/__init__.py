"""One module a step; a step that somebody may have taken is never changed."""
