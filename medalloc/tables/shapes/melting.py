"""Periods that stand in the names of columns become rows."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from medalloc.tables.periods import NAMES, YEAR, read_dates

ITEM, PERIOD, NUMBER = "item", "period", "number"
"""What the new columns are called."""

MOST_WORDS = 5
"""Words of the longest period, such as “Week 1 2026-01-01 - 2026-01-07”. [count]"""


PART = re.compile(
    rf"-|[0-9:./-]+|Q[1-4]|W(eek)?[0-9]*|{'|'.join(f'{name[:3]}[a-z]*' for name in NAMES)}", re.IGNORECASE
)
"""A word of a period of several; a day may stand before anything else, and is a period by itself."""


def melted(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with a row for each cell of a column whose name is, begins with or ends with a period.

    Examples
    --------
    >>> melted(pd.DataFrame({"unit": ["Bo"], "Visits January 2026": [4], "Visits 2026-02": [5]})).values.tolist()
    [['Bo', 'Visits', 'January 2026', 4], ['Bo', 'Visits', '2026-02', 5]]
    """
    places = periods_in([str(name) for name in frame.columns])
    dated = [column for column, place in zip(frame.columns, places, strict=True) if place]
    if not dated:
        return frame
    items, periods = zip(*(place for place in places if place), strict=True)
    kept, many = frame.drop(columns=dated), len(dated)
    made = kept.loc[kept.index.repeat(many)].reset_index(drop=True)
    return made.assign(
        **{
            ITEM: np.tile(np.array(items, dtype=object), len(frame)),
            PERIOD: np.tile(np.array(periods, dtype=object), len(frame)),
            NUMBER: frame[dated].to_numpy(dtype=object).reshape(-1),
        }
    )


def periods_in(names: Sequence[str]) -> list[tuple[str, str] | None]:
    """Return what each name says beside a period, and the period; None where it names none.

    Examples
    --------
    >>> periods_in(["Beds January - March 2026", "2021 [YR2021]", "Beds"])
    [('Beds', 'January - March 2026'), ('', '2021'), None]
    """
    options = [list(_options(re.sub(r" ?\[YR\d{4}\]", "", name))) for name in names]
    written = [period for each in options for _, period in each]
    known = dict(zip(written, read_dates(written).notna(), strict=True)) if written else {}

    def is_period(text: str) -> bool:
        several = " " in text
        return re.fullmatch(YEAR, text) is not None or (
            bool(known[text]) and not (several and any(PART.fullmatch(word) is None for word in text.split()))
        )

    return [next(((item, period) for item, period in each if is_period(period)), None) for each in options]


def _options(name: str) -> list[tuple[str, str]]:
    """Return all ways to part a name into an item and a period, long periods first."""
    words = name.split()
    behind = [(words[:-many], words[-many:]) for many in range(min(MOST_WORDS, len(words)), 0, -1)]
    before = [(words[many:], words[:many]) for many in range(min(MOST_WORDS, len(words)), 0, -1)]
    return [(" ".join(item), " ".join(period)) for item, period in (*behind, *before)]
