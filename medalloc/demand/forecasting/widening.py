"""Seasons differ: intervals learned in one are widened until they hold what they promise in another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.quantiles import FEW, Spread, spread_of
from medalloc.demand.forecasting.trial import Trial

Floats = NDArray[np.float64]

CHANCE = 0.8
"""Chance of the interval that must hold what it promises; all others are widened with it. [fraction]"""

WIDEST = 2.5
"""Times by which intervals are widened at most."""


def joined(trials: Sequence[Trial]) -> Spread:
    """Return the spread of several trials together, as wide as one half of the past needed it for the other.

    Parameters
    ----------
    trials : sequence of Trial
        Of one forecaster; what it said from each origin is out of sample.

    Notes
    -----
    Residuals of one date are surprised together, so that a season of them is few surprises, whatever the number of
    regions: quantiles of the past hold less than they promise. Two seasons tell by how much.
    """
    origins = np.concatenate([each.origins for each in trials])
    order = np.argsort(origins, kind="stable")
    predicted, actual = (
        np.concatenate([getattr(each, what) for each in trials])[order] for what in ("predicted", "actual")
    )
    return spread_of(predicted, actual).stretched(widening(predicted, actual))


def widening(predicted: Floats, actual: Floats) -> float:
    """Return the factor, at least 1, by which intervals from either half of the origins hold as promised in the other.

    Parameters
    ----------
    predicted, actual : ndarray
        What was said and counted in the order of time, NaN where it was not, shape (n_origins, n_regions, horizon).
        [count/period]
    """
    half = len(predicted) // 2
    if not half:
        return 1.0
    needed = [
        each
        for learned, judged in ((slice(half), slice(half, None)), (slice(half, None), slice(half)))
        for each in _needed(spread_of(predicted[learned], actual[learned]), predicted[judged], actual[judged])
    ]
    pooled = np.concatenate(needed)
    return float(np.clip(np.quantile(pooled, CHANCE), 1.0, WIDEST)) if pooled.size >= FEW else 1.0


def _needed(spread: Spread, predicted: Floats, actual: Floats) -> list[Floats]:
    """Return for each horizon by which factors an interval would just have reached what was counted, shape (n,)."""
    root = np.sqrt(np.maximum(predicted, 0.0))
    residuals = (np.sqrt(np.maximum(actual, 0.0)) - root) / spread.reach(predicted)
    made = []
    for ahead in range(predicted.shape[2]):
        low, middle, high = spread.of_horizon(ahead, ((1 - CHANCE) / 2, 0.5, (1 + CHANCE) / 2))
        off = residuals[:, :, ahead][np.isfinite(residuals[:, :, ahead])] - middle
        made.append(np.abs(off) / np.where(off > 0, max(high - middle, 1e-9), max(middle - low, 1e-9)))
    return made
