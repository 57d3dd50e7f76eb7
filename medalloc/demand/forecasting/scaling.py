"""On which scale forecasters learn: logarithms of counts, each region on its own level and spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_SPREAD = 0.1
"""A region that never changes would otherwise make a change of one count endless. [log count]"""

FEWEST_COUNTS = 8
"""Counts of a region below which they do not tell its level and spread. [count]"""

HIGHEST = 20.0
"""Largest logarithm that is taken back: no forecast is larger than 485 million. [log count]"""


@dataclass(frozen=True, eq=False)
class Scale:
    """Level and spread of the logarithm of one more than the count, by region."""

    level: Floats
    """Mean over the periods learned from, shape (n_regions, 1). [log count]"""

    spread: Floats
    """Standard deviation over the same, shape (n_regions, 1). [log count]"""

    known: NDArray[np.int64]
    """Periods in which something was counted, shape (n_regions, 1). [count]"""

    def scaled(self, counts: Floats) -> Floats:
        """Return counts on the regions' own scales, shape (n_regions, ...)."""
        return np.asarray((np.log1p(counts) - self.level) / self.spread)

    def counts(self, scaled: Floats) -> Floats:
        """Return what `scaled` took, never below 0, shape (n_regions, ...) [count/period]."""
        logarithm = np.clip(scaled * self.spread + self.level, 0.0, HIGHEST)
        return np.asarray(np.expm1(logarithm))

    def with_young(self, values: Floats) -> "Scale":
        """Return the same, with that of all counts till now for regions that had hardly begun when it was learned.

        Parameters
        ----------
        values : ndarray
            All counts till now, shape (n_regions, any number of periods). [count/period]
        """
        young = self.known < FEWEST_COUNTS
        if not young.any() or young.all():
            return self
        now, usual = learned_scale(values), np.median(self.spread[~young])
        spread = np.where(now.known < FEWEST_COUNTS, usual, now.spread)
        return Scale(np.where(young, now.level, self.level), np.where(young, spread, self.spread), now.known)


def learned_scale(values: Floats) -> Scale:
    """Return the scale of what was counted in some periods; only these are looked at.

    Parameters
    ----------
    values : ndarray
        Counts, NaN where there is none, shape (n_regions, n_periods). [count/period]

    Examples
    --------
    >>> scale = learned_scale(np.array([[0.0, 6.38905609893065, np.nan]]))
    >>> scale.level.tolist(), scale.spread.tolist()
    ([[1.0]], [[1.0]])
    """
    known = np.isfinite(values)
    logarithm = np.log1p(np.where(known, values, 0.0))
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    level = (logarithm * known).sum(axis=1, keepdims=True) / count
    spread = np.sqrt((((logarithm - level) * known) ** 2).sum(axis=1, keepdims=True) / count)
    return Scale(level, np.maximum(spread, LEAST_SPREAD), known.sum(axis=1, keepdims=True))
