"""What was forecast for a period, beside what then came in: the last periods that were heard."""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.problem import Array

KEPT = 13
"""Periods that are remembered. [periods]"""

PROMISED = 0.8
"""Chance of the intervals. [fraction]"""


@dataclass(frozen=True, eq=False)
class Said:
    """What was forecast for the next period of some regions, shape (n_rows,) each. [count/period]."""

    mean: Array
    low: Array
    """Of the interval; NaN where how far forecasts are off is not known."""
    high: Array


@dataclass(frozen=True, eq=False)
class Judged:
    """Forecasts a period ahead and counts, of the periods that were heard since the watch began."""

    periods: tuple[int, ...] = ()
    """Their numbers, ascending."""

    observed: Array = field(default_factory=lambda: np.empty((0, 0)))
    """NaN where nothing was counted, shape (n_periods, n_regions). [count/period]"""

    predicted: Array = field(default_factory=lambda: np.empty((0, 0)))
    """Same shape. [count/period]"""

    low: Array = field(default_factory=lambda: np.empty((0, 0)))
    high: Array = field(default_factory=lambda: np.empty((0, 0)))
    """Ends of the intervals, same shape. [count/period]"""

    def heard(self, rows: NDArray[np.intp], counts: Array, period: int, said: Said, regions: int) -> Self:
        """Return it with counts of a period; what was forecast first for a region stands when it is told again."""
        made = self._with(period, regions)
        at = made.periods.index(period)
        new = np.isnan(made.observed[at, rows])
        made.observed[at, rows] = counts
        for name, values in (("predicted", said.mean), ("low", said.low), ("high", said.high)):
            held = getattr(made, name)
            held[at, rows] = np.where(new, values, held[at, rows])
        return made

    @property
    def inside(self) -> Array:
        """Whether a count was within its interval, 1 or 0; NaN where there is none, shape (n_periods, n_regions)."""
        within = (self.observed >= self.low - 1e-9) & (self.observed <= self.high + 1e-9)
        return np.where(np.isfinite(self.observed + self.low + self.high), within, np.nan)

    def _with(self, period: int, regions: int) -> Self:
        """Return a copy with a row for a period."""
        periods = tuple(sorted({*self.periods, period}))[-KEPT:]
        known = {each: place for place, each in enumerate(self.periods)}
        empty = np.full(regions, np.nan)

        def copied(held: Array) -> Array:
            return np.array([held[known[each]] if each in known else empty for each in periods])

        return replace(
            self,
            periods=periods,
            observed=copied(self.observed),
            predicted=copied(self.predicted),
            low=copied(self.low),
            high=copied(self.high),
        )
