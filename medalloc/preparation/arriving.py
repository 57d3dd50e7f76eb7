"""Columns of a new file as arrays of the kind a model learned from."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.sentences import Sentence, sentence
from medalloc.tables.parquet import is_text

KINDS = {
    "number": sentence("numbers"),
    "yes or no": sentence("yes or no"),
    "date": sentence("dates"),
    "text": sentence("text"),
}
"""What a column holds, in words."""

_YES_NO = {"True": 1.0, "TRUE": 1.0, "true": 1.0, "False": 0.0, "FALSE": 0.0, "false": 0.0}


def arriving(cells: Any, name: str, kind: str, *, rows_before: int = 0) -> EncodedColumn:
    """Return a column of some rows as an array.

    Parameters
    ----------
    cells : DataFrame or pyarrow.RecordBatch
        Some rows; text that reads as numbers is taken for numbers where numbers are expected.
    kind : str
        What it held when the model learned: ``number``, ``yes or no``, ``date`` or ``text``.
    rows_before : int
        Rows of the file before these, for messages. [count]

    Raises
    ------
    InputError
        If it holds something else, or an infinite number.

    Examples
    --------
    >>> arriving(pd.DataFrame({"age": ["40", None]}), "age", "number").values.tolist()
    [40.0, nan]
    """
    if not isinstance(cells, pd.DataFrame):
        quick = _from_arrow(cells, name, kind)
        if quick is not None:
            return quick
        cells = cells.select([name]).to_pandas()
    series = cells[name]
    if series.isna().all():
        return _without_values(name, kind, len(series))
    if kind != "text" and _holds_text(series):
        series = _read_text(series, kind, rows_before)
    (column,) = encode(pd.DataFrame({name: series.reset_index(drop=True)}), [name])
    if (column.kind == "text") != (kind == "text"):
        raise InputError(_otherwise(name, kind, sentence("numbers"), series, rows_before))
    return column


def labels(cells: Any, name: str) -> EncodedColumn:
    """Return a column of some rows as names, whatever it holds: regions may be numbers."""
    if not isinstance(cells, pd.DataFrame):
        quick = _from_arrow(cells, name, "text")
        if quick is not None:
            return quick
        cells = cells.select([name]).to_pandas()
    codes, found = pd.factorize(cells[name])
    return EncodedColumn(name, "text", codes.astype(np.int32), pd.Index([str(each) for each in found], dtype="str"))


def level_names(column: EncodedColumn) -> list[str]:
    """Return what the levels of a column of names are called, without blanks around; none of a column of numbers."""
    return [] if column.levels is None else [str(each).strip() for each in column.levels.tolist()]


def _from_arrow(batch: Any, name: str, kind: str) -> EncodedColumn | None:
    """Return a column of numbers or of coded text without a detour through pandas; None for all others."""
    import pyarrow

    found = batch.column(name)
    types = pyarrow.types
    if kind == "text" and types.is_dictionary(found.type) and is_text(found.type.value_type):
        codes = found.indices.fill_null(-1).to_numpy().astype(np.int32, copy=False)
        # the dictionary is that of the whole file: of a hundred thousand regions some rows hold few
        there = np.flatnonzero(np.bincount(codes + 1, minlength=len(found.dictionary) + 1)[1:])
        levels = pd.Index(found.dictionary.take(there).to_numpy(zero_copy_only=False), dtype="str")
        order = levels.argsort()
        rank = np.full(len(found.dictionary) + 1, -1, dtype=np.int32)
        rank[there[order]] = np.arange(len(levels), dtype=np.int32)
        return EncodedColumn(name, "text", rank[codes], levels[order])
    if kind in ("number", "yes or no") and (types.is_integer(found.type) or types.is_floating(found.type)):
        values: NDArray[Any] = found.to_numpy(zero_copy_only=False)
        # A sum is finite unless something in it is not.
        if values.dtype.kind != "f" or np.isfinite(np.nansum(values, dtype=np.float64)):
            return EncodedColumn(name, "number", values)
    return None


def _without_values(name: str, kind: str, rows: int) -> EncodedColumn:
    if kind == "text":
        return EncodedColumn(name, "text", np.full(rows, -1, dtype=np.int32), pd.Index([], dtype="str"))
    return EncodedColumn(name, "number", np.full(rows, np.nan))


def _holds_text(series: "pd.Series[Any]") -> bool:
    if isinstance(series.dtype, pd.CategoricalDtype | pd.StringDtype):
        return True
    return bool(series.dtype == object and pd.api.types.infer_dtype(series, skipna=True) in ("string", "mixed"))


def _read_text(series: "pd.Series[Any]", kind: str, rows_before: int) -> "pd.Series[Any]":
    """Read text as numbers or dates, all of it or none."""
    text = series.astype("str")
    if kind == "date":
        read = pd.to_datetime(text, format="ISO8601", errors="coerce")
    else:
        read = pd.to_numeric(text, errors="coerce")
        if kind == "yes or no" and read.isna().all():
            read = text.map(_YES_NO)
    unread = np.asarray(read.isna() & series.notna())
    if unread.any():
        raise InputError(_otherwise(str(series.name), kind, sentence("text"), series[unread], rows_before))
    return read


def _otherwise(name: str, kind: str, found: Sentence, series: "pd.Series[Any]", rows_before: int) -> Sentence:
    known = series[series.notna()]
    return sentence(
        "Column “{column}” held {expected} when the model learned and holds {found} here (row {row}: “{example}”; rows "
        "like this: {count}); write it as in the table the model learned from.",
        column=name,
        expected=KINDS[kind],
        found=found,
        row=rows_before + int(known.index[0]) + 1,
        example=str(known.iloc[0])[:40],
        count=len(known),
    )
