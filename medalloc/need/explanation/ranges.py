"""What a column holds among the rows a model learned from: its range, its typical value, its levels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from medalloc.need.explanation.subject import Subject
from medalloc.tables.table import column_kind

INSIDE = (0.01, 0.99)
"""Quantiles between which there is enough data to believe what a model says. [fraction]"""


@dataclass(frozen=True)
class ColumnRange:
    """One column among the rows a model learned from."""

    name: str
    """The column."""

    kind: str
    """``number``, ``yes or no``, ``date`` or ``text``."""

    low: Any
    """Smallest value; None for text and for a column without a value."""

    high: Any
    """Largest value; None likewise."""

    inside: tuple[Any, Any]
    """1 % and 99 % quantile; None likewise."""

    typical: Any
    """Median (a value that occurs) of numbers and dates, else the most frequent value; None without any."""

    spread: float
    """Standard deviation of numbers (of dates in days), by which changes are measured; 1 where it is 0."""

    levels: tuple[Any, ...]
    """Different values in order, most at `column_range`'s limit for numbers; all of them for text."""

    whole: bool
    """Whether all numbers are whole."""

    def holds(self, value: Any) -> bool:
        """Whether the model learned from values like this: within the range, or one of the levels."""
        if is_missing(value):
            return True
        if self.kind in ("number", "date"):
            return self.low is not None and bool(self.low <= value <= self.high)
        return value in self.levels


def column_range(subject: Subject, column: str) -> ColumnRange:
    """Describe a column among the training rows."""
    cells = subject.cells[column].iloc[subject.train]
    known = cells.dropna()
    kind = column_kind(cells)
    levels = tuple(sorted(known.unique().tolist()))
    if kind not in ("number", "date") or known.empty:
        most = None if known.empty else known.value_counts().sort_index().idxmax()
        return ColumnRange(column, kind, None, None, (None, None), most, 1.0, levels, False)
    low, inner_low, middle, inner_high, high = known.quantile(
        [0, INSIDE[0], 0.5, INSIDE[1], 1], interpolation="lower"
    ).tolist()
    numbers = as_numbers(known)
    return ColumnRange(
        column,
        kind,
        low,
        high,
        (inner_low, inner_high),
        middle,
        float(numbers.std()) or 1.0,
        levels,
        bool((numbers == numbers.round()).all()),
    )


def as_numbers(cells: "pd.Series[Any]") -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Return numbers as they are and dates as days since 1970."""
    if column_kind(cells) == "date":
        naive = cells.dt.tz_convert("UTC").dt.tz_localize(None) if cells.dt.tz is not None else cells
        return np.asarray((naive - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1), dtype=np.float64)
    return np.asarray(cells, dtype=np.float64)


def is_missing(value: Any) -> bool:
    """Whether a cell holds no value."""
    return bool(pd.isna(value))


def plain(value: Any) -> Any:
    """Return a cell as a plain value, None where it holds none."""
    if is_missing(value):
        return None
    return value.item() if isinstance(value, np.generic) else value
