"""How good forecasts were: by horizon, by region, by season of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.quantiles import spread_of
from medalloc.demand.forecasting.trial import Trial
from medalloc.demand.forecasting.unmet import share_avoidable

Floats = NDArray[np.float64]

TOLD = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""Quantiles by which intervals are judged: the middle, and the ends of those of 50, 80 and 90 %. [fraction]"""

QUARTERS = ("12-02", "03-05", "06-08", "09-11")
"""Months of the seasons of the year."""


@dataclass(frozen=True)
class Score:
    """How good one forecaster was at one horizon, or by whatever else was told apart."""

    model: str
    """One of the catalogue's."""

    mase: float
    """Mean absolute error over that of last values one period ahead in the history before (MASE); below 1 is better
    than these. NaN when nothing was counted."""

    wape: float
    """Sum of absolute errors over the sum of counts (WAPE); NaN when nothing was counted. [fraction]"""

    mae: float
    """Mean absolute error. [count/period]"""

    wis: float
    """Mean weighted interval score of the quantiles `TOLD`, over the same errors of last values as `mase`; each half of
    the origins is judged by the residuals of the other. NaN with fewer than two origins. A forecast without intervals
    would have its `mase` here."""

    seeds: tuple[float, ...]
    """The `mase` of every seed; the other numbers are means over them."""


@dataclass(frozen=True, eq=False)
class Scores:
    """How good one forecaster was."""

    model: str
    """One of the catalogue's."""

    overall: Score
    """Mean over the horizons."""

    by_horizon: tuple[Score, ...]
    """One for each horizon, the first one being the next period."""

    by_region: Floats
    """Mean `mase` of every region, NaN where nothing was counted, shape (n_regions,)."""

    by_season: dict[str, Score]
    """One for each season of the year in which something was counted, by its months."""

    by_origin: Floats
    """Mean `wis` from every origin, NaN where there is none, shape (n_origins,)."""

    unmet: float = float("nan")
    """What plans made from its forecasts left avoidably unmet, over what came, see `share_avoidable`. [fraction]"""


def yardstick(panel: Panel, first_origin: int) -> Floats:
    """Return the mean absolute step from one count to the next up to an origin, shape (n_regions,) [count/period].

    A region that never changed, or had not begun, is measured by the mean of the others.
    """
    seen = panel.values[:, : first_origin + 1]
    steps = np.abs(np.diff(seen, axis=1))
    known = np.isfinite(steps)
    own = np.where(known, steps, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    usable = own > 0
    return np.where(usable, own, own[usable].mean() if usable.any() else 1.0)


def scores(trials: Sequence[Trial], panel: Panel, yard: Floats) -> Scores:
    """Return how good one forecaster was.

    Parameters
    ----------
    trials : sequence of Trial
        Of one forecaster and the same origins, one a seed.
    panel : Panel
        What was forecast.
    yard : ndarray
        What errors are measured by, see `yardstick`, shape (n_regions,). [count/period]
    """
    first = trials[0]
    interval = np.array([interval_scores(each) for each in trials])
    absolute = np.array([np.abs(each.error) for each in trials])
    whole = _Cells(first.model, absolute, interval, first.actual, yard)
    horizon = first.actual.shape[2]
    by_horizon = tuple(whole.score(np.s_[:, :, ahead : ahead + 1]) for ahead in range(horizon))
    periods = np.asarray(first.origins)[:, None] + np.arange(1, horizon + 1)
    quarter = panel.calendar.quarter(periods.reshape(-1)).reshape(periods.shape)
    of_season = {}
    for number, months in enumerate(QUARTERS):
        place, ahead = np.nonzero(quarter == number)
        if len(place) and np.isfinite(first.actual[place, :, ahead]).any():
            of_season[months] = whole.score((place, slice(None), ahead))
    relative = absolute / yard[:, None]
    return Scores(
        model=first.model,
        overall=_mean(by_horizon),
        by_horizon=by_horizon,
        by_region=_nanmean(relative, (0, 1, 3)),
        by_season=of_season,
        by_origin=_nanmean(interval / yard[:, None], (0, 2, 3)),
        unmet=float(np.mean([share_avoidable(each) for each in trials])),
    )


@dataclass(frozen=True, eq=False)
class _Cells:
    """Errors of a forecaster, cell by cell; the first axis of errors is the seed."""

    model: str
    absolute: Floats
    interval: Floats
    actual: Floats
    yard: Floats

    def score(self, which: Any) -> Score:
        relative = [each[which] for each in self.absolute / self.yard[:, None]]
        seeds = tuple(float(_nanmean(each)) for each in relative)
        errors = np.array([each[which] for each in self.absolute])
        losses = np.array([each[which] for each in self.interval / self.yard[:, None]])
        total = np.nansum(self.actual[which])
        known = np.isfinite(errors).any()
        # with nothing but zeros counted, any error is infinitely large beside them
        wape = float(np.nansum(errors) / len(errors) / total) if total > 0 else (np.inf if np.nansum(errors) else 0.0)
        return Score(
            self.model,
            float(np.mean(seeds)),
            wape if known else np.nan,
            float(_nanmean(errors)),
            float(_nanmean(losses)),
            seeds,
        )


def _mean(found: Sequence[Score]) -> Score:
    """Return the mean over horizons; horizons at which nothing was counted do not count."""
    numbers = {
        what: float(_nanmean(np.array([getattr(each, what) for each in found])))
        for what in ("mase", "wape", "mae", "wis")
    }
    seeds = _nanmean(np.array([each.seeds for each in found]), 0)
    return Score(found[0].model, **numbers, seeds=tuple(float(each) for each in seeds))


def interval_score(actual: Floats, quantiles: Floats, levels: Sequence[float]) -> Floats:
    """Return the weighted interval score: twice the mean pinball loss of the quantiles, same shape as `actual` [count].

    Parameters
    ----------
    actual : ndarray
        What was counted, any shape. [count]
    quantiles : ndarray
        Levels of what was forecast, shape (n_levels, ...). [count]
    levels : sequence of float
        Which they are; with each its counterpart, so that they are the ends of intervals and the middle. [fraction]

    References
    ----------
    .. [1] J. Bracher, E. L. Ray, T. Gneiting and N. G. Reich, Evaluating epidemic forecasts in an interval format,
       PLOS Computational Biology 17, 2021.

    Examples
    --------
    >>> interval_score(np.array([22.0]), np.array([[0.0], [3.0], [3.0]]), (0.25, 0.5, 0.75)).tolist()
    [19.5]
    """
    over = actual - quantiles
    chance = np.reshape(levels, (-1,) + (1,) * np.ndim(actual))
    return np.asarray(2 * np.maximum(chance * over, (chance - 1) * over).mean(axis=0))


def interval_scores(trial: Trial) -> Floats:
    """Return the `interval_score` of every cell of a trial, NaN where nothing was counted [count/period]."""
    count = len(trial.origins)
    score = np.full(trial.actual.shape, np.nan)
    halves = (np.arange(count) < count // 2, np.arange(count) >= count // 2)
    for judged, learned in (halves, halves[::-1]):
        if not learned.any() or not judged.any():
            continue
        spread = spread_of(trial.predicted[learned], trial.actual[learned])
        score[judged] = interval_score(trial.actual[judged], spread.quantiles(trial.predicted[judged], TOLD), TOLD)
    return score


def _nanmean(values: Floats, axis: int | tuple[int, ...] | None = None) -> Floats:
    """Return the mean of what is known; NaN, without a warning, where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))
