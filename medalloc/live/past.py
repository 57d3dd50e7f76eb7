"""What was counted until now, period by period; only as much as is still looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.allocation.problem import Array
from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.errors import refused
from medalloc.live.heard import Number
from medalloc.live.message import moment

DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.31}
"""Length of a period. [days]"""

RECENT = 4 * 8
"""Periods that the running mean of surprises still remembers. [periods]"""

MORE = 40
"""Periods beyond a year that are kept, so that the newest ones can be held against those of a year before. [periods]"""

Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Past:
    """Counts of all regions until now."""

    values: Array
    """NaN where nothing was counted, shape (n_regions, n_periods). [count/period]"""

    calendar: Calendar
    """What the periods are."""

    last: int
    """Number of the newest period, of this calendar."""

    @property
    def days(self) -> float:
        """Length of a period. [days]."""
        return DAYS[self.calendar.every]

    @property
    def year(self) -> int:
        """Periods of a year, and at least those that say what is usual. [periods]."""
        return max(8, round(365 / self.days))

    @property
    def before(self) -> Array:
        """Counts of all periods but the newest, shape (n_regions, n_periods - 1)."""
        return self.values[:, :-1]

    def with_counts(self, rows: Rows, counts: Array, period: int) -> Self:
        """Return it with what was counted in some regions in a period; what is older than all of it is left out."""
        later = max(0, period - self.last)
        most = max(self.year + MORE, RECENT)
        values = np.pad(self.values, ((0, 0), (0, min(later, most))), constant_values=np.nan)[:, -most:]
        place = period - self.last - later + values.shape[1] - 1
        if place >= 0:
            values = values.copy()
            values[rows, place] = counts
        return replace(self, values=values, last=self.last + later)

    def news(self, numbers: Mapping[str, Number], regions: tuple[str, ...]) -> Iterator[tuple[Rows, Array, int]]:
        """Yield regions, counts and period of everything in some numbers that is not known yet, the oldest first."""
        known = [(row, numbers[name]) for row, name in enumerate(regions) if name in numbers]
        of_moment = {at: self._period(at) for at in {each.at for _, each in known}}
        rows = np.array([row for row, _ in known], dtype=np.intp)
        counts = np.array([each.value for _, each in known])
        periods = np.array([of_moment[each.at] for _, each in known], dtype=np.int64)
        places = periods - self.last + self.values.shape[1] - 1
        inside = (places >= 0) & (places < self.values.shape[1])
        there = np.full(len(rows), np.nan)
        there[inside] = self.values[rows[inside], places[inside]]
        new = (places >= 0) & (there != counts)
        for period in np.unique(periods[new]).tolist():
            at = new & (periods == period)
            yield rows[at], counts[at], int(period)

    def _period(self, at: str) -> int:
        day = pd.DatetimeIndex([moment(at).date().isoformat()])
        return int(self.calendar.number(day)[0])


def past_of(panel: Panel, regions: tuple[str, ...]) -> Past:
    """Return counts in the order of the plan's regions.

    Raises
    ------
    InputError
        If the counts are of other regions.
    """
    return Past(panel.values[order_of(panel.regions, regions)], panel.calendar, panel.length - 1)


def order_of(counted: tuple[str, ...], regions: tuple[str, ...]) -> Rows:
    """Return the places of the plan's regions among those that are counted.

    Raises
    ------
    InputError
        If the counts are of other regions.
    """
    if missing := sorted(set(regions) ^ set(counted)):
        raise refused(
            "The counts and the plan are of different regions; these are in one only: {names}.",
            names=", ".join(missing[:6]),
        )
    place = {name: row for row, name in enumerate(counted)}
    return np.array([place[name] for name in regions], dtype=np.intp)
