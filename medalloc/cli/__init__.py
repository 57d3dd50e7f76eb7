"""How without a browser? The same story as commands, one a module: read, need, allocate, plan, check."""

from medalloc.cli.entry import main

__all__ = ["main"]
