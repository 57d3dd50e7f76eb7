"""Who is first? From patients waiting, units and a rule to a list with the reason of every decision."""
