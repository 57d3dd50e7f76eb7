"""Exponential smoothing: a level, a trend that dies down, and a season where one is supported."""

from dataclasses import dataclass
from itertools import product
from typing import Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.scaling import HIGHEST
from medalloc.demand.forecasting.seasons import seasonal_pattern

Floats = NDArray[np.float64]

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
TRENDS = ((0.0, 0.9), *product((0.05, 0.15, 0.3), (0.8, 0.9, 0.97)))
"""Weights of the latest step in the trend and what is left of a trend after a period; the first has no trend."""

FROM_OTHERS = 50.0
"""Periods of a region's own that the mean of all regions counts as much as. [periods]"""

FIRST = 4
"""Periods whose mean is the level to begin with. [count]"""

BLOCK = 200_000
"""Series, smoothed in one way each, that are followed at once. [count]"""


@dataclass(frozen=True, eq=False)
class Smoothing:
    """How fast each region forgets, shape (n_regions,) each."""

    level: Floats
    """Weight of the latest count in the level. [fraction]"""

    trend: Floats
    """Weight of the latest step in the trend. [fraction]"""

    damping: Floats
    """Share of the trend that is left after a period. [fraction]"""

    def of(self, rows: NDArray[np.intp]) -> "Smoothing":
        """Return the same of some regions."""
        return Smoothing(self.level[rows], self.trend[rows], self.damping[rows])


class DampedSmoothing:
    """Additive damped trend on the logarithm of one more than the count, and a season of `seasonal_pattern`.

    Parameters
    ----------
    seasonal : bool
        Whether a season that comes back is taken out first and put on again.
    trends : sequence
        Pairs of weights of the trend and what is left of it that are tried.

    Notes
    -----
    Each region's weights are those of a few dozen with the smallest errors one period ahead, its own and, as much as
    `FROM_OTHERS` periods of its own, those of all regions.
    """

    def __init__(self, *, seasonal: bool, trends: tuple[tuple[float, float], ...] = TRENDS) -> None:
        self.seasonal, self.trends = seasonal, trends

    def fit(self, panel: Panel) -> Self:
        """Choose the weights of every region."""
        self.panel_ = panel
        self.pattern_ = seasonal_pattern(panel) if self.seasonal else np.zeros((len(panel.regions), 1))
        logarithm = self.without_season(panel)
        ways = np.array([(level, trend, left) for level, (trend, left) in product(LEVELS, self.trends)])
        known = np.arange(1, panel.length) >= panel.first_known[:, None] + 1
        size = max(1, BLOCK // len(ways))
        errors = np.concatenate(
            [_errors(logarithm[at], known[at], ways) for at in _slices(len(logarithm), size)], axis=1
        )
        own = np.log(errors + 1e-9)
        best = (own * known.sum(axis=1) + FROM_OTHERS * own.mean(axis=1, keepdims=True)).argmin(axis=0)
        self.smoothing_ = Smoothing(*ways[best].T)
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        seen = self.panel_ if panel is None else panel
        logarithm = self.without_season(seen)
        return self.with_season(smoothed(logarithm, self.smoothing_, horizon), seen.length)

    def without_season(self, panel: Panel) -> Floats:
        """Return logarithms of counts without gaps, less the season, shape (n_regions, n_periods)."""
        places = np.arange(panel.length) % self.pattern_.shape[1]
        return np.asarray(np.log1p(panel.filled) - self.pattern_[:, places])

    def with_season(self, ahead: Floats, length: int) -> Floats:
        """Return counts, the season of the periods from `length` on put on again, same shape as `ahead`."""
        places = (length + np.arange(ahead.shape[1])) % self.pattern_.shape[1]
        return counts_of(ahead, self.pattern_[:, places])


def counts_of(ahead: Floats, season: Floats) -> Floats:
    """Return counts of logarithms without their season and of the season itself, same shape as both."""
    return np.asarray(np.expm1(np.clip(ahead + season, 0.0, HIGHEST)))


def starting(logarithm: Floats) -> Floats:
    """Return the level to begin with, the mean of the first few periods, shape (n_regions,)."""
    return np.asarray(logarithm[:, : min(FIRST, logarithm.shape[1])].mean(axis=1))


def smoothed(logarithm: Floats, by: Smoothing, horizon: int) -> Floats:
    """Return the continuation of smoothed series, all regions at once, shape (n_regions, horizon).

    Parameters
    ----------
    logarithm : ndarray
        Series without gaps, shape (n_regions, n_periods).
    by : Smoothing
        How fast they forget.
    horizon : int
        Periods to look ahead. [count]
    """
    level, trend = starting(logarithm), np.zeros(len(logarithm))
    for now in logarithm.T:
        level, trend = step(level, trend, now, by)
    return continued(level, trend, by, horizon)


def step(level: Floats, trend: Floats, now: Floats, by: Smoothing) -> tuple[Floats, Floats]:
    """Return level and trend after one more period, shape (n_regions,) each."""
    expected = level + by.damping * trend
    after = by.level * now + (1 - by.level) * expected
    return after, by.trend * (after - level) + (1 - by.trend) * by.damping * trend


def continued(level: Floats, trend: Floats, by: Smoothing, horizon: int) -> Floats:
    """Return what a level and a trend continue with, shape (n_regions, horizon)."""
    left = np.cumsum(by.damping[:, None] ** np.arange(1, horizon + 1), axis=1)
    return np.asarray(level[:, None] + left * trend[:, None])


def _errors(logarithm: Floats, known: NDArray[np.bool_], ways: Floats) -> Floats:
    """Return the mean absolute error one period ahead of every way in every region, shape (n_ways, n_regions)."""
    weight, trending, left = (each[:, None] for each in ways.T)
    level = np.tile(starting(logarithm), (len(ways), 1))
    trend, total = np.zeros_like(level), np.zeros_like(level)
    for period in range(logarithm.shape[1]):
        now = logarithm[None, :, period]
        expected = level + left * trend
        error = now - expected
        if period:
            total += np.abs(error) * known[:, period - 1]
        # the same steps as in `smoothed`, written by their errors
        level = expected + weight * error
        trend = left * trend + trending * weight * error
    return np.asarray(total / np.maximum(known.sum(axis=1), 1))


def _slices(count: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]
