"""How good are the predictions? Pure functions of need (0/1) and probability."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """How well probabilities tell who will need care."""

    accuracy: float
    """Share of rows that are called right. [fraction]"""

    majority_accuracy: float
    """Accuracy of always giving the more frequent answer: what accuracy must beat. [fraction]"""

    balanced_accuracy: float
    """Mean of the share found among those in need and the share cleared among those not. [fraction]"""

    roc_auc: float
    """Chance that a row in need has a higher probability than one that is not; 0.5 is guessing, NaN with one class."""

    average_precision: float
    """Mean share in need among the highest probabilities; guessing gives the share in need. [fraction]"""

    brier: float
    """Mean squared difference of probability and need; lower is better. [fraction]"""


@dataclass(frozen=True)
class Confusion:
    """What a threshold gets right and wrong: how much such rows count together, by themselves 1 each."""

    true_positive: float
    """Rows in need that are called so."""

    false_positive: float
    """Rows not in need that are called in need."""

    true_negative: float
    """Rows not in need that are called so."""

    false_negative: float
    """Rows in need that are missed."""


@dataclass(frozen=True, eq=False)
class Curve:
    """Points of a ROC curve, from (0, 0) to (1, 1)."""

    false_positive_rate: Floats
    """Share of those not in need who are called in need. [fraction]"""

    true_positive_rate: Floats
    """Share of those in need who are found. [fraction]"""

    threshold: Floats
    """Probability at or above which a row is called in need at each point; infinite at the first."""


@dataclass(frozen=True, eq=False)
class CalibrationCurve:
    """Predicted and observed need in bins of equal size."""

    predicted: Floats
    """Mean probability of each bin. [fraction]"""

    observed: Floats
    """Share in need in each bin. [fraction]"""

    count: NDArray[np.int64]
    """Rows in each bin."""

    weight: Floats
    """How much these rows count together."""


def scores(need: ArrayLike, probability: ArrayLike, threshold: float = 0.5, *, weight: Floats | None = None) -> Scores:
    """Score probabilities.

    Parameters
    ----------
    need : array of 0 and 1
        What came true, shape (rows,).
    probability : array of float
        What was predicted, shape (rows,). [fraction]
    threshold : float
        Probability above which a row is called in need; exactly at it, it is not.
    weight : ndarray, optional
        How much each row counts, shape (rows,).

    Examples
    --------
    >>> found = scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> found.accuracy, found.roc_auc, round(found.average_precision, 4)
    (0.75, 0.75, 0.8333)

    A row that counts twice is as good as two.

    >>> twice = scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], weight=np.array([1.0, 2.0, 1.0, 1.0]))
    >>> twice == scores([0, 0, 0, 1, 1], [0.1, 0.4, 0.4, 0.35, 0.8])
    True
    """
    observed, predicted = _both(need, probability)
    counts = np.ones(len(observed)) if weight is None else weight
    rows, in_need = float(counts.sum()), float(counts @ observed)
    share = in_need / rows
    right = counts * ((predicted > threshold) == (observed == 1))
    found, cleared = float(right @ observed), float(right @ (1 - observed))
    return Scores(
        accuracy=(found + cleared) / rows,
        majority_accuracy=max(share, 1 - share),
        balanced_accuracy=(found / in_need + cleared / (rows - in_need)) / 2 if 0 < share < 1 else float("nan"),
        roc_auc=roc_auc(observed, predicted, counts),
        average_precision=average_precision(observed, predicted, counts),
        brier=float(counts @ (predicted - observed) ** 2) / rows,
    )


def confusion(
    need: ArrayLike, probability: ArrayLike, threshold: float = 0.5, *, weight: Floats | None = None
) -> Confusion:
    """Count what a threshold gets right and wrong; see `scores` for the parameters.

    Examples
    --------
    >>> confusion([0, 0, 1, 1], [0.1, 0.6, 0.35, 0.8])
    Confusion(true_positive=1.0, false_positive=1.0, true_negative=1.0, false_negative=1.0)
    """
    observed, predicted = _both(need, probability)
    called = predicted > threshold
    positive = observed == 1
    counts = np.ones(len(observed)) if weight is None else weight
    told = (called & positive, called & ~positive, ~called & ~positive, ~called & positive)
    return Confusion(*(float(counts @ each) for each in told))


def roc_auc(need: ArrayLike, score: ArrayLike, weight: Floats | None = None) -> float:
    """Return the area under the ROC curve, ties counted half; NaN when all answers are the same."""
    observed, values = _both(need, score)
    order = np.argsort(values, kind="stable")
    ordered, counts = values[order], np.ones(len(order)) if weight is None else weight[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    positive_in_tie = np.add.reduceat(counts * observed[order], starts)
    negative_in_tie = np.add.reduceat(counts * (1 - observed[order]), starts)
    positives, negatives = positive_in_tie.sum(), negative_in_tie.sum()
    if positives == 0 or negatives == 0:
        return float("nan")
    # Those below a row, and half of those it is tied with.
    below = np.cumsum(negative_in_tie) - negative_in_tie / 2
    return float(np.dot(positive_in_tie, below) / (positives * negatives))


def average_precision(need: ArrayLike, score: ArrayLike, weight: Floats | None = None) -> float:
    """Return the mean precision over the steps of recall; NaN when nobody is in need."""
    found, called, _, _ = _cumulative(*_both(need, score), weight)
    if found[-1] == 0:
        return float("nan")
    return float(np.sum(np.diff(found, prepend=0) * found / called) / found[-1])


def roc_curve_points(need: ArrayLike, probability: ArrayLike, weight: Floats | None = None) -> Curve:
    """Return every corner of the ROC curve; rates are NaN where a class is absent."""
    observed, predicted = _both(need, probability)
    found, called, thresholds, _ = _cumulative(observed, predicted, weight)
    positives, negatives = found[-1], called[-1] - found[-1]
    with np.errstate(invalid="ignore"):
        return Curve(
            np.concatenate(([0.0], (called - found) / negatives if negatives else np.full(len(found), np.nan))),
            np.concatenate(([0.0], found / positives if positives else np.full(len(found), np.nan))),
            np.concatenate(([np.inf], thresholds)),
        )


def calibration_curve(
    need: ArrayLike, probability: ArrayLike, *, bins: int = 10, weight: Floats | None = None
) -> CalibrationCurve:
    """Compare predicted with observed need in bins of rows that count equally much.

    Equal probabilities are never torn apart, so that there may be fewer bins than asked for.
    """
    observed, predicted = _both(need, probability)
    order = np.argsort(predicted, kind="stable")
    ordered = predicted[order]
    counts = np.ones(len(order)) if weight is None else weight[order]
    starts = np.unique(np.concatenate(([0], np.searchsorted(ordered, ordered[cut_places(counts, bins)], side="left"))))
    summed = np.add.reduceat(counts, starts)
    return CalibrationCurve(
        np.add.reduceat(counts * ordered, starts) / summed,
        np.add.reduceat(counts * observed[order], starts) / summed,
        np.diff(np.append(starts, len(ordered))),
        summed,
    )


def cut_places(weight: Floats, parts: int) -> NDArray[np.int64]:
    """Return where rows in order are cut into parts that count equally much, shape (parts - 1,).

    Examples
    --------
    >>> cut_places(np.ones(8), 4).tolist(), cut_places(np.array([3.0, 1.0, 1.0, 1.0]), 2).tolist()
    ([2, 4, 6], [1])
    """
    summed = np.cumsum(weight)
    cuts = np.arange(1, parts) / parts * summed[-1] * (1 + 1e-12)
    return np.asarray(np.searchsorted(summed, cuts, side="right"))


def _both(need: ArrayLike, probability: ArrayLike) -> tuple[Floats, Floats]:
    observed, predicted = np.asarray(need, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    if observed.shape != predicted.shape or observed.ndim != 1 or not len(observed):
        raise ValueError(f"need has shape {observed.shape} and probability {predicted.shape}; both must be (rows,)")
    return observed, predicted


def _cumulative(
    observed: Floats, predicted: Floats, weight: Floats | None = None
) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    """Return positives and rows at or above each distinct value, from the highest value down."""
    order = np.argsort(-predicted, kind="stable")
    ordered = predicted[order]
    last = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1)
    counts = np.ones(len(order)) if weight is None else weight[order]
    return np.cumsum(counts * observed[order])[last], np.cumsum(counts)[last], ordered[last], last
