"""Who will need care: training as a job, and whose probabilities are believed."""

from collections.abc import Mapping

from medalloc.jobs.tasks import Assess, Assessed, Search
from medalloc.need.comparison.comparison import Comparison, compare
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.training.target import Need, read_need
from medalloc.preparation.recipe import Recipe
from medalloc.study.step import long
from medalloc.tables.table import Table

BASELINE = "logistic"
"""Trained in any case: a model that cannot beat it is not worth its complexity."""


def need_meaning(table: Table) -> Need | None:
    """Return who is taken to be in need, by which answers; None where no column says it."""
    return None if table.column("need") is None else read_need(table)


def trained_models(models: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of model that are trained."""
    return tuple(dict.fromkeys((*models, BASELINE)))


def trained_options(
    trained_models: tuple[str, ...], model_options: Mapping[str, Mapping[str, float | str]]
) -> dict[str, dict[str, float | str]]:
    """Return the options of these models that differ from the usual ones."""
    return {kind: dict(model_options[kind]) for kind in trained_models if model_options.get(kind)}


@long(Assess)
def training(
    table: Table,
    recipe_in_use: Recipe,
    trained_models: tuple[str, ...],
    seed: int,
    trained_options: dict[str, dict[str, float | str]],
    calibration: str,
) -> Assess:
    """State what the models learn from."""
    return Assess(table, recipe_in_use, trained_models, seed, trained_options, calibration)


@long(Search)
def option_search(table: Table, recipe_in_use: Recipe, search_model: str, seed: int, search_seconds: int) -> Search:
    """State which options are searched."""
    return Search(table, recipe_in_use, search_model, seed, search_seconds)


def assessments(training: Assessed) -> dict[str, Assessment]:
    """Return what was found about each model."""
    return dict(training.assessments)


def leaderboard(assessments: dict[str, Assessment]) -> Comparison:
    """Return every model beside the others, and the one that is chosen."""
    return compare(assessments)


def assessment(assessments: dict[str, Assessment], leaderboard: Comparison, model: str | None) -> Assessment:
    """Return the assessment whose probabilities make the demand: the chosen model's, or the leaderboard's."""
    return assessments.get(model or "") or assessments[leaderboard.chosen]
