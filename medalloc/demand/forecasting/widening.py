"""Intervals keep their promise over time: wider after dates on which they held too little, narrower after too much."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.coverage import Coverage
from medalloc.demand.forecasting.quantiles import INTERVALS, TOLD, Spread, ends_of_sum, is_between, spread_of
from medalloc.demand.forecasting.trial import Trial

Floats = NDArray[np.float64]

WIDEST = 2.5
"""Times by which intervals are widened at most, and down to the inverse of which they are narrowed."""

PACE = 0.5
"""Logarithm of the factor by which a date widens intervals, over the share that they promised and did not hold."""

FEWEST_DATES = 8
"""Dates before the first one whose intervals are judged. [count]"""


@dataclass(frozen=True, eq=False)
class Tracked:
    """How wide intervals must be, and what they held on the way: each date was judged by what was known by then."""

    spread: Spread
    """Of all dates, as wide as the last ones asked for."""

    counts: Floats
    """Share of the counts that lay within their intervals of the chances `INTERVALS`, NaN on dates that were not
    judged, shape (n_intervals, n_origins). [fraction]"""

    sums: Floats
    """Share of the sums over regions, one a horizon, that lay within intervals of `TOLD`, shape (n_origins,).
    [fraction]"""

    origins: NDArray[np.int_]
    """Last known periods, shape (n_origins,); one comes again for every seed."""

    def held(self, first: int = 0) -> Coverage:
        """Return what was held from an origin on."""
        judged = np.isfinite(self.sums) & (self.origins >= first)
        if not judged.any():
            return Coverage()
        shares = self.counts[:, judged].mean(axis=1).tolist()
        dates = len(np.unique(self.origins[judged]))
        return Coverage(dict(zip(INTERVALS, shares, strict=True)), float(self.sums[judged].mean()), dates)


def joined(trials: Sequence[Trial]) -> Spread:
    """Return the spread of several trials together, as wide as the last dates asked for; see `tracked`."""
    return tracked(trials).spread


def tracked(trials: Sequence[Trial]) -> Tracked:
    """Walk through past dates, each with the intervals that could have been told then, and learn how wide they must be.

    Parameters
    ----------
    trials : sequence of Trial
        Of one forecaster; what it said from each origin is out of sample.

    Notes
    -----
    Residuals of one date are surprised together, and years differ: quantiles of the past hold less than they promise
    in a year unlike it. After every date the logarithm of the width moves by `PACE` times the share outside less the
    share that may be (adaptive conformal inference), by which intervals hold their promise in the long run, whatever
    comes. Sums over regions have a factor of their own on top.

    References
    ----------
    .. [1] I. Gibbs and E. Candès, Adaptive conformal inference under distribution shift, NeurIPS 2021.
    .. [2] A. Angelopoulos, E. Candès and R. Tibshirani, Conformal PID control for time series prediction, NeurIPS 2023.
    """
    origins = np.concatenate([each.origins for each in trials])
    order = np.argsort(origins, kind="stable")
    origins = origins[order]
    predicted, actual = (
        np.concatenate([getattr(each, what) for each in trials])[order] for what in ("predicted", "actual")
    )
    count, _, horizon = predicted.shape
    known_at = origins[:, None] + np.arange(1, horizon + 1)
    counts = np.full((len(INTERVALS), count, horizon), np.nan)
    sums = np.full((count, horizon), np.nan)
    seeds = count / len(np.unique(origins))
    width, before = np.zeros(2), -1
    for place, now in enumerate([*origins, np.inf]):
        new = (known_at > before) & (known_at <= now)
        short = [np.nansum(TOLD - each[new]) / (horizon * seeds) for each in (counts[INTERVALS.index(TOLD)], sums)]
        width = np.clip(width + PACE * np.array(short), -np.log(WIDEST), np.log(WIDEST))
        if FEWEST_DATES * seeds <= place < count:
            seen = np.where((known_at[:place] <= now)[:, None, :], actual[:place], np.nan)
            if np.isfinite(seen).any(axis=(0, 1)).all():
                spread = _as_wide(spread_of(predicted[:place], seen), width)
                counts[:, place], sums[place] = _inside(spread, predicted[place], actual[place])
        before = now
    spread = _as_wide(spread_of(predicted, actual), width)
    return Tracked(spread, np.array([_means(each) for each in counts]), _means(sums), origins)


def _as_wide(spread: Spread, width: Floats) -> Spread:
    own, together = np.exp(width)
    return replace(spread.stretched(float(own)), together=float(together))


def _inside(spread: Spread, point: Floats, actual: Floats) -> tuple[Floats, Floats]:
    """Return which share of counts lies within each interval, and whether their sum does, by horizon."""
    known = np.isfinite(actual)
    some = np.flatnonzero(known.any(axis=0))
    counts = np.full((len(INTERVALS), actual.shape[1]), np.nan)
    for place, chance in enumerate(INTERVALS):
        inside = is_between(actual, *spread.quantiles(point, ((1 - chance) / 2, (1 + chance) / 2)))
        counts[place, some] = inside.sum(axis=0)[some] / known.sum(axis=0)[some]
    sums = np.full(actual.shape[1], np.nan)
    for ahead in some.tolist():
        these = known[:, ahead]
        drawn = spread.on_past_dates(point, ahead)[:, these].sum(axis=1)
        sums[ahead] = is_between(actual[these, ahead].sum(), *ends_of_sum(drawn, spread.together))
    return counts, sums


def _means(shares: Floats) -> Floats:
    return np.array([_mean(each) for each in shares])


def _mean(shares: Floats) -> float:
    """Return the mean of what is known, NaN where nothing is."""
    known = shares[np.isfinite(shares)]
    return float(known.mean()) if known.size else float("nan")
