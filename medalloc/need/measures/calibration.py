"""From scores to probabilities that add up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ISOTONIC_FROM = 10_000
"""Rows from which the shape of the curve is learned freely; below, it is a sigmoid."""

AUTOMATIC = "auto"
CALIBRATIONS = (AUTOMATIC, "isotonic", "sigmoid")
"""Shapes of the curve that can be asked for; by itself it follows the rows."""

_SMALLEST = 1e-6


@dataclass(frozen=True, eq=False)
class Calibrator:
    """A non-decreasing curve from score to probability."""

    slope: float
    """Steepness of the sigmoid; 0 for isotonic curves."""

    intercept: float
    """Log-odds at score 0 of the sigmoid."""

    scores: Floats | None = None
    """Corners of an isotonic curve, else None."""

    probabilities: Floats | None = None
    """Probability at each corner, else None. [fraction]"""

    def __call__(self, scores: Floats) -> Floats:
        """Return the probability for each score, shape (rows,)."""
        if self.scores is not None and self.probabilities is not None:
            return np.interp(scores, self.scores, self.probabilities)
        return sigmoid(self.slope * scores + self.intercept)


def log_odds(probability: Floats) -> Floats:
    """Return log(p / (1 - p)), with probabilities of 0 and 1 kept finite."""
    inside = np.clip(probability, _SMALLEST, 1 - _SMALLEST)
    return np.asarray(np.log(inside) - np.log1p(-inside))


def fit_calibrator(
    scores: Floats, need: NDArray[np.int8], shape: str = AUTOMATIC, weight: Floats | None = None
) -> Calibrator:
    """Learn the curve; on the rows it learns from, probabilities add up to the need.

    Parameters
    ----------
    scores : ndarray
        Higher for more need, shape (rows,); not from a model that has seen these rows.
    need : ndarray
        0 or 1, shape (rows,).
    shape : str
        One of `CALIBRATIONS`.
    weight : ndarray, optional
        How much each row counts, 1 on average, shape (rows,).
    """
    if shape == "isotonic" or (shape == AUTOMATIC and len(scores) >= ISOTONIC_FROM):
        return _isotonic(scores, need, weight)
    return _platt(scores, need.astype(np.float64), np.ones(len(need)) if weight is None else weight)


def cross_fitted(
    scores: Floats,
    need: NDArray[np.int8],
    fold: NDArray[np.int64],
    shape: str = AUTOMATIC,
    weight: Floats | None = None,
) -> Floats:
    """Return calibrated probabilities, each by a curve that has not seen its fold, shape (rows,)."""
    made = np.empty(len(scores))
    for number in np.unique(fold):
        held_out, others = fold == number, fold != number
        counts = None if weight is None else weight[others]
        made[held_out] = fit_calibrator(scores[others], need[others], shape, counts)(scores[held_out])
    return made


def _platt(scores: Floats, need: Floats, count: Floats) -> Calibrator:
    """Fit a sigmoid by Newton's method, the scores standardised first."""
    centre = float(np.average(scores, weights=count))
    unit = float(np.sqrt(np.average((scores - centre) ** 2, weights=count))) or 1.0
    standard = (scores - centre) / unit
    in_need, others = float(count @ need), float(count @ (1 - need))
    slope, intercept = 0.0, 0.0
    # A weak pull keeps the slope finite when the scores separate the classes perfectly.
    pull = 1e-3
    for _ in range(50):
        probability = sigmoid(slope * standard + intercept)
        weight = count * np.maximum(probability * (1 - probability), 1e-9)
        rest = count * (probability - need)
        gradient = np.array([np.dot(rest, standard) + pull * slope, np.sum(rest)])
        cross = np.dot(weight, standard)
        curvature = np.array([[np.dot(weight, standard**2) + pull, cross], [cross, weight.sum() + 1e-9]])
        step = np.linalg.solve(curvature, gradient)
        step /= max(1.0, float(np.abs(step).max()) / 2)
        slope, intercept = slope - float(step[0]), intercept - float(step[1])
        if np.abs(step).max() < 1e-10:
            break
    if slope <= 0:
        return Calibrator(0.0, float(log_odds(np.array([in_need / (in_need + others)]))[0]))
    return Calibrator(slope / unit, intercept - slope * centre / unit)


def _isotonic(scores: Floats, need: NDArray[np.int8], weight: Floats | None) -> Calibrator:
    """Pool neighbours that fall until none does; the libraries that do this cost more to load than a model to train."""
    corners, place = np.unique(scores, return_inverse=True)
    counts = np.bincount(place, weight)
    sums = np.bincount(place, need if weight is None else need * weight)
    pools: list[tuple[float, float, int]] = []
    for number, (total, count) in enumerate(zip(sums.tolist(), counts.tolist(), strict=True)):
        first = number
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            before, rows, first = pools.pop()
            total, count = total + before, count + rows
        pools.append((total, count, first))
    starts = np.array([first for _, _, first in pools])
    ends = np.append(starts[1:], len(corners)) - 1
    level = np.array([total / count for total, count, _ in pools])
    # a pool of one score is one corner, any other is flat between two
    kept = np.column_stack([np.ones(len(starts), bool), ends > starts])
    at = np.column_stack([corners[starts], corners[ends]])[kept]
    return Calibrator(0.0, 0.0, at, np.repeat(level, kept.sum(axis=1)))


def sigmoid(margin: Floats) -> Floats:
    """Return 1 / (1 + exp(-margin)), the inverse of `log_odds`."""
    return np.asarray(1 / (1 + np.exp(-np.clip(margin, -700, 700))))
