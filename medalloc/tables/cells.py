"""Single cells as names and numbers; what cannot be read is left to whoever knows what the column is for."""

from typing import Any

import numpy as np
import pandas as pd

from medalloc.tables.numbers import to_numbers


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Return the names of the columns that hold text; among thousands of numbers no other is looked at.

    Examples
    --------
    >>> text_columns(pd.DataFrame({"region": ["North"], "demand": [3.0]}))
    ['region']
    """
    return [str(name) for name, kind in frame.dtypes.items() if isinstance(kind, pd.StringDtype)]


def as_names(column: pd.Series) -> "pd.Series[str]":
    """Return cells as names without spaces around them, whole numbers without a decimal point, empty ones as ``""``.

    Examples
    --------
    >>> as_names(pd.Series([1001.0, None])).tolist()
    ['1001', '']
    """
    return column.astype(object).map(_as_text).astype("str")


def as_numbers(column: pd.Series) -> "pd.Series[float]":
    """Return cells as numbers; those that are empty or no number, such as yes and no or 20 %, become missing.

    Examples
    --------
    >>> as_numbers(pd.Series(["2", "many", None, "1,200"])).tolist()
    [2.0, nan, nan, 1200.0]
    """
    # True would be taken for 1 otherwise
    cells = column.astype("str") if pd.api.types.is_bool_dtype(column) else column
    plain = pd.to_numeric(cells, errors="coerce").astype(np.float64)
    if plain.notna().eq(cells.notna()).all():
        return plain
    said = cells.astype("str").str.contains("%", regex=False).fillna(False).astype(bool)
    return to_numbers(cells).where(~np.isinf(plain) & ~said, plain)


def unusable(column: pd.Series) -> "pd.Series[bool]":
    """Return which cells are no amount: empty, no number, or one that is below 0 or without end.

    Examples
    --------
    >>> unusable(pd.Series(["2", "about 3", None, "-5", "0"])).tolist()
    [False, True, True, True, False]
    """
    numbers = as_numbers(column)
    return numbers.isna() | (numbers < 0) | np.isinf(numbers)


def _as_text(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
