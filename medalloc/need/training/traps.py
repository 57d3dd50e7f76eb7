"""Tables that make a model look better than it is: names used as features, patients on both sides of the split."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import Patients
from medalloc.need.training.splitting import Split
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import Rows
from medalloc.sentences import Sentence, sentence

UNIQUE = 0.95
"""Share of distinct values from which a column tells rows apart rather than describes them."""

DENSE = 3
"""Whole numbers that are nearly all distinct are a numbering when they span at most so many times their rows."""

FEWEST_ROWS = 50
"""Rows below which distinct values mean nothing."""

LOOKED_AT = 2000
"""Rows by which most columns are seen to be no numbering."""

TWINS = 0.01
"""Share of test rows with a twin among the training rows from which it is told."""

BY_CHANCE = 10
"""Times as many twins as chance would make that are put down to chance: columns that go together make more of them."""


def traps(patients: Patients, split: Split) -> list[Sentence]:
    """Say which columns number the rows, and whether test rows stand among the training rows as well."""
    return [*_numberings(patients, split.train), *_twins(patients, split)]


def too_good(patients: Patients, recipe: Recipe, choice: ModelChoice) -> list[Sentence]:
    """Say what about the recipe and the split makes the scores of a model too good."""
    made = []
    if recipe.fitted_on == "whole table":
        made.append(
            sentence(
                "Recipe “{recipe}” takes its means and extremes from all rows, so that the model has seen something of "
                "the test rows; its scores may be too good.",
                recipe=recipe.name,
            )
        )
    if EVERY_KIND[choice.kind].splits_by_row and patients.groups is not None:
        made.append(
            sentence(
                "The article's split is by row: rows of one patient fall on both sides, and its scores are too good."
            )
        )
    return made


def _numberings(patients: Patients, rows: Rows) -> Iterator[Sentence]:
    if len(rows) < FEWEST_ROWS:
        return
    for column in patients.features:
        distinct = _distinct_text(column, rows) if column.kind == "text" else _distinct_numbering(column, rows)
        if distinct is not None and distinct >= UNIQUE * len(rows):
            yield sentence(
                "Column “{column}” has {distinct} different values in {rows} training rows, like a number "
                "or name of each row: a model can only overfit it. Give it the role “patient id” or "
                "“ignored”.",
                column=column.name,
                distinct=distinct,
                rows=len(rows),
            )


def _distinct_text(column: EncodedColumn, rows: Rows) -> int | None:
    if column.levels is None or len(column.levels) < UNIQUE * len(rows):
        return None
    codes = column.values[rows]
    return int(np.count_nonzero(np.bincount(codes[codes >= 0])))


def _distinct_numbering(column: EncodedColumn, rows: Rows) -> int | None:
    """Return how many distinct numbers there are, or None when they do not number the rows.

    Measurements are nearly all distinct, too; a numbering is whole, and dense or in the table's order.
    """
    for looked_at in (rows[:LOOKED_AT], rows):
        numbers = column.values[looked_at].astype(np.float64)
        known = numbers[~np.isnan(numbers)]
        if not len(known) or (known % 1 != 0).any():
            return None
        distinct = len(np.unique(known))
        if distinct < UNIQUE * len(looked_at):
            return None
    steps = np.diff(known)
    dense = known.max() - known.min() <= DENSE * len(column.values)
    return distinct if dense or (steps > 0).all() or (steps < 0).all() else None


def _twins(patients: Patients, split: Split) -> Iterator[Sentence]:
    seen = _fingerprints(patients, split.train)
    count = int(np.isin(_fingerprints(patients, split.test), seen).sum())
    tests = len(split.test)
    if count < max(TWINS * tests, 2):
        return
    by_chance = tests * min(1.0, len(split.train) * _chance_of_a_twin(patients, split.train[:LOOKED_AT]))
    if count >= BY_CHANCE * by_chance:
        yield sentence(
            "Test rows that equal a training row in every feature: {count} of {rows}. If they are the same patients, "
            "the scores are too good: give the column that says who is who the role “patient id”, or remove the "
            "repetitions.",
            count=count,
            rows=tests,
        )


def _fingerprints(patients: Patients, rows: Rows) -> NDArray[np.uint64]:
    """Return a number per row that is equal for equal rows, and for others about never."""
    made = np.zeros(len(rows), dtype=np.uint64)
    for column in patients.features:
        # Adding 0.0 makes one zero of both, and missing numbers all look the same.
        numbers = column.values[rows].astype(np.float64) + 0.0
        numbers[np.isnan(numbers)] = np.nan
        made = (made ^ numbers.view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        made ^= made >> np.uint64(29)
    return made


def _chance_of_a_twin(patients: Patients, rows: Rows) -> float:
    """Return how often two rows would be equal if their columns had nothing to do with each other."""
    chance = 1.0
    for column in patients.features:
        numbers = column.values[rows].astype(np.float64)
        _, counts = np.unique(numbers, return_counts=True)
        # Pairs of different rows: a value that stands once has no twin.
        chance *= float(counts @ (counts - 1)) / (len(rows) * (len(rows) - 1))
    return chance


SUSPECT_ROWS = 20_000
SUSPECT_CORRELATION = 0.98


def amount_leaks(fitted: FittedModel, patients: Patients, train: Rows) -> list[Sentence]:
    """Warn of columns whose order is nearly that of the amounts (Spearman's rank correlation)."""
    from scipy.stats import rankdata

    taken = train[:: max(1, len(train) // SUSPECT_ROWS)]
    matrix = fitted.prepared.matrix(patients.features, taken, learning=True)
    amount = rankdata(patients.learnt[taken])
    made = []
    for name, places in zip(fitted.prepared.sources, fitted.prepared.groups(), strict=True):
        columns = (matrix[:, place] for place in places)
        full = [each for each in columns if not np.isnan(each).any() and each.min() < each.max()]
        best = max((abs(float(np.corrcoef(rankdata(each), amount)[0, 1])) for each in full), default=0.0)
        if best >= SUSPECT_CORRELATION:
            made.append(
                sentence(
                    "Column “{column}” tells the amount almost perfectly on its own (rank correlation {correlation}). "
                    "Was it known before the need arose? If not, give it the role “ignored”.",
                    column=name,
                    correlation=round(best, 3),
                )
            )
    return made
