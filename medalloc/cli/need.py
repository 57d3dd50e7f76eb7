"""From patients to scores: who will need care."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import FILE, JSON, NEED, options
from medalloc.cli.output import print_json, write_bytes
from medalloc.cli.patients import learning


@click.command()
@options(
    FILE,
    NEED,
    click.option("--save", type=click.Path(path_type=Path), help="Keep the trained model in this file."),
    click.option("--card", "card_file", type=click.Path(path_type=Path), help="Write the model's card: .html or .md."),
    JSON,
)
def need(file: Path, save: Path | None, card_file: Path | None, as_json: bool, **chosen: Any) -> None:
    """Learn from the patients in FILE who will need care, and say how well that is known."""
    from medalloc.need.assessment import assess
    from medalloc.need.model_file import KeptModel, keep_model, write_model
    from medalloc.need.storage import need_json

    table, recipe, choice = learning(file, chosen)
    kept: list[KeptModel] = []
    assessed = assess(
        table, recipe, choice, cross_validate=False, keep=lambda trained: kept.append(keep_model(trained, table))
    )
    if save is not None:
        write_model(kept[0], save)
    if card_file is not None:
        write_bytes(card_file, _card(kept[0], assessed, card_file.suffix))
    result = need_json(assessed)
    if as_json:
        print_json(result)
        return
    click.echo(f"{result['model']}: {result['train']:,} rows to learn from, {result['test']:,} to test on")
    for name, score in result["scores"].items():
        click.echo(f"  {name}: {score:.4f}")
    for warning in result["warnings"]:
        click.echo(warning)


def _card(model: Any, assessed: Any, suffix: str) -> bytes:
    from medalloc.documents import as_html, as_markdown
    from medalloc.need.card import card, title

    written = as_markdown if suffix == ".md" else as_html
    return written(title(model), card(model, assessed)).encode()
