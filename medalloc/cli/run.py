"""From a study to its plan."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.answering import read_study
from medalloc.cli.large import CLUSTER, on_cluster
from medalloc.cli.options import PATH, TOLD, options
from medalloc.cli.telling import tell


@click.command()
@options(click.argument("study", type=PATH), TOLD, CLUSTER)
def run(study: Path, frontier: int, out: Path | None, as_json: bool, **chosen: Any) -> None:
    """Compute the plan of STUDY, a file that `study` wrote."""
    with on_cluster(chosen):
        tell(read_study(study), frontier=frontier, out=out, as_json=as_json)
