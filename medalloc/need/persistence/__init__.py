"""How is it used again? Models as files, new files scored, and what a reader must know."""
