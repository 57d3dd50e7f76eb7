"""When each row was, so that a model can be tested on what came later."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]

FORMATS = ("ISO8601", "%Y/%m/%d", "%Y年%m月%d日", "%Y年%m月", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")
"""How dates are written; a column is read by a format only if all of its cells are."""

AMBIGUOUS = ("%d/%m/%Y", "%m/%d/%Y")


def row_times(table: Table) -> tuple[Floats | None, tuple[Sentence, ...]]:
    """Return when each row was, for sorting only, shape (rows,), and what a reader should know.

    A number (a year, a week) counts as it is. A row without a date is NaN. None when no column has the role ``date``
    or its cells cannot be read as dates; then a sentence says so.
    """
    name = table.column("date")
    if name is None:
        return None, ()
    column = table.frame[name]
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan), ()
    if pd.api.types.is_datetime64_any_dtype(column):
        return _as_numbers(column), ()
    read, written = _read(column)
    if read is None:
        return None, (
            sentence(
                "Column “{column}” has the role “date”, but not all its cells can be read as dates (the first: "
                "“{found}”); time is left out of account. Write dates as 2024-03-31 to test on later rows.",
                column=name,
                found=str(column.dropna().iloc[0]) if column.notna().any() else "",
            ),
        )
    if written in AMBIGUOUS and _reads(column, AMBIGUOUS[0]) is not None and _reads(column, AMBIGUOUS[1]) is not None:
        return None, (
            sentence(
                "The dates in column “{column}” can be read as day/month or as month/day; time is left out of account. "
                "Write dates as 2024-03-31 to test on later rows.",
                column=name,
            ),
        )
    return _as_numbers(read), ()


def _read(column: pd.Series) -> tuple[pd.Series | None, str]:
    for written in FORMATS:
        read = _reads(column, written)
        if read is not None:
            return read, written
    return None, ""


def _reads(column: pd.Series, written: str) -> pd.Series | None:
    """Return the dates, or None when a cell is not written so."""
    # One zone for all: only the order counts.
    read = pd.to_datetime(column.astype("string").str.strip(), format=written, errors="coerce", utc=True)
    return read if read.notna().any() and bool((read.notna() | column.isna()).all()) else None


def _as_numbers(dates: pd.Series) -> Floats:
    made = np.array(dates.astype("int64"), dtype=np.float64)
    made[dates.isna().to_numpy()] = np.nan
    return made
