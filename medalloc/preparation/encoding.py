"""Columns as arrays: numbers as numbers, text factorised once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError, require
from medalloc.sentences import Sentence, sentence

LARGEST = 1e30
"""Size of a number that models can learn from: in single precision, where its tenfold and more is still finite."""

Kind = Literal["number", "text"]


@dataclass(frozen=True, eq=False)
class EncodedColumn:
    """One column, ready for arithmetic."""

    name: str
    """Name in the table."""

    kind: Kind
    """Dates (as days since 1970) and yes/no values are numbers."""

    values: NDArray[Any]
    """Numbers, shape (rows,), missing as NaN, or codes into `levels`, missing as -1. A view where that is possible."""

    levels: pd.Index | None = None
    """Distinct texts in alphabetical order; None for numbers."""

    def missing(self) -> NDArray[np.bool_]:
        """Return where the column has no value, shape (rows,)."""
        if self.kind == "text":
            return np.asarray(self.values < 0)
        return np.isnan(self.values) if self.values.dtype.kind == "f" else np.zeros(len(self.values), dtype=bool)


def encode(frame: pd.DataFrame, names: Sequence[str]) -> tuple[EncodedColumn, ...]:
    """Turn columns of a frame into arrays.

    Parameters
    ----------
    names : sequence of str
        Columns to take, in this order.

    Raises
    ------
    InputError
        If a column is not there or holds an infinite number; all faults at once.

    Examples
    --------
    >>> age, gender = encode(pd.DataFrame({"age": [40, 60], "gender": ["male", "female"]}), ["age", "gender"])
    >>> age.kind, gender.kind, list(gender.levels), gender.values.tolist()
    ('number', 'text', ['female', 'male'], [1, 0])
    """
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise InputError(
            *(
                sentence(
                    "There is no column “{column}”; the table has: {columns}.",
                    column=name,
                    columns=", ".join(map(str, frame.columns)),
                )
                for name in absent
            )
        )
    columns = tuple(_encode(name, frame[name]) for name in names)
    faults = [fault for column in columns for fault in _infinite(column)]
    require(*faults)
    return columns


def _encode(name: str, series: "pd.Series[Any]") -> EncodedColumn:
    kinds = pd.api.types
    if kinds.is_datetime64_any_dtype(series.dtype):
        naive = series.dt.tz_convert("UTC").dt.tz_localize(None) if series.dt.tz is not None else series
        return EncodedColumn(name, "number", ((naive - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)).to_numpy())
    if kinds.is_timedelta64_dtype(series.dtype):
        return EncodedColumn(name, "number", (series.dt.total_seconds() / 86_400).to_numpy())
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iufb":
        return EncodedColumn(name, "number", series.to_numpy())
    if kinds.is_numeric_dtype(series.dtype) or kinds.infer_dtype(series, skipna=True) in (
        "boolean",
        "floating",
        "integer",
    ):
        return EncodedColumn(name, "number", series.to_numpy(dtype=np.float64, na_value=np.nan))
    return _factorise(name, series)


def _factorise(name: str, series: "pd.Series[Any]") -> EncodedColumn:
    codes, found = pd.factorize(series.astype("str"))
    levels = pd.Index(found)
    order = levels.argsort()
    # One more place at the end, so that the code -1 of a missing text stays -1.
    rank = np.full(len(levels) + 1, -1, dtype=np.int32)
    rank[order] = np.arange(len(levels), dtype=np.int32)
    return EncodedColumn(name, "text", rank[codes], levels[order])


def _infinite(column: EncodedColumn) -> list[Sentence]:
    if column.values.dtype.kind != "f":
        return []
    # two passes and no second array for a clean column; a missing number is neither
    if max(np.fmax.reduce(column.values, initial=0), -np.fmin.reduce(column.values, initial=0)) <= LARGEST:
        return []
    rows = np.flatnonzero(np.abs(column.values) > LARGEST)
    return [
        sentence(
            "Column “{column}”, row {row}: the number is infinite or too large to work with (rows like this: {count}); "
            "write another number or leave the cell empty.",
            column=column.name,
            row=int(rows[0]) + 1,
            count=len(rows),
        )
    ]
