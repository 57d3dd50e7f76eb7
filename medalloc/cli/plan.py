"""The whole story at once: who will need care, how much of it is where, and which region gets what."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.chosen import asked
from medalloc.cli.large import LARGE, on_cluster
from medalloc.cli.options import DEMAND, FILES_ANYWHERE, LIMITS, MAP, READING, TARGET, TOLD, options
from medalloc.cli.remembered import REMEMBER, REMEMBERED
from medalloc.cli.resources import resources
from medalloc.cli.telling import tell


@click.command()
@options(FILES_ANYWHERE, READING, REMEMBERED, REMEMBER, MAP, TARGET, DEMAND, LIMITS, LARGE, TOLD)
def plan(file: Path | str, frontier: int, out: Path | None, as_json: bool, **chosen: Any) -> None:
    """From the patients in FILE to a plan: need, demand and allocation in one go."""
    resources(chosen)
    answers = asked(file, Path(), chosen)
    with on_cluster(chosen):
        tell(answers, frontier=frontier, out=out, as_json=as_json)
