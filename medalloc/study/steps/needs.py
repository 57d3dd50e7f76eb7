"""Who will need care: training as a job, and whose probabilities are believed."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from medalloc.jobs.tasks import Assess, Assessed, Search
from medalloc.need.comparison.amounts import AmountComparison, compare_amounts
from medalloc.need.comparison.comparison import Comparison, compare
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.amount import holds_amounts
from medalloc.need.training.meaning import Meaning, meaning_of
from medalloc.need.training.patients import all_answers, gather
from medalloc.need.training.splitting import split
from medalloc.need.training.target import read_need
from medalloc.partitions.everything import Everything
from medalloc.partitions.mending import refuse_for_partitions
from medalloc.partitions.state import State
from medalloc.preparation.leak import Leak, leak_of
from medalloc.preparation.recipe import Recipe
from medalloc.study.step import long
from medalloc.tables.table import Table

BASELINE = "logistic"
"""Trained in any case: a model that cannot beat it is not worth its complexity."""


def learns_amounts(table: Table) -> bool:
    """Whether the column of need holds amounts, such as visits, rather than who is in need."""
    return table.column("need") is not None and holds_amounts(table)


def need_meaning(unprepared: Table) -> Meaning | None:
    """Return what the column of need is taken for: who is in need, or how much of it; None where there is none."""
    return None if unprepared.column("need") is None else meaning_of(unprepared)


def amount_unit(table: Table, learns_amounts: bool, need_unit: str) -> str | None:
    """Return what demand from patients is counted in, in the plural; None for persons."""
    return (need_unit.strip() or table.required("need")) if learns_amounts else None


def recipe_leak(table: Table, recipe_in_use: Recipe, seed: int) -> Leak | None:
    """Return how much of the test rows a recipe of the whole table has seen, in the split of the usual test share."""
    patients = gather(table, recipe_in_use)
    parts = split(patients.known, patients.need, patients.groups, share=ModelChoice(BASELINE).test_share, seed=seed)
    target = all_answers(table)[0] if recipe_in_use.needs_target else None
    return leak_of(recipe_in_use, patients.features, parts.train, parts.test, target)


def trained_models(models: tuple[str, ...], learns_amounts: bool | None) -> tuple[str, ...]:
    """Return the kinds of model that are trained; of amounts all, as they take little time."""
    return tuple(AMOUNTS) if learns_amounts else tuple(dict.fromkeys((*models, BASELINE)))


def trained_options(
    trained_models: tuple[str, ...], model_options: Mapping[str, Mapping[str, float | str]]
) -> dict[str, dict[str, float | str]]:
    """Return the options of these models that differ from the usual ones."""
    return {kind: dict(model_options[kind]) for kind in trained_models if model_options.get(kind)}


def everything(
    partitioned: State, train_on: str, unprepared: Table, repairs: tuple[tuple[str, str | None], ...]
) -> dict[str, Any] | None:
    """Return the table in partitions from all of whose rows is learned; None where that was not asked for."""
    if train_on != "all":
        return None
    refuse_for_partitions(repairs)
    need = read_need(unprepared)
    return asdict(
        Everything(
            str(partitioned.folder),
            unprepared.required("need"),
            unprepared.column("weight"),
            need.means_need,
            need.means_none,
            repairs,
        )
    )


@long(Assess)
def training(
    table: Table,
    recipe_in_use: Recipe,
    trained_models: tuple[str, ...],
    seed: int,
    trained_options: dict[str, dict[str, float | str]],
    calibration: str,
    everything: dict[str, Any] | None,
) -> Assess:
    """State what the models learn from."""
    return Assess(table, recipe_in_use, trained_models, seed, trained_options, calibration, everything)


@long(Search)
def option_search(table: Table, recipe_in_use: Recipe, search_model: str, seed: int, search_seconds: int) -> Search:
    """State which options are searched."""
    return Search(table, recipe_in_use, search_model, seed, search_seconds)


def assessments(training: Assessed) -> dict[str, Assessment]:
    """Return what was found about each model."""
    return dict(training.assessments)


def amount_assessments(training: Assessed) -> dict[str, AmountAssessment]:
    """Return what was found about each model of amounts; nothing where answers were learnt."""
    return training.amounts


def amount_leaderboard(amount_assessments: dict[str, AmountAssessment]) -> AmountComparison | None:
    """Return every model of amounts beside the others, and the one that is chosen."""
    return compare_amounts(amount_assessments) if amount_assessments else None


def amount_assessment(
    amount_assessments: dict[str, AmountAssessment], amount_leaderboard: AmountComparison, model: str | None
) -> AmountAssessment:
    """Return the assessment whose expected amounts make the demand: the chosen model's, or the leaderboard's."""
    return amount_assessments.get(model or "") or amount_assessments[amount_leaderboard.chosen]


def leaderboard(assessments: dict[str, Assessment]) -> Comparison | None:
    """Return every model beside the others, and the one that is chosen; None where amounts were learnt."""
    return compare(assessments) if assessments else None


def assessment(assessments: dict[str, Assessment], leaderboard: Comparison, model: str | None) -> Assessment:
    """Return the assessment whose probabilities make the demand: the chosen model's, or the leaderboard's."""
    return assessments.get(model or "") or assessments[leaderboard.chosen]
