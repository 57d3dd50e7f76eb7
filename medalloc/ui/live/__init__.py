"""The Live screen: a plan in force is watched."""
