"""Train a model on a table, and predict with it."""

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.need.measures.calibration import Calibrator, fit_calibrator
from medalloc.need.measures.scores import Scores, scores
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.building import new_model, require_no_missing, weighed
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.fitted import FittedModel, predict
from medalloc.need.training.patients import Patients, gather
from medalloc.need.training.splitting import Split, article_split, folds, split, time_split
from medalloc.need.training.traps import too_good, traps
from medalloc.networks.listening import listening
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import Rows, Target
from medalloc.sentences import Sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]

INNER_FOLDS, OF_FEW = 3, 5
"""Folds of the training part that turn what a model says into probabilities that hold for other rows; and of few rows,
on two thirds of which a model says less than on all of them, and not as surely."""

FEW_BELOW = 5_000
"""Training rows that are few."""

ONE_FOLD_FROM = 30_000
"""Training rows from which one of those folds, ten thousand rows, is enough for the curve."""

ASIDE_FROM = 50_000
"""Training rows from which at most a fifth of them is set aside: the model itself, which has not seen
these, gives the curve, and no second one has to be trained."""

ASIDE = 10_000
"""Rows that are set aside for the curve. [count]"""


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """A model that learned from the training part of a table and was tested on the rest."""

    choice: ModelChoice
    """Which model."""

    recipe: Recipe
    """How cells were prepared."""

    fitted: FittedModel
    """The model itself."""

    split: Split
    """Rows of the table it learned from and was tested on."""

    test_need: NDArray[np.int8]
    """0 or 1 for each test row."""

    test_probability: Floats
    """Predicted probability of need for each test row. [fraction]"""

    test_weight: Floats | None
    """How much each test row counts; None where all count the same."""

    warnings: tuple[Sentence, ...]
    """What a reader should know."""

    learned_rows: int | None = None
    """Rows it learned from, where these were more than the table has; else None. [count]"""

    @property
    def train_rows(self) -> int:
        """Rows it learned from [count]."""
        return len(self.split.train) if self.learned_rows is None else self.learned_rows

    def scores(self, threshold: float = 0.5) -> Scores:
        """Score the test rows."""
        return scores(self.test_need, self.test_probability, threshold, weight=self.test_weight)

    def probability(self, table: Table) -> Floats:
        """Predict for a table with the same features; NaN for rows the recipe leaves out, shape (rows,).

        Raises
        ------
        InputError
            If a feature is missing or holds something else than it did.
        """
        return predict(self.fitted, table)


def train(table: Table, recipe: Recipe, choice: ModelChoice) -> TrainedModel:
    """Train on the training part of a table and predict the test part.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need`` and at least one with the role ``feature``.
    choice : ModelChoice
        Which model, which seed, how much is set aside for the test.

    Raises
    ------
    InputError
        If the table, the recipe and the model do not go together; all faults at once.
    """
    return train_patients(gather(table, recipe), recipe, choice)


def train_patients(patients: Patients, recipe: Recipe, choice: ModelChoice) -> TrainedModel:
    """Do what `train` does, on patients already gathered."""
    parts = split_patients(patients, choice)
    fitted = fit_on(patients, recipe, choice, parts.train)
    need = patients.need[parts.test]
    return TrainedModel(
        choice,
        recipe,
        fitted,
        parts,
        need,
        fitted.probability(fitted.raw(patients.features, parts.test)),
        patients.weights_at(parts.test),
        learning_warnings(patients, recipe, choice, parts),
    )


def learning_warnings(patients: Patients, recipe: Recipe, choice: ModelChoice, parts: Split) -> tuple[Sentence, ...]:
    """Return what a reader should know of the patients, the model and the split before any score."""
    return (
        *patients.warnings,
        *(weighed(choice, len(parts.train)) if patients.weights is not None else ()),
        *EVERY_KIND[choice.kind].remarks(choice, len(parts.train)),
        *too_good(patients, recipe, choice),
        *traps(patients, parts),
    )


