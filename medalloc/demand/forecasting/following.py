"""A forecaster that goes on with every count that comes in, region by region."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.forecaster import Forecaster
from medalloc.demand.forecasting.naive import LastValue
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.simple import MeanOfSeveral, MedianOfSimple, Theta
from medalloc.demand.forecasting.smoothing import DampedSmoothing
from medalloc.demand.forecasting.states import Rows, States

Floats = NDArray[np.float64]


class Followed(Protocol):
    """A fitted forecaster that hears one count after the other."""

    def heard(self, rows: Rows, counts: Floats, period: int) -> Self:
        """Return it after a period was counted in some regions; told again, a count takes the place of the last one.

        Parameters
        ----------
        rows : ndarray of int
            Places of the regions, shape (n_rows,).
        counts : ndarray
            What was counted there, same shape. [count/period]
        period : int
            Number of the period, of the calendar that the forecaster learned from.
        """
        ...

    def ahead(self, rows: Rows, horizon: int, after: int) -> Floats:
        """Return what comes after a period in some regions, at least 0, shape (n_rows, horizon) [count/period]."""
        ...


@dataclass(frozen=True, eq=False)
class Looking:
    """A forecaster without a state of its own: what it has learned is applied to the counts till now."""

    forecaster: Forecaster
    """Fitted."""

    panel: Panel
    """What was counted until now."""

    def heard(self, rows: Rows, counts: Floats, period: int) -> Self:
        """Return it after a period was counted in some regions."""
        values = self._until(period).values.copy()
        values[rows, period] = counts
        return replace(self, panel=replace(self.panel, values=values))

    def ahead(self, rows: Rows, horizon: int, after: int) -> Floats:
        """Return what comes after a period in some regions, shape (n_rows, horizon) [count/period]."""
        return self.forecaster.predict(horizon, self._until(after))[rows]

    def _until(self, period: int) -> Panel:
        more = period + 1 - self.panel.length
        if more <= 0:
            return self.panel
        return replace(self.panel, values=np.pad(self.panel.values, ((0, 0), (0, more)), constant_values=np.nan))


@dataclass(frozen=True, eq=False)
class Together:
    """Several that speak with one voice."""

    members: tuple[Followed, ...]
    """Who speaks."""

    voice: Callable[..., Any]
    """Mean or median, of what they say along the first axis."""

    def heard(self, rows: Rows, counts: Floats, period: int) -> Self:
        """Return them after a period was counted in some regions."""
        return replace(self, members=tuple(each.heard(rows, counts, period) for each in self.members))

    def ahead(self, rows: Rows, horizon: int, after: int) -> Floats:
        """Return what comes after a period in some regions, shape (n_rows, horizon) [count/period]."""
        return np.asarray(self.voice([each.ahead(rows, horizon, after) for each in self.members], axis=0))


def followed(forecaster: Forecaster, panel: Panel) -> Followed:
    """Return a fitted forecaster ready to hear what comes after some counts.

    Examples
    --------
    >>> from medalloc.demand.forecasting.calendar import Calendar
    >>> import pandas as pd
    >>> days = Panel(("North", "South"), Calendar("day", pd.Timestamp("2026-01-01")), np.array([[3.0, 4], [5, 6]]))
    >>> after = followed(LastValue().fit(days), days).heard(np.array([1]), np.array([9.0]), 2)
    >>> after.ahead(np.array([0, 1]), 1, 2).tolist()
    [[4.0], [9.0]]
    """
    match forecaster:
        case LastValue() | DampedSmoothing() | Theta():
            return States.of(forecaster, panel)
        case MedianOfSimple():
            return Together(tuple(followed(each, panel) for each in forecaster.members), np.median)
        case MeanOfSeveral():
            return Together(tuple(followed(each, panel) for each in forecaster.members), np.mean)
        case _:
            return Looking(forecaster, panel)
