"""From regions and limits to a plan: which region gets what."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.dividing import divide, regions
from medalloc.cli.options import FILE, JSON, LIMITS, options
from medalloc.cli.resources import resources


@click.command()
@options(FILE, LIMITS, JSON)
def allocate(file: Path, as_json: bool, **limits: Any) -> None:
    """Compute which region of the table in FILE gets what."""
    placed = resources(limits)
    divide(regions(file, placed, limits), placed, limits, as_json=as_json)
