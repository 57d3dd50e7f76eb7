"""For whom is it wrong? Errors group by group."""
