"""Exponential smoothing: level, a trend that dies down, and a season."""

import warnings
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.scaling import HIGHEST

Floats = NDArray[np.float64]

ESTIMATED = 16
"""Regions whose smoothing is estimated; the others are smoothed by the median of these. [count]"""


@dataclass(frozen=True, eq=False)
class Smoothing:
    """How fast each region forgets, shape (n_regions,) each."""

    level: Floats
    """Weight of the latest count in the level. [fraction]"""

    trend: Floats
    """Weight of the latest step in the trend. [fraction]"""

    season: Floats
    """Weight of the latest count in the season; 0 without a season. [fraction]"""

    damping: Floats
    """Share of the trend that is left after a period. [fraction]"""


@dataclass(frozen=True, eq=False)
class Start:
    """Where smoothing begins."""

    level: Floats
    """Shape (n_regions,). [log count]"""

    seasons: Floats
    """Deviation of each place in the season, shape (n_regions, season or 0). [log count]"""


class DampedSmoothing:
    """Additive damped trend and season on the logarithm of one more than the count, each region by itself.

    Notes
    -----
    The weights are estimated by statsmodels. Under two seasons of history there is no season.
    """

    def fit(self, panel: Panel) -> Self:
        """Estimate the weights of some regions and take their median for the others."""
        self.panel_ = panel
        season = panel.calendar.season
        self.season_ = season if panel.length >= 2 * season + 4 else 0
        logarithm = np.log1p(panel.filled)
        start = starting(logarithm, self.season_)
        count = len(panel.regions)
        places = np.unique(np.linspace(0, count - 1, min(count, ESTIMATED)).round().astype(int))
        found = np.array([_estimated(logarithm[at], start.level[at], start.seasons[at]) for at in places])
        every = np.tile(np.median(found, axis=0), (count, 1))
        every[places] = found
        self.smoothing_ = Smoothing(*every.T)
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        seen = self.panel_ if panel is None else panel
        logarithm = np.log1p(seen.filled)
        ahead = smoothed(logarithm, self.smoothing_, starting(logarithm, self.season_), horizon)
        return np.asarray(np.expm1(np.clip(ahead, 0.0, HIGHEST)))


def starting(logarithm: Floats, season: int) -> Start:
    """Return the level of the first season and how its places deviate, averaged over the first two."""
    if not season:
        return Start(logarithm[:, : min(4, logarithm.shape[1])].mean(axis=1), np.empty((len(logarithm), 0)))
    first = logarithm[:, : 2 * season].reshape(len(logarithm), 2, season)
    level = first.mean(axis=2)
    return Start(level[:, 0], (first - level[:, :, None]).mean(axis=1))


def smoothed(logarithm: Floats, by: Smoothing, start: Start, horizon: int) -> Floats:
    """Return the continuation of smoothed series, all regions at once, shape (n_regions, horizon).

    Parameters
    ----------
    logarithm : ndarray
        Series without gaps, shape (n_regions, n_periods).
    by : Smoothing
        How fast they forget.
    start : Start
        Where smoothing begins.
    horizon : int
        Periods to look ahead. [count]
    """
    level, trend, length = start.level, np.zeros(len(logarithm)), logarithm.shape[1]
    season = start.seasons.shape[1]
    seasons = start.seasons.copy() if season else np.zeros((len(logarithm), 1))
    for period in range(length):
        now, place = logarithm[:, period], period % season if season else 0
        expected = level + by.damping * trend
        before, level = level, by.level * (now - seasons[:, place]) + (1 - by.level) * expected
        trend = by.trend * (level - before) + (1 - by.trend) * by.damping * trend
        if season:
            seasons[:, place] = by.season * (now - expected) + (1 - by.season) * seasons[:, place]
    ahead = np.arange(1, horizon + 1)
    left = np.cumsum(by.damping[:, None] ** ahead, axis=1)
    places = (length + ahead - 1) % season if season else np.zeros(horizon, dtype=int)
    return np.asarray(level[:, None] + left * trend[:, None] + seasons[:, places])


def _estimated(series: Floats, level: float, seasons: Floats) -> tuple[float, float, float, float]:
    """Return the weights of level, trend and season, and the damping, that fit one series best."""
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    season = len(seasons)
    if np.ptp(series) < 1e-9 or len(series) < 10:
        return 0.5, 0.0, 0.0, 0.9
    model = ExponentialSmoothing(
        series,
        trend="add",
        damped_trend=True,
        seasonal="add" if season else None,
        seasonal_periods=season or None,
        initialization_method="known",
        initial_level=level,
        initial_trend=0.0,
        initial_seasonal=seasons if season else None,
    )
    with warnings.catch_warnings():
        # weights that are almost the best serve as well: the backtest judges them
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        found = model.fit().params
    weights = [found["smoothing_level"], found["smoothing_trend"], found["smoothing_seasonal"], found["damping_trend"]]
    fallback = (0.5, 0.0, 0.0, 0.9)
    return tuple(float(w) if np.isfinite(w) else f for w, f in zip(weights, fallback, strict=True))  # type: ignore[return-value]
