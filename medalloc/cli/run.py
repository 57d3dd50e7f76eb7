"""From a study to its plan."""

from pathlib import Path

import click

from medalloc.cli.answering import read_study
from medalloc.cli.options import PATH, TOLD, options
from medalloc.cli.telling import tell


@click.command()
@options(click.argument("study", type=PATH), TOLD)
def run(study: Path, frontier: int, out: Path | None, as_json: bool) -> None:
    """Compute the plan of STUDY, a file that `study` wrote."""
    tell(read_study(study), frontier=frontier, out=out, as_json=as_json)
