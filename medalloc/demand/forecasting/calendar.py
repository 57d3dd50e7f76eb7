"""Which day is it? From dates as people write them to numbered periods, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, counted, sentence

Every = Literal["day", "week", "month", "quarter"]

YEAR = 365.2425
"""Days of a mean year."""

SEASONS = {"day": 7, "week": 52, "month": 12, "quarter": 4}
"""Periods after which a pattern comes back: weekdays of days, the year of weeks, months and quarters. [periods]"""

MONTHS = {"month": 1, "quarter": 3}
"""Months of a period that is counted in months. [months]"""


@dataclass(frozen=True)
class Calendar:
    """Numbered periods of equal name: day, week, month or quarter.

    Examples
    --------
    >>> weeks = Calendar("week", pd.Timestamp("2024-01-07"))
    >>> weeks.date(2).date().isoformat(), weeks.season
    ('2024-01-21', 52)
    """

    every: Every
    """Length of a period."""

    start: pd.Timestamp
    """First day of period 0 as the table writes it; of months and quarters, the first of a month."""

    @property
    def season(self) -> int:
        """Periods after which the pattern comes back [periods]."""
        return SEASONS[self.every]

    def number(self, dates: pd.DatetimeIndex) -> NDArray[np.int64]:
        """Return the number of the period of each date."""
        if self.every in MONTHS:
            months = dates.year * 12 + dates.month - (self.start.year * 12 + self.start.month)
            return np.asarray(months // MONTHS[self.every], dtype=np.int64)
        days = np.asarray((dates - self.start).days, dtype=np.int64)
        return days if self.every == "day" else days // 7

    def date(self, number: int) -> pd.Timestamp:
        """Return the first day of a period."""
        return self.dates(np.array([number]))[0]

    def days(self, firsts: Sequence[pd.Timestamp]) -> float:
        """Return the length of periods in a row, by their first days. [days]."""
        first = self.number(pd.DatetimeIndex(list(firsts[:1])))[0]
        ends = self.dates(np.array([first, first + len(firsts)]))
        return float((ends[1] - ends[0]).days)

    def dates(self, numbers: NDArray[np.integer[Any]]) -> pd.DatetimeIndex:
        """Return the first day of each period."""
        if self.every in MONTHS:
            months = self.start.year * 12 + self.start.month - 1 + numbers * MONTHS[self.every]
            return pd.DatetimeIndex([pd.Timestamp(int(each) // 12, int(each) % 12 + 1, 1) for each in months])
        return self.start + pd.to_timedelta(numbers * (1 if self.every == "day" else 7), unit="D")

    def year_phase(self, numbers: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Return how much of the year is over in each period [fraction]."""
        dates = self.dates(numbers)
        return np.asarray((dates.day_of_year - 1) / YEAR, dtype=np.float64)

    def quarter(self, numbers: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Return the quarter of each period: 0 from December, 1 from March, 2 from June, 3 from September."""
        return np.asarray(self.dates(numbers).month % 12 // 3, dtype=np.int64)


def last_season(every: Every) -> Sentence:
    """Return in words where the pattern is taken from when nothing better is known."""
    match every:
        case "day":
            return sentence("last week's same day")
        case "week":
            return sentence("last year's same week")
        case "quarter":
            return sentence("last year's same quarter")
        case _:
            return sentence("last year's same month")


def periods(every: Every) -> Sentence:
    """Return what several periods are called."""
    match every:
        case "day":
            return sentence("days")
        case "week":
            return sentence("weeks")
        case "quarter":
            return sentence("quarters")
        case _:
            return sentence("months")


def spans(count: int, every: Every) -> Sentence:
    """Return so many periods in words.

    Examples
    --------
    >>> print(spans(1, "week"), spans(3, "day"), sep="; ")
    1 week; 3 days
    """
    match every:
        case "day":
            return counted("{count} day", "{count} days", count=count)
        case "week":
            return counted("{count} week", "{count} weeks", count=count)
        case "quarter":
            return counted("{count} quarter", "{count} quarters", count=count)
        case _:
            return counted("{count} month", "{count} months", count=count)


def inferred(dates: pd.DatetimeIndex) -> Calendar | None:
    """Return the calendar whose periods the dates name; None when they name none.

    Parameters
    ----------
    dates : DatetimeIndex
        Distinct days in their order, at least two.

    Notes
    -----
    The middle step decides, so that gaps do not turn weeks into months; days that are whole weeks apart are weeks.
    """
    steps = np.diff(dates.to_numpy("datetime64[D]")).astype(int)
    month = (dates.year * 12 + dates.month).to_numpy()
    if np.median(steps) <= 1:
        return Calendar("day", dates[0])
    if np.median(steps) == 7 or (steps % 7 == 0).all():
        return Calendar("week", dates[0])
    apart = np.diff(month)
    if len(set(month)) == len(month) and np.median(apart) == 1:
        return Calendar("month", dates[0].replace(day=1))
    if np.median(apart) == 3 and (apart % 3 == 0).all():
        return Calendar("quarter", dates[0].replace(day=1))
    return None
