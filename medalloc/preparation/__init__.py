"""How is a table cleaned? Recipes of named steps, and what they do to each column."""
