"""Dates whose day and month could be either way round: which comes first is said by somebody, or guessed and told."""

import re

import pandas as pd

from medalloc.sentences import Sentence, sentence
from medalloc.tables.cells import text_columns
from medalloc.tables.periods import day_comes_first

EITHER_WAY = r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})"
MONTH = re.compile(r"(?<![a-z])(months?|mois|mes|m[eê]s|mese|monat|maand|miesiąc|месяц)(?![a-z])|月", re.IGNORECASE)
LOOKED_AT = 100
"""First texts of a column that must be such dates. [count]"""


def in_said_order(frame: pd.DataFrame, day_first: bool | None) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return dates that leave it open with the year first, where somebody said which of day and month comes first.

    Parameters
    ----------
    day_first : bool, optional
        Whether the day comes first; None where nobody said it: then what is guessed is told.

    Examples
    --------
    >>> dates = pd.DataFrame({"week": ["01/02/2021", "08/02/2021", "03/01/2021"]}, dtype="str")
    >>> in_said_order(dates, True)[0]["week"].tolist()
    ['2021-02-01', '2021-02-08', '2021-01-03']
    """
    made, said = {}, list[Sentence]()
    for name in text_columns(frame):
        known = frame[name].dropna()
        if known.empty or not known.head(LOOKED_AT).str.strip().str.fullmatch(EITHER_WAY).all():
            continue
        if (found := day_comes_first(known.unique().tolist())) is None:
            continue
        date, guessed = found
        if day_first is None and not guessed and _holds_months(str(name), known):
            guessed, made[name] = True, _year_first(frame[name].str.strip(), day_first=True)
        if day_first is None:
            said.append(
                sentence("“{column}”: dates such as {date} are read with the day first.", column=name, date=date)
                if guessed
                else sentence("“{column}”: dates such as {date} are read with the month first.", column=name, date=date)
            )
            continue
        made[name] = _year_first(frame[name].str.strip(), day_first)
    return frame.assign(**made), said


def _holds_months(name: str, cells: pd.Series) -> bool:
    """Whether a column that is called month holds the first day of months when the day is read first, and only then."""
    first = cells.str.strip().str.match(r"0?1[-/.]").all()
    return MONTH.search(name) is not None and bool(first)


def _year_first(cells: pd.Series, day_first: bool) -> pd.Series:
    """Return dates as ISO 8601 writes them; what is none stays as it is."""
    order = "%d-%m" if day_first else "%m-%d"
    plain = cells.str.replace(r"[/.]", "-", regex=True)
    read = pd.to_datetime(plain, format=f"{order}-%Y", errors="coerce").fillna(
        pd.to_datetime(plain, format=f"{order}-%y", errors="coerce")
    )
    return read.dt.strftime("%Y-%m-%d").astype("str").where(read.notna(), cells)
