"""Forecasts without learning: what the others must beat."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel

Floats = NDArray[np.float64]

LATEST = {"day": 7, "week": 5, "month": 3, "quarter": 2}
"""Latest periods by which a shift of the level is recognised. [periods]"""

UNUSUAL = 3.0
"""Times of the usual scatter from which on a level counts as shifted."""


class LastValue:
    """The last count goes on."""

    def fit(self, panel: Panel) -> Self:
        """Keep the panel."""
        self.panel_ = panel
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return the last count for every horizon, shape (n_regions, horizon)."""
        seen = self.panel_ if panel is None else panel
        return np.repeat(seen.filled[:, -1:], horizon, axis=1)


class SeasonBefore:
    """What was counted a season before comes again, at today's level where that has shifted since.

    Notes
    -----
    A level has shifted where the latest periods are further from those a season before than such stretches have been
    from each other, see `shift`. Where a region's own history is shorter than a season, its last count goes on: what
    stands in for periods before its first count is no season.
    """

    def fit(self, panel: Panel) -> Self:
        """Keep the panel."""
        self.panel_ = panel
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return the count of the same place in the latest season, shape (n_regions, horizon)."""
        seen = self.panel_ if panel is None else panel
        season, length = seen.calendar.season, seen.length
        ahead = np.arange(1, horizon + 1)
        place = length - 1 + ahead - season * -(-ahead // season)
        before, moved = seen.filled[:, np.maximum(place, 0)], shift(seen)[:, None]
        before = np.where(moved == 0, before, np.maximum(np.expm1(np.log1p(before) + moved), 0.0))
        known = place >= np.minimum(seen.first_known, length - 1)[:, None]
        return np.where(known, before, seen.filled[:, -1:])


def shift(panel: Panel) -> Floats:
    """Return by how much each region's level has shifted since the season before, shape (n_regions,) [log count].

    Parameters
    ----------
    panel : Panel
        What was counted.

    Returns
    -------
    ndarray
        0 where no shift is recognised: where the median of the latest periods against those a season before is within
        `UNUSUAL` times of how such medians were scattered, or the history is too short to know that.
    """
    season, length = panel.calendar.season, panel.length
    latest, count = LATEST[panel.calendar.every], length - season
    if count < 2 * latest:
        return np.zeros(len(panel.regions))
    logarithm = np.log1p(panel.filled)
    changed = logarithm[:, season:] - logarithm[:, :-season]
    changed = np.where(np.arange(count) >= panel.first_known[:, None], changed, np.nan)
    stretches = np.median(np.lib.stride_tricks.sliding_window_view(changed, latest, axis=1), axis=2)
    rows = np.isfinite(stretches).sum(axis=1) > latest
    own = stretches[rows]
    middle, scatter = (np.zeros(len(changed)) for _ in range(2))
    middle[rows] = own[:, -1]
    scatter[rows] = np.nanmedian(np.abs(own - np.nanmedian(own, axis=1, keepdims=True)), axis=1)
    # counts scatter by themselves, whatever happened before
    chance = 1 / np.sqrt(latest * (1 + panel.filled[:, -latest:].mean(axis=1)))
    return np.where(np.abs(middle) > UNUSUAL * (scatter + chance), middle, 0.0)
