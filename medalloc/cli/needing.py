"""What the need command does besides one model: compare all, compare groups, write the card."""

from dataclasses import replace
from typing import Any

import click

from medalloc.cli.output import counted
from medalloc.cli.progress import Told
from medalloc.demand import calibration_json, regional_demand
from medalloc.errors import InputError
from medalloc.need.comparison.comparison import compare, leaderboard_json
from medalloc.need.comparison.unasked import compared_unasked, left_out
from medalloc.need.evaluation.assessment import Assessment, assess
from medalloc.need.evaluation.sample_size import size_curve
from medalloc.need.groups.comparison import Groups, compare_groups
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.persistence.card import card, title
from medalloc.need.training.target import read_need
from medalloc.need.training.training import TrainedModel
from medalloc.preparation.recipe import Recipe
from medalloc.study import Answers
from medalloc.study.steps import tables
from medalloc.tables.table import Table


def card_of(model: Any, assessed: Any, suffix: str) -> bytes:
    """Return a model's card as HTML, or as Markdown if the file is to end in ``.md``."""
    from medalloc.report.documents import as_html, as_markdown

    written = as_markdown if suffix == ".md" else as_html
    return written(title(model), card(model, assessed)).encode()


def by_group(table: Table, column: str, found: Assessment) -> Groups:
    """Return the errors of an assessment group by group."""
    if found.probability is None:
        raise ValueError("groups are compared after cross-validation")
    return compare_groups(table, column, read_need(table).values, found.probability)


def by_region(table: Table, found: Assessment) -> dict[str, Any]:
    """Return observed beside predicted need by region; nothing without regions, or before cross-validation."""
    if table.column("region") is None or found.probability is None:
        return {}
    demand = regional_demand(table, found.probability)
    return {
        "observed_over_predicted": calibration_json(demand),
        "regional_notes": [str(each) for each in demand.warnings],
    }


def of_partitions(answers: Answers, found: Assessment, told: Told) -> dict[str, Any]:
    """Return what is known of a table in partitions, and whether its sample is large enough; nothing of any other."""
    large, table = answers(tables.partitioned), answers(tables.table)
    if large is None or table is None:
        return {}
    curve = size_curve(table, found.recipe, found.choice, told.part(0, 1, found.choice.kind))
    return {"partitions": large.to_json(), "sample_curve": curve.to_json()}


def print_groups(compared: Groups) -> None:
    """Print a line for each group."""
    click.echo(f"By {compared.column}, with {compared.level:.0%} intervals:")
    for each in compared.groups:
        click.echo(
            f"  {each.group or '(no value)'}{' (few rows)' if each.small else ''}: {counted(each.rows, 'row')}, "
            f"in need {each.in_need:,.10g}, predicted {each.predicted:,.1f}, "
            f"ratio {_with(each.ratio, each.ratio_interval)}, auc {_with(each.auc, each.auc_interval)}, "
            f"accuracy {_with(each.accuracy, each.accuracy_interval)}, "
            f"missed {_with(each.false_negative_rate, each.false_negative_interval)}, "
            f"called in need {_with(each.selection_rate, each.selection_interval)}"
        )


def _with(value: float, interval: tuple[float, float]) -> str:
    return f"{value:.3f} ({interval[0]:.3f} to {interval[1]:.3f})" if value == value else "not defined"


def compared_kinds(rows: int, first: str, *, every: bool) -> list[str]:
    """Return the models that are compared, the one that was asked for first."""
    further = CATALOGUE if every else compared_unasked(rows)
    return list(dict.fromkeys((first, *further)))


def compared(
    table: Table,
    recipe: Recipe,
    kinds: list[str],
    every: dict[str, Assessment],
    trained: dict[str, TrainedModel],
    told: Told,
) -> dict[str, Any]:
    """Train and assess further models, and return all on the same folds beside the majority, and what follows."""
    (first,), refused = every.values(), {}
    for number, kind in enumerate(kinds[1:], start=1):
        choice, progress = replace(first.choice, kind=kind, options={}), told.part(number, len(kinds), kind)
        try:
            every[kind] = assess(
                table,
                recipe,
                choice,
                progress=progress,
                keep=lambda model: trained.update({model.choice.kind: model}),
            )
        except InputError as error:
            # one model that cannot learn from this table must not take the others with it
            refused[kind] = str(error)
    not_compared = left_out(first.rows, kinds)
    said = {} if not_compared is None else {"not_compared": str(not_compared)}
    return {**leaderboard_json(compare(every)), "refused": refused, **said}


def interval_of(interval: list[float] | None) -> str:
    """Return the two ends of an interval in words, or nothing."""
    return "" if interval is None else f" ({interval[0]:.4f} to {interval[1]:.4f})"
