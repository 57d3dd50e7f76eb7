"""Which day is it? From dates as people write them to numbered periods, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, sentence

Every = Literal["day", "week", "month", "quarter"]

YEAR = 365.2425
"""Days of a mean year."""

SEASONS = {"day": 7, "week": 52, "month": 12, "quarter": 4}
"""Periods after which a pattern comes back: weekdays of days, the year of weeks, months and quarters. [periods]"""

MONTHS = {"month": 1, "quarter": 3}
"""Months of a period that is counted in months. [months]"""

ISO_WEEK = r"(\d{4})-?W(\d{1,2})"
QUARTER_FORMS = (r"(?P<year>\d{4})[-/ ]?Q(?P<quarter>[1-4])", r"Q(?P<quarter>[1-4])[-/ ]?(?P<year>\d{4})")
YEAR_AND_MONTH = r"(\d{4})[-/年]?(\d{1,2})月?"


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


def read_dates(cells: Sequence[object]) -> pd.DatetimeIndex:
    """Return the day that each cell means; what means none becomes missing.

    Parameters
    ----------
    cells : sequence
        Days (2024-01-07, 2024/1/7, 20240107), weeks of ISO 8601 (2024-W02), months (2024-01, 2024年1月),
        quarters (2024-Q1, Q1 2024). A day and a
        month that could be either way round are read month first, unless a cell of the column says otherwise.

    Examples
    --------
    >>> [each.date().isoformat() for each in read_dates(["2024-W02", "2024-03", "20240501"])]
    ['2024-01-08', '2024-03-01', '2024-05-01']
    """
    column = pd.Series(list(cells), dtype=object)
    if pd.api.types.is_datetime64_any_dtype(column.infer_objects()):
        found = pd.DatetimeIndex(column.infer_objects())
        return (found.tz_localize(None) if found.tz is not None else found).normalize()
    # each distinct cell is read once: a long table repeats its dates in every region
    codes, distinct = pd.factorize(column)
    text = pd.Series([_as_text(each) for each in distinct], dtype="str")
    read = _iso_weeks(text).fillna(_quarters(text)).fillna(_months(text)).fillna(_days(text))
    return pd.DatetimeIndex(np.append(read.to_numpy("datetime64[ns]"), np.datetime64("NaT"))[codes])


def _as_text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell).strip()  # type: ignore[call-overload]


def _iso_weeks(text: pd.Series) -> pd.Series:
    parts = text.str.extract(f"^{ISO_WEEK}$")
    joined = parts[0] + "-" + parts[1].str.zfill(2) + "-1"
    return _plausible(pd.to_datetime(joined, format="%G-%V-%u", errors="coerce"))


def _plausible(read: pd.Series) -> pd.Series:
    """Return days, missing where the year is none of our time: a code such as 01001 is no month of the year 100."""
    return read.where((read >= "1700-01-01") & (read < "2250-01-01")).astype("datetime64[ns]")


def _quarters(text: pd.Series) -> pd.Series:
    read = pd.Series(pd.NaT, index=text.index, dtype="datetime64[ns]")
    for form in QUARTER_FORMS:
        parts = text.str.extract(f"^{form}$")
        month = (pd.to_numeric(parts["quarter"]) * 3 - 2).astype("Int64").astype("str")
        read = read.fillna(_plausible(pd.to_datetime(parts["year"] + "-" + month, format="%Y-%m", errors="coerce")))
    return read


def _months(text: pd.Series) -> pd.Series:
    parts = text.str.extract(f"^{YEAR_AND_MONTH}$")
    return _plausible(pd.to_datetime(parts[0] + "-" + parts[1], format="%Y-%m", errors="coerce"))


def _days(text: pd.Series) -> pd.Series:
    """Read days, in the order of day and month with which more cells are days."""
    plain = text.str.replace(r"[年月/.]", "-", regex=True).str.replace("日", "").str.replace(r"[T ].*$", "", regex=True)
    best = pd.Series(pd.NaT, index=text.index, dtype="datetime64[ns]")
    for form in ("%Y-%m-%d", "%Y%m%d", "%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y", "%d-%m-%y", "%d-%b-%Y", "%b-%d-%Y"):
        read = _plausible(pd.to_datetime(plain, format=form, errors="coerce"))
        if read.notna().sum() > best.notna().sum():
            best = read
    return best


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
