"""Which day a period begins on, however people write it: days, weeks, months, quarters, intervals of two days."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

ISO_WEEK = r"(\d{4})-?W(\d{1,2})"
WEEK_FIRST = r"(?i)^(?:W|week|wk)[ .]?(\d{1,2})[-/, ]+(\d{4})$"
QUARTER_FORMS = (r"(?P<year>\d{4})[-/ ]?Q(?P<quarter>[1-4])", r"Q(?P<quarter>[1-4])[-/ ]?(?P<year>\d{4})")
YEAR_AND_MONTH = r"(\d{4})[-/年]?(\d{1,2})月?"
DAY = r"\d{4}-?\d{2}-?\d{2}(?:T[\d:.]*)?"
LONGER = (
    (rf"^(?:W(?:eek)? ?\d+ )?({DAY})(?:/| - ){DAY}$", r"\1"),
    (r"^([^\W\d_]{3,}) ?- ?[^\W\d_]{3,} (\d{4})$", r"\1 \2"),
)
"""Intervals such as 2003-12-29/2004-01-04 and January - March 2024, and what begins with them."""
WORDY_DAY = r"^(\d{1,2})\.? ([^\W\d_]{3,})\.?,? (\d{4})$"
FEWEST_DIGITS = r"\d(?:\D*\d){3}"
"""No form of a date has fewer than 1/2/24."""
YEAR = r"(?:1[89]|20|21)\d{2}"
MONTH_NAME = (r"^(?P<name>[^\W\d_]{3,})\.?[ -]+(?P<year>\d{4})$", r"^(?P<year>\d{4})[ -]+(?P<name>[^\W\d_]{3,})\.?$")
NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def read_dates(cells: Sequence[object]) -> pd.DatetimeIndex:
    """Return the day that each cell means, the first one of a longer period; what means none becomes missing.

    Parameters
    ----------
    cells : sequence
        Days (2024-01-07, 2024/1/7, 20240107), weeks of ISO 8601 (2024-W02, 2024W2), months (2024-01, 202401,
        2024年1月, January 2024), quarters (2024-Q1, Q1 2024), intervals (2024-01-01/2024-01-07). A day and a
        month that could be either way round are read month first, unless a cell of the column says otherwise or the
        other way makes the steps between the days more regular.

    Examples
    --------
    >>> [each.date().isoformat() for each in read_dates(["2024-W02", "2024-03", "20240501"])]
    ['2024-01-08', '2024-03-01', '2024-05-01']
    >>> [each.date().isoformat() for each in read_dates(["January 2024", "2003-12-29/2004-01-04", "2023Q4"])]
    ['2024-01-01', '2003-12-29', '2023-10-01']
    """
    column = pd.Series(list(cells), dtype=object)
    if pd.api.types.is_datetime64_any_dtype(column.infer_objects()):
        found = pd.DatetimeIndex(column.infer_objects())
        return (found.tz_localize(None) if found.tz is not None else found).normalize()
    # each distinct cell is read once: a long table repeats its dates in every region
    codes, distinct = pd.factorize(column)
    text = pd.Series([_as_text(each) for each in distinct], dtype="str")
    # most columns of most tables hold no date at all
    text = text.where(text.str.contains(FEWEST_DIGITS))
    if text.isna().all():
        return pd.DatetimeIndex(np.full(len(column), np.datetime64("NaT", "ns")))
    for form, begin in LONGER:
        text = text.str.replace(form, begin, regex=True)
    read = _iso_weeks(text).fillna(_quarters(text)).fillna(_months(text)).fillna(_named(text)).fillna(_days(text))
    return pd.DatetimeIndex(np.append(read.to_numpy("datetime64[ns]"), np.datetime64("NaT"))[codes])


def are_years(cells: Sequence[object]) -> bool:
    """Whether all cells are years."""
    return all(re.fullmatch(YEAR, _as_text(each)) for each in cells)


def _as_text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell).strip()  # type: ignore[call-overload]


def _iso_weeks(text: pd.Series) -> pd.Series:
    text = text.str.replace(WEEK_FIRST, r"\2W\1", regex=True)
    parts = text.str.extract(f"^{ISO_WEEK}$")
    joined = parts[0] + "-" + parts[1].str.zfill(2) + "-1"
    return _written(joined, "%G-%V-%u")


def _none(text: pd.Series) -> pd.Series:
    return pd.Series(pd.NaT, index=text.index, dtype="datetime64[ns]")


def _written(text: pd.Series, form: str) -> pd.Series:
    """Return days, missing where the year is none of our time: a code such as 01001 is no month of the year 100."""
    if text.isna().all():
        return _none(text)
    read = pd.to_datetime(text, format=form, errors="coerce")
    return read.where(read.between("1700-01-01", "2249-12-31")).astype("datetime64[ns]")


def _quarters(text: pd.Series) -> pd.Series:
    read = _none(text)
    for form in QUARTER_FORMS:
        parts = text.str.extract(f"^{form}$")
        month = (pd.to_numeric(parts["quarter"]) * 3 - 2).astype("Int64").astype("str")
        read = read.fillna(_written(parts["year"] + "-" + month, "%Y-%m"))
    return read


def _months(text: pd.Series) -> pd.Series:
    parts = text.str.extract(f"^{YEAR_AND_MONTH}$")
    return _written(parts[0] + "-" + parts[1], "%Y-%m")


def _named(text: pd.Series) -> pd.Series:
    """Read months by their English names, or the first letters of these."""
    read = _none(text)
    for form in MONTH_NAME:
        parts = text.str.lower().str.extract(form)
        numbers = {name: _month(name) for name in parts["name"].dropna().unique()}
        written = parts["year"] + "-" + parts["name"].map(numbers).astype("str")
        read = read.fillna(_written(written, "%Y-%m"))
    return read


def _month(name: str) -> str:
    number = next((place for place, whole in enumerate(NAMES, 1) if whole.startswith(name)), None)
    return "" if number is None and name != "sept" else str(number or 9)


def _days(text: pd.Series) -> pd.Series:
    """Read days, in the order of day and month with which more cells are days."""
    plain = (
        text.str.replace(WORDY_DAY, r"\1-\2-\3", regex=True)
        .str.replace(r"[年月/.]", "-", regex=True)
        .str.replace("日", "")
        .str.replace(r"[T ].*$", "", regex=True)
    )
    sure = _none(text)
    for form in ("%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%d-%B-%Y", "%b-%d-%Y"):
        sure = sure.fillna(_written(plain, form))
    best = _none(text)
    for form in ("%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y", "%d-%m-%y"):
        read = _written(plain.mask(sure.notna()), form)
        more = int(read.notna().sum()) - int(best.notna().sum())
        regular = [_regularity(sure.fillna(each)) for each in (read, best)] if form.startswith("%d-%m") else [0.0, 0.0]
        if more > 0 or (more == 0 and regular[0] > regular[1]):
            best = read
    return sure.fillna(best)


def day_comes_first(cells: Sequence[object]) -> tuple[str, bool] | None:
    """Return a date whose day and month could be either way round, and whether the day was taken for the first.

    None where no date leaves a choice, or another date of the column decides.

    Examples
    --------
    >>> months = [f"01/{month:02}/{year}" for year in (2021, 2022) for month in range(1, 13)]
    >>> day_comes_first(months), day_comes_first(months[:3]), day_comes_first([*months, "25/02/2023"])
    (('01/02/2021', True), ('01/02/2021', False), None)
    """
    texts = pd.Series([_as_text(each) for each in dict.fromkeys(cells)], dtype="str")
    parts = texts.str.extract(r"^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{2}|\d{4})$").dropna().astype(int)
    if parts.empty or (parts > 12).any(axis=None) or not (parts[0] != parts[1]).any():
        return None
    example = texts[parts.index[parts[0] != parts[1]][0]]
    read = _days(texts)
    return example, bool((read[parts.index].dt.day == parts[0]).all())


def _regularity(days: pd.Series) -> float:
    """Return the share of steps between neighbouring days that are alike, months counting as one length. [fraction]."""
    known = pd.Series(days.dropna().unique()).sort_values()
    if len(known) < 3:
        return 0.0
    if (known.dt.day == 1).all():
        steps = known.dt.year.diff().iloc[1:] * 12 + known.dt.month.diff().iloc[1:]
    else:
        steps = known.diff().iloc[1:].dt.days
    return float(steps.value_counts(normalize=True).iloc[0])
