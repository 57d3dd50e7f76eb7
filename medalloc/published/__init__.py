"""Why should anybody believe it? Numbers that other people computed, computed again here."""
