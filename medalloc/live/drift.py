"""Whether what comes in is still like what was learned from: counts against the year before, and against forecasts."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.live.judged import PROMISED, Judged
from medalloc.need.persistence.drift import MUCH, SOME

Shift = Literal["no", "somewhat", "strongly"]

LOOKED = {"day": 28, "week": 13, "month": 6, "quarter": 4}
"""Newest periods that are compared with those of a year before. [periods]"""

PARTS = 5
"""Parts of equal chance in which counts are compared. [count]"""

FEWEST = 4
"""Counts of a year before with which a region is compared. [count]"""

RARE = 0.9
"""Share of one's own history that must have been steadier, before a shift is more than ordinary. [fraction]"""

MOST_TRIED = 60
"""Earlier times at which it is looked how much counts shift ordinarily. [count]"""

SOME_OFF, MUCH_OFF = 0.1, 0.25
"""Shares by which counts differ from their forecasts in sum, from which that is said to be somewhat or strongly."""

SOME_FEWER, MUCH_FEWER = 0.1, 0.2
"""The same of counts missing from the intervals that promised to hold them. [fraction]"""


@dataclass(frozen=True)
class Shifted:
    """How counts lie among those of a year before, each region among its own."""

    stability: float
    """Population stability index of their ranks: 0 where nothing has shifted. [1]"""

    distance: float
    """Kolmogorov-Smirnov distance of the same: the largest difference of shares. [fraction]"""

    ordinary: float
    """Index that nine of ten earlier times stayed below; NaN where the history is too short for that. [1]"""

    periods: int
    """Newest periods that were compared. [count]"""

    @property
    def word(self) -> Shift:
        """The index in a word, by the usual marks; what one's own history shows one time in ten is no shift."""
        if self.stability < SOME or self.stability <= self.ordinary:
            return "no"
        return "somewhat" if self.stability < MUCH else "strongly"


@dataclass(frozen=True)
class Fit:
    """How counts compare with what was forecast for them a period ahead."""

    observed: float
    """Sum of the counts. [count]"""

    predicted: float
    """Sum of their forecasts. [count]"""

    inside: float
    """Share of counts within the intervals; NaN where there are none. [fraction]"""

    counts: int
    """Counts that were forecast. [count]"""

    @property
    def off(self) -> float:
        """By which share counts differ from their forecasts in sum; 0 where both are 0. [fraction]."""
        if not self.predicted:
            return float("inf") if self.observed else 0.0
        return self.observed / self.predicted - 1

    @property
    def word(self) -> Shift:
        """How far they differ, in sum or by their intervals."""
        fewer = 0.0 if np.isnan(self.inside) else PROMISED - self.inside
        if abs(self.off) >= MUCH_OFF or fewer >= MUCH_FEWER:
            return "strongly"
        return "somewhat" if abs(self.off) >= SOME_OFF or fewer >= SOME_FEWER else "no"


def looked(every: str, length: int, year: int) -> tuple[slice, slice] | None:
    """Return which periods are compared, the newest and the same a year before; None for too short a past."""
    newest = LOOKED[every]
    if length < year + newest:
        return None
    return slice(length - newest, length), slice(length - newest - year, length - year)


def shifted(values: Array, every: str, year: int, ordinary: float = np.nan) -> Shifted | None:
    """Return how the newest counts lie among those of a year before; None for too short a past.

    Parameters
    ----------
    values : array of shape (n_regions, n_periods)
        NaN where nothing was counted. [count/period]
    year : int
        Periods of a year. [periods]
    ordinary : float
        As `ordinary_shift` returns it.

    Notes
    -----
    A count's rank among its own region's of a year before is uniform where nothing has shifted. Equal counts share
    their places evenly (Czado, Gneiting & Held 2009), so that small counts are no shift.
    """
    if (places := looked(every, values.shape[1], year)) is None:
        return None
    shares = _shares(values[:, places[0]], values[:, places[1]])
    if shares is None:
        return None
    even = 1 / PARTS
    smoothed = (shares + 1e-3) / (1 + PARTS * 1e-3)
    stability = float(np.sum((smoothed - even) * np.log(smoothed / even)))
    distance = float(np.abs(np.cumsum(shares) - even * np.arange(1, PARTS + 1)).max())
    return Shifted(stability, distance, ordinary, places[0].stop - places[0].start)


def ordinary_shift(values: Array, every: str, year: int) -> float:
    """Return the index that nine of ten earlier times of a history stayed below; NaN for too short a history."""
    ends = range(values.shape[1], 0, -max(1, values.shape[1] // MOST_TRIED))
    found = [each.stability for end in ends if (each := shifted(values[:, :end], every, year)) is not None]
    return float(np.quantile(found, RARE)) if len(found) >= 10 else float("nan")


def fit_of(judged: Judged) -> Fit | None:
    """Return how counts compare with their forecasts; None while none was forecast."""
    both = np.isfinite(judged.observed) & np.isfinite(judged.predicted)
    if not both.any():
        return None
    inside = judged.inside[both]
    return Fit(
        float(judged.observed[both].sum()),
        float(judged.predicted[both].sum()),
        float(np.nanmean(inside)) if np.isfinite(inside).any() else float("nan"),
        int(both.sum()),
    )


def _shares(newest: Array, before: Array) -> Array | None:
    """Return the shares of counts whose rank is in each part; None where nothing can be compared."""
    known = np.isfinite(before).sum(axis=1)
    below, upto = (
        compared(before[:, None, :], newest[:, :, None]).sum(axis=2) for compared in (np.less, np.less_equal)
    )
    # the new count is one of them: among m others it has one of m + 1 places
    low, high = below / (known[:, None] + 1), (upto + 1) / (known[:, None] + 1)
    there = np.isfinite(newest) & (known >= FEWEST)[:, None]
    if not there.any():
        return None
    low, high = low[there][:, None], high[there][:, None]
    ends = np.arange(PARTS + 1) / PARTS
    overlap = np.minimum(high, ends[1:]) - np.maximum(low, ends[:-1])
    return np.asarray((np.maximum(overlap, 0) / (high - low)).mean(axis=0))
