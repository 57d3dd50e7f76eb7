"""Numbers that a file holds as text: thousands separated, decimal commas, units, currency signs."""

import re
import unicodedata

import numpy as np
import pandas as pd

CELL = re.compile(
    r"^(?P<sign>[-+]?) ?(?:[A-Z]{0,3}[$€£¥₹])? ?(?P<number>[-+]?[0-9.,' ]*[0-9](?:[eE][-+]?[0-9]+)?)"
    r" ?(?P<unit>(?:[^\W\d_]|[%°/$€£¥₹])*[23]?)$"
)
"""Sign, currency, number, unit. Letters before a number make it a code such as I10; <5 is not a number either."""

MULTIPLIERS = r"[kKMB]|[Bb]n|[Mm]io|[Tt]sd|thousands?|millions?|billions?|lakhs?|crores?|[百千万亿].*"
"""Units that multiply what stands before them, so that the figure alone would be wrong."""

ENOUGH = 0.9
"""Share of cells that must read as numbers before a text column is called numeric."""


def looks_numeric(column: pd.Series) -> bool:
    """Whether a text column is really one of numbers, and not of codes such as 01001; judged on a thousand cells."""
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return False
    known = column.dropna().astype("str")
    first = known.head(1000)
    if known.empty or _mostly_words(first) or to_numbers(first).notna().mean() < ENOUGH:
        return False
    return not _holds_codes(known)


def numbers_if_all(column: pd.Series) -> pd.Series:
    """Return text as numbers where every cell is one, and none a code with a nought in front.

    Examples
    --------
    >>> numbers_if_all(pd.Series(["1", None, "2.5"])).tolist(), numbers_if_all(pd.Series(["01001", "2"])).tolist()
    ([1.0, nan, 2.5], ['01001', '2'])
    """
    numbers = pd.to_numeric(column, errors="coerce")
    is_text = not numbers.notna().eq(column.notna()).all() or _holds_codes(column.dropna().astype("str"))
    return column if is_text else numbers


def _holds_codes(known: "pd.Series[str]") -> bool:
    return bool(known.str.match(r"\s*0[0-9]").any())


def _mostly_words(cells: pd.Series) -> bool:
    """Whether so many cells cannot be numbers that the others do not matter; of words a few are enough to tell."""
    misses = 0
    for each in cells:
        misses += CELL.match(unicodedata.normalize("NFKC", each).replace("−", "-").replace("’", "'").strip()) is None
        if misses > (1 - ENOUGH) * len(cells) + 1:
            return True
    return False


def to_numbers(column: pd.Series) -> pd.Series:
    """Read text as numbers; what cannot be read becomes missing.

    Notes
    -----
    The decimal sign, full stop or comma, is the one with which more cells are numbers, thousands being cut off in
    groups; with cells such as 1,200 only it is the full stop. Cells in another unit than most are not read, because
    the same figure means something else there.

    Examples
    --------
    >>> to_numbers(pd.Series(["1,5", "22,75", "-3"])).tolist()
    [1.5, 22.75, -3.0]
    >>> to_numbers(pd.Series(["1,200", "950", "12,000 kg"])).tolist()
    [1200.0, 950.0, 12000.0]
    """
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    # each text is read once, however many cells hold it
    codes, texts = pd.factorize(column.astype("str").where(column.notna()))
    cells = np.bincount(codes[codes >= 0], minlength=len(texts))
    # a missing cell has the code -1, which finds the place at the end
    return pd.Series(np.append(_read(pd.Series(texts, dtype="str"), cells), np.nan)[codes], column.index)


def _read(texts: pd.Series, cells: np.ndarray) -> np.ndarray:
    """Read texts, each of which stands in so many cells, as numbers."""
    # full-width figures, hard spaces, typographic minus and apostrophe are the plain ones
    plain = texts.str.normalize("NFKC").str.replace("−", "-").str.replace("’", "'").str.strip()
    found = plain.str.extract(CELL)
    numbers = (found["sign"] + found["number"]).where(_in_one_unit(found["unit"], cells))
    point, comma = (numbers.str.fullmatch(_pattern(*signs)).fillna(False).astype(bool) for signs in (".,", ",."))
    if cells[comma].sum() > cells[point].sum():
        plain = numbers.where(comma).str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    else:
        plain = numbers.where(point).str.replace(",", "", regex=False)
    read = pd.to_numeric(plain.str.replace(r"[ ']", "", regex=True), errors="coerce")
    return read.to_numpy(float, na_value=np.nan)


def _pattern(decimal: str, thousands: str) -> str:
    """Return what a number looks like with this decimal sign; Indian groups have two figures before the last three."""
    grouped = rf"[0-9]{{1,3}}(?:[{thousands}][0-9]{{2,3}})*[{thousands}][0-9]{{3}}"
    spaced = r"[0-9]{1,3}(?:[ '][0-9]{3})+"
    return rf"[-+]?(?:{grouped}|{spaced}|[0-9]*)(?:[{decimal}][0-9]+)?(?:[eE][-+]?[0-9]+)?"


def _in_one_unit(units: pd.Series, cells: np.ndarray) -> pd.Series:
    """Return which texts are in the unit of most cells, or in none; the plural is the same unit."""
    unit = units.str.lower().str.replace(r"(?<=\w\w)s$", "", regex=True)
    named = unit.notna() & (unit != "")
    known = unit.eq("")
    if named.any():
        known |= unit.eq(str(pd.Series(cells)[named].groupby(unit[named]).sum().idxmax()))
    return known & ~units.str.fullmatch(MULTIPLIERS).fillna(False).astype(bool)
