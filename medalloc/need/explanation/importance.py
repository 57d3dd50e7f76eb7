"""Which columns a model goes by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import Patients
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.state import Rows
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]
Score = Callable[[NDArray[Any], Floats, Floats | None], float]

REPEATS = 5

EXPLAINED_ROWS = 1000
"""Test rows that are taken apart one by one."""

SUSPECT_ROWS = 20_000
SUSPECT_AUC = 0.98


@dataclass(frozen=True)
class Importance:
    """How much a model goes by one column of the table."""

    feature: str
    """Name of the column."""

    permutation: float
    """Loss of ROC AUC on test rows when the column's values are shuffled, mean of the repeats."""

    permutation_sd: float
    """Standard deviation of that loss over the repeats."""

    impurity: float | None
    """Share of the forest's impurity decrease, or of the boosted trees' gain; None for other models. [fraction]"""

    shap: float | None
    """Mean absolute contribution to the log-odds (exact TreeSHAP); None where it is not computed."""


@dataclass(frozen=True, eq=False)
class Explanations:
    """What each column adds to the log-odds of single rows."""

    rows: NDArray[np.int64]
    """Explained rows of the table, shape (explained,)."""

    contributions: Floats
    """Contribution of each feature, shape (explained, features). [log-odds]"""

    base: float
    """Log-odds before anything is known of a row. [log-odds]"""


def permutation_importance(
    fitted: FittedModel,
    matrix: NDArray[np.float32],
    need: NDArray[Any],
    *,
    seed: int,
    repeats: int = REPEATS,
    score: Score = roc_auc,
    weight: Floats | None = None,
) -> Floats:
    """Shuffle one source column at a time and measure the loss of ROC AUC, or of another score.

    All matrix columns made from one source column are shuffled together, after preparation, so that nothing has to be
    prepared again.

    Parameters
    ----------
    matrix : ndarray
        Prepared rows the model has not learned from, shape (rows, matrix columns). Left as it was.
    need : ndarray
        0 or 1, or what else the score takes, shape (rows,).
    score : callable
        From what came true, what the model says and how much each row counts to a number, the higher the better.
    weight : ndarray, optional
        How much each row counts, shape (rows,).

    Returns
    -------
    ndarray
        Loss of that score, shape (features, repeats).
    """
    draw = np.random.default_rng(seed)
    base = score(need, fitted.model.raw(matrix), weight)
    shuffled = matrix.copy()
    losses = np.zeros((len(fitted.prepared.sources), repeats))
    for feature, places in enumerate(fitted.prepared.groups()):
        if not _varies(matrix[:, places]):
            continue
        for repeat in range(repeats):
            order = draw.permutation(len(matrix))
            shuffled[:, places] = matrix[np.ix_(order, places)]
            losses[feature, repeat] = base - score(need, fitted.model.raw(shuffled), weight)
        shuffled[:, places] = matrix[:, places]
    return losses


def explain(fitted: FittedModel, matrix: NDArray[np.float32], rows: Rows) -> Explanations | None:
    """Take rows apart into the contributions of their columns; None for models that cannot be.

    Parameters
    ----------
    matrix : ndarray
        Prepared rows, shape (explained, matrix columns).
    """
    found = fitted.model.contributions(matrix)
    if found is None:
        return None
    summed = np.stack([found[:, places].sum(axis=1) for places in fitted.prepared.groups()], axis=1)
    base, added = fitted.calibrated(float(found[0, -1]) if len(found) else 0.0, summed)
    return Explanations(rows.astype(np.int64), added, base)


def importances(
    fitted: FittedModel,
    patients: Patients,
    test: Rows,
    choice: ModelChoice,
    score: Score = roc_auc,
) -> tuple[tuple[Importance, ...], Explanations | None, list[Sentence]]:
    """Measure what the model goes by on test rows: importances from high to low, explanations, and remarks."""
    cap = EVERY_KIND[choice.kind].permuted_rows
    taken, remarks = _sample(test, cap, choice.seed), []
    if len(taken) < len(test):
        remarks.append(
            sentence(
                "Importances were measured on test rows: {taken} of {rows}, drawn with seed {seed}.",
                taken=len(taken),
                rows=len(test),
                seed=choice.seed,
            )
        )
    matrix = fitted.prepared.matrix(patients.features, taken)
    losses = permutation_importance(
        fitted, matrix, patients.learnt[taken], seed=choice.seed, score=score, weight=patients.weights_at(taken)
    )
    explained = explain(fitted, matrix[:EXPLAINED_ROWS], taken[:EXPLAINED_ROWS])
    impurity = _by_source(fitted.prepared, fitted.model.importance())
    made = [
        Importance(
            name,
            float(losses[place].mean()),
            float(losses[place].std(ddof=1)),
            None if impurity is None else float(impurity[place]),
            None if explained is None else float(np.abs(explained.contributions[:, place]).mean()),
        )
        for place, name in enumerate(fitted.prepared.sources)
    ]
    return tuple(sorted(made, key=lambda one: (-one.permutation, one.feature))), explained, remarks


def leak_suspects(fitted: FittedModel, patients: Patients, train: Rows, seed: int) -> list[Sentence]:
    """Warn of columns that tell need almost perfectly on their own: they may have been written down afterwards."""
    taken = _sample(train, SUSPECT_ROWS, seed)
    matrix, need = fitted.prepared.matrix(patients.features, taken, learning=True), patients.need[taken]
    made, weight = [], patients.weights_at(taken)
    for name, places in zip(fitted.prepared.sources, fitted.prepared.groups(), strict=True):
        areas = [roc_auc(need, matrix[:, place], weight) for place in places if not np.isnan(matrix[:, place]).any()]
        best = max((max(area, 1 - area) for area in areas), default=0.5)
        if best >= SUSPECT_AUC:
            made.append(
                sentence(
                    "Column “{column}” tells need almost perfectly on its own (ROC AUC {auc}). Was it known before the "
                    "need arose? If not, give it the role “ignored”.",
                    column=name,
                    auc=round(best, 3),
                )
            )
    return made


def _by_source(prepared: FittedRecipe, importance: Floats | None) -> Floats | None:
    if importance is None:
        return None
    summed = np.array([importance[places].sum() for places in prepared.groups()])
    total = summed.sum()
    return summed / total if total > 0 else summed


def _sample(rows: Rows, cap: int, seed: int) -> Rows:
    if len(rows) <= cap:
        return rows
    return rows[np.sort(np.random.default_rng(seed).choice(len(rows), cap, replace=False))]


def _varies(columns: NDArray[np.float32]) -> bool:
    if not columns.size:
        return False
    return bool((columns != columns[:1]).any())
