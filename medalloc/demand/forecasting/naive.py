"""Forecasts without learning: what the others must beat."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel

Floats = NDArray[np.float64]


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
    """What was counted a season before comes again; where the history is shorter, the last count goes on."""

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
        last = seen.filled[:, -1:]
        return np.where(place >= 0, seen.filled[:, np.maximum(place, 0)], last)
