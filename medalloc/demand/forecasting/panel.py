"""What was counted, where and when."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.filling import filled
from medalloc.sentences import Sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Covariate:
    """Something known in advance for every region and period, such as a school holiday."""

    name: str
    """Name of the column."""

    values: Floats
    """One row a region, at least as many columns as the counts have periods, later ones for the future,
    shape (n_regions, n_periods + future)."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Counts by region and period; what was not counted is not a number (NaN).

    Examples
    --------
    >>> weeks = Calendar("week", pd.Timestamp("2024-01-07"))
    >>> Panel(("North",), weeks, np.array([[3.0, np.nan, 4.0, 6.0]])).until(3).filled.tolist()
    [[3.0, 3.0, 4.0]]
    """

    regions: tuple[str, ...]
    """Names, shape (n_regions,)."""

    calendar: Calendar
    """What the periods are."""

    values: Floats
    """Counts, at least 0, shape (n_regions, n_periods). [count/period]"""

    covariates: tuple[Covariate, ...] = ()
    """What is known in advance."""

    notes: tuple[Sentence, ...] = field(default=())
    """What reading had to decide, and what is missing."""

    @property
    def length(self) -> int:
        """Number of periods."""
        return int(self.values.shape[1])

    @property
    def dates(self) -> pd.DatetimeIndex:
        """First day of every period."""
        return self.calendar.dates(np.arange(self.length))

    @cached_property
    def filled(self) -> Floats:
        """Counts without gaps, for forecasters to learn from; never for scoring, shape (n_regions, n_periods)."""
        return filled(self.values, self.calendar.season)

    @cached_property
    def first_known(self) -> NDArray[np.int64]:
        """Number of the first period that was counted, `length` where none was, shape (n_regions,)."""
        known = np.isfinite(self.values)
        return np.where(known.any(axis=1), known.argmax(axis=1), self.length)

    def until(self, end: int) -> "Panel":
        """Return the panel as it was when period `end` had not been counted yet."""
        return replace(self, values=self.values[:, :end])

    def covariate_names(self) -> tuple[str, ...]:
        """Return the names of what is known in advance."""
        return tuple(each.name for each in self.covariates)
