"""From patients to scores: who will need care."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import COMPARE, FILE, JSON, NEED, options
from medalloc.cli.output import print_json
from medalloc.cli.patients import learning


@click.command()
@options(FILE, NEED, COMPARE, JSON)
def need(file: Path, as_json: bool, compare: bool, **chosen: Any) -> None:
    """Learn from the patients in FILE who will need care, and say how well that is known."""
    from medalloc.need.assessment import assess
    from medalloc.need.storage import need_json

    table, recipe, choice = learning(file, chosen)
    found = assess(table, recipe, choice, cross_validate=compare)
    result = {**need_json(found), **(_compared(table, recipe, found) if compare else {})}
    if as_json:
        print_json(result)
        return
    click.echo(f"{result['model']}: {result['train']:,} rows to learn from, {result['test']:,} to test on")
    for name, score in result["scores"].items():
        click.echo(f"  {name}: {score:.4f}{_ends(result['intervals'].get(name))}")
    for row in result.get("leaderboard", ()):
        click.echo(f"  {row['model']}: ROC AUC {row['auc']:.4f} ± {row['auc_spread']:.4f}")
    if compare:
        click.echo(result["verdict"])
    for warning in result["warnings"]:
        click.echo(warning)


def _compared(table: Any, recipe: Any, found: Any) -> dict[str, Any]:
    """Return every model on the same folds beside the majority, and what follows."""
    from dataclasses import replace

    from medalloc.errors import InputError
    from medalloc.need.assessment import assess
    from medalloc.need.choice import MODEL_KINDS
    from medalloc.need.comparison import compare
    from medalloc.need.storage import leaderboard_json

    every, refused = {found.choice.kind: found}, {}
    for kind in MODEL_KINDS:
        if kind in every:
            continue
        try:
            every[kind] = assess(table, recipe, replace(found.choice, kind=kind, options={}))
        except InputError as error:
            # one model that cannot learn from this table must not take the others with it
            refused[kind] = str(error)
    return {**leaderboard_json(compare(every)), "refused": refused}


def _ends(interval: list[float] | None) -> str:
    return "" if interval is None else f" ({interval[0]:.4f} to {interval[1]:.4f})"
