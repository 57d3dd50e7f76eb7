"""How long people wait, and which servers (beds, clinicians) shorten the wait most."""
