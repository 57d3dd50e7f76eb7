"""From regions and limits to a plan: which region gets what."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.chosen import asked
from medalloc.cli.large import CLUSTER, on_cluster
from medalloc.cli.options import FILES, LIMITS, MAP, READING, TOLD, options
from medalloc.cli.remembered import REMEMBER, REMEMBERED, hinted
from medalloc.cli.resources import resources
from medalloc.cli.telling import tell
from medalloc.study.steps import tables


@click.command()
@options(FILES, READING, REMEMBERED, REMEMBER, MAP, LIMITS, TOLD, CLUSTER)
def allocate(file: Path, frontier: int, out: Path | None, as_json: bool, **chosen: Any) -> None:
    """Compute which region of the table in FILE gets what."""
    resources(chosen)
    answers = asked(file, Path(), chosen, regions=True)
    table = answers(tables.table)
    if table is not None and table.kind == "patients" and not answers(tables.is_from_counts):
        with hinted(answers):
            table.require_roles("region", "demand")
    with on_cluster(chosen):
        tell(answers, frontier=frontier, out=out, as_json=as_json)
