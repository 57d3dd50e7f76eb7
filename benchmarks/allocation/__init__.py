"""Time to allocate, against other people's solvers, each in a process of its own."""
