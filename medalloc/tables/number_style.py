"""How a file writes its numbers, decided by all of its columns: its decimal sign, and what parts thousands."""

import re
from collections.abc import Collection, Mapping
from itertools import chain

import pandas as pd

from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.cells import text_columns
from medalloc.tables.marks import is_mark, marks_blank
from medalloc.tables.suppressed import BELOW as HIDDEN

COMMA = re.compile(r"[-+−]?(?:[0-9]{1,3}(?:[. '][0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
"""A number with a decimal comma, or none."""

SURELY_COMMA = re.compile(r"[-+−]?(?:[0-9. ']*[0-9],(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+)")
"""A comma that parts no thousands: other than three figures follow it, or a nought alone stands before it."""

SURELY_POINT = re.compile(r"[-+]?(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0?\.[0-9]+)")
"""A point that parts no thousands."""

THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
BELOW = re.compile(r"[-+]?[0-9]{1,3}")
MOST_LOOKED_AT = 20_000
"""Different texts of a column that are looked at. [count]"""


PLACE = re.compile(r"(?<![a-z])(lat|lon|lng|latitude|longitude|x|y)(?![a-z])|经度|纬度", re.IGNORECASE)
"""Names of columns of degrees, in which a point is never between thousands."""


def in_one_style(
    frame: pd.DataFrame, written: Mapping[str, pd.Series], decimal: str | None = None, texts: Collection[str] = ()
) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return columns with decimal commas, or with points between thousands, as numbers, and say so.

    Parameters
    ----------
    written : mapping
        Columns that were read as numbers with a decimal point, as the file writes them; left out where commas part
        the columns, so that a point is the decimal sign.
    decimal : str, optional
        The decimal sign as somebody said it, a point or a comma; decided by the columns when left out.
    texts : collection of str
        Columns that stay as they are written.

    Examples
    --------
    >>> made, said = in_one_style(pd.DataFrame({"a": ["1,5", "2,25"], "b": ["0,875", "1,250"]}, dtype="str"), {})
    >>> made["b"].tolist(), str(said[0])
    ([0.875, 1.25], 'A comma is the decimal sign in: “a”, “b”.')
    >>> made, said = in_one_style(pd.DataFrame({"a": [12.5, 950.0]}), {"a": pd.Series(["12.500", "950"])})
    >>> made["a"].tolist(), str(said[0])
    ([12500, 950], 'A point parts thousands in: “a”, such as 12.500.')
    """
    made, said = dict[str, pd.Series](), list[Sentence]()
    if decimal == ".":
        return frame, said
    columns = {
        str(name): [
            each.strip()
            for each in pd.Series(frame[name].unique()).dropna()[:MOST_LOOKED_AT]
            if not is_mark(each) and not HIDDEN.fullmatch(each.strip())
        ]
        for name in text_columns(frame)
        if name not in texts
    }
    commas = [name for name, cells in columns.items() if cells and all(COMMA.fullmatch(each) for each in cells)]
    if decimal or any(SURELY_COMMA.fullmatch(each) for name in commas for each in columns[name]):
        parted = [name for name in commas if any("," in each or "." in each for each in columns[name])]
        for name in parted:
            made[name] = _numbers(frame[name])
        names = listed((f"“{each}”" for each in parted), 8)
        said += [sentence("A comma is the decimal sign in: {columns}.", columns=names)] if parted else []
    cells = {
        name: [each.strip() for each in column.dropna().unique()[:MOST_LOOKED_AT] if not is_mark(each)]
        for name, column in written.items()
        if not PLACE.search(name)
    }
    pointed = {name: each for name, each in cells.items() if any("." in cell for cell in each)}
    decimal_point = any(SURELY_POINT.fullmatch(each) for each in chain(*columns.values(), *cells.values()))
    if (
        pointed
        and not decimal_point
        and all(THOUSANDS.fullmatch(one) or BELOW.fullmatch(one) for each in pointed.values() for one in each)
    ):
        for name in pointed:
            if any(map(is_mark, written[name].dropna().unique())):
                # what such a mark means is said where the numbers are used
                made[name] = written[name].str.replace(r"\.(?=[0-9])", "", regex=True)
                continue
            numbers = pd.to_numeric(_without(written[name], "."), errors="coerce")
            made[name] = numbers.astype("int64") if numbers.notna().all() else numbers
        names = listed((f"“{each}”" for each in pointed), 8)
        example = next(each for each in next(iter(pointed.values())) if "." in each)
        said.append(
            sentence("A point parts thousands in: {columns}, such as {example}.", columns=names, example=example)
        )
    return frame.assign(**made), said


def _numbers(column: pd.Series) -> pd.Series:
    """Return numbers with decimal commas as such; as text with decimal points where counts such as <5 are hidden."""
    plain = _without(column, ".", " ", "'").str.replace(",", ".", regex=False).str.replace("−", "-", regex=False)
    hidden = plain.str.fullmatch(HIDDEN.pattern, flags=HIDDEN.flags).eq(True)
    return plain if hidden.any() else pd.to_numeric(plain, errors="coerce")


def _without(column: pd.Series, *signs: str) -> pd.Series:
    plain = marks_blank(column).str.strip()
    for sign in signs:
        plain = plain.str.replace(sign, "", regex=False)
    return plain
