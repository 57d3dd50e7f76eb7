"""From patients to scores: who will need care."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import FILE, JSON, NEED, options
from medalloc.cli.output import print_json
from medalloc.cli.patients import learning


@click.command()
@options(
    FILE,
    NEED,
    click.option("--save", type=click.Path(path_type=Path), help="Keep the trained model in this file."),
    JSON,
)
def need(file: Path, save: Path | None, as_json: bool, **chosen: Any) -> None:
    """Learn from the patients in FILE who will need care, and say how well that is known."""
    from medalloc.need.assessment import assess
    from medalloc.need.model_file import save_model
    from medalloc.need.storage import need_json

    table, recipe, choice = learning(file, chosen)
    keep = None if save is None else partial(save_model, path=save, table=table)
    result = need_json(assess(table, recipe, choice, cross_validate=False, keep=keep))
    if as_json:
        print_json(result)
        return
    click.echo(f"{result['model']}: {result['train']:,} rows to learn from, {result['test']:,} to test on")
    for name, score in result["scores"].items():
        click.echo(f"  {name}: {score:.4f}")
    for warning in result["warnings"]:
        click.echo(warning)