def split_patients(patients: Patients, choice: ModelChoice) -> Split:
    """Split the rows whose need is known.

    Raises
    ------
    InputError
        If one side would hold one answer only.
    """
    if EVERY_KIND[choice.kind].splits_by_row:
        parts = article_split(patients.known, share=choice.test_share, seed=choice.seed)
    elif patients.times is not None:
        parts = time_split(patients.known, patients.times, patients.groups, share=choice.test_share)
    else:
        parts = split(patients.known, patients.need, patients.groups, share=choice.test_share, seed=choice.seed)
    if patients.amount is None and any(len(np.unique(patients.need[side])) < 2 for side in (parts.train, parts.test)):
        raise refused(
            "With seed {seed} the training or the test part holds one answer only; use another seed, a larger test "
            "share, or more patients.",
            seed=choice.seed,
        )
    return parts


def fit_on(patients: Patients, recipe: Recipe, choice: ModelChoice, rows: Rows) -> FittedModel:
    """Fit recipe and model on some rows; a recipe for the whole table is fitted on all rows whose need is known."""
    if patients.amount is not None or EVERY_KIND[choice.kind].as_printed:
        return _fit(patients, recipe, choice, rows)
    if len(rows) < ASIDE_FROM:
        fitted = _fit(patients, recipe, choice, rows)
        return replace(fitted, calibrator=_inner_calibrator(patients, fitted.prepared, choice, rows))
    aside = folds(rows, patients.need, patients.groups, seed=choice.seed, count=len(rows) // ASIDE) == 0
    fitted, unseen = _fit(patients, recipe, choice, rows[~aside]), rows[aside]
    margin = fitted.margin(fitted.raw(patients.features, unseen))
    return replace(fitted, calibrator=curve(patients, choice, unseen, margin))


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What a model says of rows it has not learned from."""

    margin: Floats
    """Unbounded scores, which calibration works on, shape (rows,)."""

    probability: Floats | None
    """The model's own probabilities, shape (rows,); None for models that give none. [fraction]"""

    fit_seconds: float
    """How long recipe and model took to learn. [s]"""


def predict_held_out(patients: Patients, recipe: Recipe, choice: ModelChoice, train: Rows, held_out: Rows) -> HeldOut:
    """Fit on some rows and predict others."""
    start = time.perf_counter()
    fitted = _fit(patients, recipe, choice, train)
    seconds = time.perf_counter() - start
    raw = fitted.raw(patients.features, held_out)
    return HeldOut(fitted.margin(raw), raw if fitted.model.gives_probability else None, seconds)


def _fit(patients: Patients, recipe: Recipe, choice: ModelChoice, rows: Rows) -> FittedModel:
    seen = patients.known if recipe.fitted_on == "whole table" else rows
    prepared = fit_recipe(recipe, patients.features, seen, _target(patients, recipe, choice, seen))
    require_no_missing(choice, prepared, patients.features, rows)
    return FittedModel(
        prepared,
        new_model(choice, len(rows)).fit(prepared, patients.features, rows, patients.learnt, patients.weights_at(rows)),
        None,
    )


def _target(patients: Patients, recipe: Recipe, choice: ModelChoice, rows: Rows) -> Target | None:
    """Return what rows needed, in folds, where a step learns from it."""
    if not recipe.needs_target:
        return None
    fold = np.full(len(patients.need), -1, dtype=np.int8)
    fold[rows] = folds(rows, patients.need, patients.groups, seed=choice.seed)
    return Target(patients.learnt.astype(np.float64), fold, patients.weights)


def _inner_calibrator(patients: Patients, prepared: FittedRecipe, choice: ModelChoice, rows: Rows) -> Calibrator:
    count = OF_FEW if len(rows) < FEW_BELOW else INNER_FOLDS
    fold = folds(rows, patients.need, patients.groups, seed=choice.seed, count=count)
    counted = 1 if len(rows) >= ONE_FOLD_FROM else count
    margin = np.empty(len(rows))
    for number in range(counted):
        inner = rows[fold != number]
        counts = patients.weights_at(inner)
        with listening(lambda _epoch: None):
            # whoever watches waits for the model itself
            model = new_model(choice, len(inner)).fit(prepared, patients.features, inner, patients.learnt, counts)
        found = FittedModel(prepared, model, None)
        margin[fold == number] = found.margin(found.raw(patients.features, rows[fold == number], learning=True))
    judged = fold < counted
    return curve(patients, choice, rows[judged], margin[judged])


def curve(patients: Patients, choice: ModelChoice, rows: Rows, margin: Floats) -> Calibrator:
    """Learn the curve from what a model that has not seen some rows says of them."""
    return fit_calibrator(margin, patients.need[rows], choice.calibration, patients.weights_at(rows))
