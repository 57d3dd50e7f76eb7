"""Days that a file writes in another calendar, or as a spreadsheet counts them: read as our days, which is said."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pandas as pd

from medalloc.sentences import Sentence, sentence

DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P<day>)"),
)
BUDDHIST, PERSIAN, ISLAMIC = range(2440, 2650), range(1330, 1421), range(1421, 1471)
"""Years that can be nothing else in a health file of our time."""

LONG_MONTHS = (
    "23d91da95b4ab5a56d2b693b49b6556a9754b6a56caad555b29b92ba95d4ada55aaab595749764baa5b52b6a56d2ae9572a75535a95d49ba"
    "4dd26d535aaaad4b6a57527a95b4ab5536c9ae"
)
"""Months of Islamic years from 1421 on, a bit each: 1 for 30 days, 0 for 29, as Umm al-Qura announces them."""

BEFORE_OURS = 543
"""Years by which the Buddhist calendar is ahead of ours. [years]"""

SERIAL = range(25_569, 73_051)
"""Days from 1970 to 2099 as spreadsheets count them, from the end of 1899."""

LOOKED_AT = 20_000
"""Different cells of a column that are looked at. [count]"""


def in_our_calendar(frame: pd.DataFrame, is_date: Callable[[str], bool]) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return days as ISO 8601 writes them where all cells of a column are in another calendar, and say so.

    Parameters
    ----------
    is_date : callable
        Whether a column is called a date: only there a whole number may be a day.

    Examples
    --------
    >>> days = pd.DataFrame({"day": ["1402/10/11"], "date": ["2567-01-08"], "week": [45299]})
    >>> made, said = in_our_calendar(days, lambda name: name == "week")
    >>> made.iloc[0].tolist()
    ['2024-01-01', '2024-01-08', '2024-01-08']
    """
    made, said = dict[str, pd.Series](), list[Sentence]()
    for name in [str(each) for each, kind in frame.dtypes.items() if not pd.api.types.is_float_dtype(kind)]:
        column = frame[name]
        if is_date(name) and pd.api.types.is_integer_dtype(column) and column.between(SERIAL[0], SERIAL[-1]).all():
            read = pd.to_datetime(column, unit="D", origin="1899-12-30").dt.strftime("%Y-%m-%d").astype("str")
            what = sentence("days as spreadsheets count them")
        elif isinstance(column.dtype, pd.StringDtype) and (found := _converted(column)) is not None:
            read, what = found
        else:
            continue
        made[name] = read
        said.append(
            sentence(
                "“{column}” holds {what}: {text} is read as {day}.",
                column=name,
                what=what,
                text=str(column.dropna().iloc[0]),
                day=str(read.dropna().iloc[0]),
            )
        )
    return frame.assign(**made), said


def _converted(column: pd.Series) -> tuple[pd.Series, Sentence] | None:
    texts = [str(each) for each in pd.Series(column.unique()).dropna()]
    if not texts or len(texts) > LOOKED_AT:
        return None
    for form in DATE_FORMS:
        parts = [form.fullmatch(_figures(each)) for each in texts[:1]]
        if parts[0] is None or int(parts[0]["year"]) in range(1700, 2250):
            continue
        found = [form.fullmatch(_figures(each)) for each in texts]
        cells = [each for each in found if each is not None]
        if len(cells) == len(texts) and (made := _of_years(cells)) is not None:
            days, what = made
            return column.replace(dict(zip(texts, days, strict=True))), what
    return None


def _of_years(cells: Sequence[re.Match[str]]) -> tuple[list[str], Sentence] | None:
    years = {int(each["year"]) for each in cells}
    if years <= set(BUDDHIST):
        # the order of day and month is decided as in any other column
        days = [
            each.string[: each.start("year")] + str(int(each["year"]) - BEFORE_OURS) + each.string[each.end("year") :]
            for each in cells
        ]
        return days, sentence("years of the Buddhist calendar")
    for of, day, what in (
        (ISLAMIC, islamic_day, sentence("days of the Islamic calendar, as Umm al-Qura counts them")),
        (PERSIAN, persian_day, sentence("days of the Persian calendar")),
    ):
        if years <= set(of):
            try:
                made = [day(*(int(each[part] or 1) for part in ("year", "month", "day"))) for each in cells]
            except ValueError:
                return None
            return [each.isoformat() for each in made], what
    return None


def islamic_day(year: int, month: int, day: int) -> date:
    """Return our day for one of the Islamic calendar, by the months that Umm al-Qura announces.

    Raises
    ------
    ValueError
        If there is no such day.

    Notes
    -----
    It is the civil calendar of Saudi Arabia; where months begin when the moon is seen, a day may be off by one.

    Examples
    --------
    >>> islamic_day(1445, 9, 1), islamic_day(1446, 1, 1)
    (datetime.date(2024, 3, 11), datetime.date(2024, 7, 7))
    """
    if year not in ISLAMIC or not 1 <= month <= 12:
        raise ValueError
    months = f"{int(LONG_MONTHS, 16):0{12 * len(ISLAMIC)}b}"[: 12 * (year - ISLAMIC[0]) + month]
    if not 1 <= day <= 29 + int(months[-1]):
        raise ValueError
    before = months[:-1]
    return date(2000, 4, 6) + timedelta(days=29 * len(before) + before.count("1") + day - 1)


def persian_day(year: int, month: int, day: int) -> date:
    """Return our day for one of the Persian (solar Hijri) calendar, by its cycles of 33 years.

    Raises
    ------
    ValueError
        If there is no such day.

    Notes
    -----
    Right from 1178 to 1633, that is from 1799 to 2254.

    References
    ----------
    .. [1] K. M. Borkowski, The Persian calendar for 3000 years, Earth, Moon, and Planets 74, 1996.

    Examples
    --------
    >>> persian_day(1403, 1, 1), persian_day(1399, 12, 30)
    (datetime.date(2024, 3, 20), datetime.date(2021, 3, 20))
    """
    longest = 31 if month <= 6 else 30 if month <= 11 or _is_leap(year) else 29
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError
    years = year - 1395
    leaps = sum(map(_is_leap, range(1395, year))) if years >= 0 else -sum(map(_is_leap, range(year, 1395)))
    before = 31 * (month - 1) - max(0, month - 7)
    return date(2016, 3, 20) + timedelta(days=365 * years + leaps + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def _figures(text: str) -> str:
    return "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text.strip())
