"""Counts that were hidden because they are small, such as <5: an interval, of which the middle is planned with."""

import re
from collections.abc import Sequence

import pandas as pd

from medalloc.quantities.table import NO_COUNT
from medalloc.sentences import Sentence, counted, listed
from medalloc.tables.cells import text_columns
from medalloc.tables.marks import is_mark

BELOW = re.compile(r"(?P<sign><|≤|<=|less than|fewer than|under|少于|小于) ?(?P<limit>[1-9][0-9]{0,2})", re.IGNORECASE)
"""How a hidden count is written where it says below which number it is."""

UP_TO = ("≤", "<=")
HIDDEN = "*"
"""How it is written where it does not."""

THOUSANDS = ",'’ \u00a0\u202f"
"""What may part thousands of whole numbers."""

WHOLE = re.compile(rf"[0-9]{{1,3}}(?:[{THOUSANDS}][0-9]{{3}})+|[0-9]+")
DECIMAL = re.compile(rf"(?:{WHOLE.pattern})(?:\.[0-9]+)?")
NO_NUMBER_OF_PERSONS = re.compile(rf"(?<![a-z])(?:{NO_COUNT})(?![a-z])|比|率", re.IGNORECASE)
LIMITS = range(3, 12)
"""Numbers below which counts are hidden; only so far a sign alone is taken for that. [count]"""

FEWEST = 10
"""Different counts that must be seen before their least says below which number others are hidden. [count]"""


def with_intervals(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Sentence], dict[str, tuple[int, int]]]:
    """Return counts with the middle of its interval in the place of each that was hidden, say so, and the ends.

    Parameters
    ----------
    frame : DataFrame
        Cells as they were read. A column is one of counts where all else in it are numbers, none of which the
        interval holds, but perhaps 0: then the interval begins at 1. Among decimals, such as counts that are expected,
        it begins at 0 and ends where it says.

    Examples
    --------
    >>> made, said, ends = with_intervals(pd.DataFrame({"cases": ["0", "12", "<5", "31"]}, dtype="str"))
    >>> made["cases"].tolist(), str(said[0])
    ([0.0, 12.0, 2.5, 31.0], '“cases”: <5 means 1 to 4 and is read as the middle, 2.5: 1 cell.')
    >>> ends
    {'cases': (1, 4)}
    """
    made, said, every = {}, list[Sentence](), dict[str, tuple[int, int]]()
    for name in text_columns(frame):
        if NO_NUMBER_OF_PERSONS.search(str(name)):
            continue
        texts = list(dict.fromkeys(str(each).strip() for each in pd.Series(frame[name].unique()).dropna()))
        marks = [each for each in texts if BELOW.fullmatch(each) or each == HIDDEN]
        if not marks or (ends := _ends(marks, [each for each in texts if each not in marks])) is None:
            continue
        cells = frame[name].str.strip()
        every[str(name)] = low, high = ends
        middle = (low + high) / 2
        hidden = cells.isin(marks)
        made[name] = cells.mask(hidden, f"{middle:g}")
        said.append(
            counted(
                "“{column}”: {marks} means {low} to {high} and is read as the middle, {middle}: {count} cell.",
                "“{column}”: {marks} means {low} to {high} and is read as the middle, {middle}: {count} cells.",
                column=name,
                marks=listed(marks),
                low=low,
                high=high,
                middle=middle,
                count=int(hidden.sum()),
            )
        )
        if all(DECIMAL.fullmatch(each) for each in texts if each not in marks):
            made[name] = pd.to_numeric(made[name].str.replace(f"[{THOUSANDS}]", "", regex=True))
    return frame.assign(**made), said, every


def hidden_counts(counts: pd.Series, ends: tuple[float, float]) -> pd.Series:
    """Return which counts of a column were hidden: no other is the middle of their interval."""
    return pd.to_numeric(counts, errors="coerce") == sum(ends) / 2


def _ends(marks: Sequence[str], others: Sequence[str]) -> tuple[int, int] | None:
    """Return the least and the most that a hidden count can be; None where nothing says it."""
    known = [each for each in others if not is_mark(each)]
    whole = all(WHOLE.fullmatch(each) for each in known)
    numbers = sorted(float(re.sub(f"[{THOUSANDS}]", "", each)) for each in known if DECIMAL.fullmatch(each))
    seen = [each for each in numbers if each > 0]
    if len(numbers) < max(2, len(known)) or not seen:
        return None
    limits = {
        int(found["limit"]) + (found["sign"] in UP_TO) for each in marks if (found := BELOW.fullmatch(each)) is not None
    }
    if not limits and whole and len(numbers) >= FEWEST and seen[0] in LIMITS:
        limits = {int(seen[0])}
    if len(limits) != 1 or (limit := limits.pop()) > seen[0] or limit < 2:
        return None
    return (int(numbers[0] == 0), limit - 1) if whole else (0, limit)
