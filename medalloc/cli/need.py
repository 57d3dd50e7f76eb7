"""From patients to scores: who will need care."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medalloc.cli.options import FILE, JSON, NEED, options
from medalloc.cli.output import print_json, write_bytes
from medalloc.cli.patients import learning

if TYPE_CHECKING:
    from medalloc.need.assessment import Assessment
    from medalloc.need.groups import Groups
    from medalloc.tables.table import Table

GROUPS = click.option("--groups", metavar="COLUMN", help="Compare errors between the groups of this column.")


@click.command()
@options(
    FILE,
    NEED,
    click.option("--save", type=click.Path(path_type=Path), help="Keep the trained model in this file."),
    click.option("--card", "card_file", type=click.Path(path_type=Path), help="Write the model's card: .html or .md."),
    GROUPS,
    JSON,
)
def need(
    file: Path, groups: str | None, save: Path | None, card_file: Path | None, as_json: bool, **chosen: Any
) -> None:
    """Learn from the patients in FILE who will need care, and say how well that is known."""
    from medalloc.need.assessment import assess
    from medalloc.need.model_file import KeptModel, keep_model, write_model
    from medalloc.need.storage import need_json

    table, recipe, choice = learning(file, chosen)
    kept: list[KeptModel] = []
    # groups are compared on every row, each predicted by a model that has not learned from it
    assessed = assess(
        table,
        recipe,
        choice,
        cross_validate=groups is not None,
        keep=lambda trained: kept.append(keep_model(trained, table)),
    )
    if save is not None:
        write_model(kept[0], save)
    if card_file is not None:
        write_bytes(card_file, _card(kept[0], assessed, card_file.suffix))
    result = need_json(assessed)
    compared = None if groups is None else _by_group(table, groups, assessed)
    if compared is not None:
        result["groups"] = [each.to_json() for each in compared.groups]
        result["warnings"] += [str(each) for each in compared.warnings]
    if as_json:
        print_json(result)
        return
    click.echo(f"{result['model']}: {result['train']:,} rows to learn from, {result['test']:,} to test on")
    for name, score in result["scores"].items():
        click.echo(f"  {name}: {score:.4f}")
    if compared is not None:
        _print_groups(compared)
    for warning in result["warnings"]:
        click.echo(warning)


def _by_group(table: "Table", column: str, found: "Assessment") -> "Groups":
    from medalloc.need.groups import compare_groups
    from medalloc.need.target import read_need

    if found.probability is None:
        raise ValueError("groups are compared after cross-validation")
    return compare_groups(table, column, read_need(table).values, found.probability)


def _print_groups(compared: "Groups") -> None:
    click.echo(f"By {compared.column}, with {compared.level:.0%} intervals:")
    for each in compared.groups:
        click.echo(
            f"  {each.group or '(no value)'}{' (few rows)' if each.small else ''}: {each.rows:,} rows, "
            f"in need {each.in_need:,}, predicted {each.predicted:,.1f}, "
            f"ratio {_with(each.ratio, each.ratio_interval)}, auc {_with(each.auc, each.auc_interval)}, "
            f"accuracy {_with(each.accuracy, each.accuracy_interval)}, "
            f"missed {_with(each.false_negative_rate, each.false_negative_interval)}, "
            f"called in need {_with(each.selection_rate, each.selection_interval)}"
        )


def _with(value: float, interval: tuple[float, float]) -> str:
    return f"{value:.3f} ({interval[0]:.3f} to {interval[1]:.3f})" if value == value else "not defined"


def _card(model: Any, assessed: Any, suffix: str) -> bytes:
    from medalloc.documents import as_html, as_markdown
    from medalloc.need.card import card, title

    written = as_markdown if suffix == ".md" else as_html
    return written(title(model), card(model, assessed)).encode()
