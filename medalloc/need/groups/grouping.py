"""Which group of a column each row belongs to."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.tables.cells import as_names
from medalloc.tables.table import Table, column_kind

MOST_GROUPS = 300
"""Groups beyond which a column is refused."""

DISTINCT_NUMBERS = 8
"""Different numbers up to which each is a group of its own; beyond, there are four groups of like size."""


def group_labels(table: Table, column: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the group of every row and the names of the groups.

    Numbers with few different values, text and yes or no are groups as they are; of other numbers and of dates there
    are four groups of like size, by quartile. A row without a value is in the group with the empty name.

    Raises
    ------
    InputError
        If the table has no such column, or it has too many different values.
    """
    if column not in table.frame.columns:
        raise refused(
            "There is no column “{column}”; the table has: {columns}.",
            column=column,
            columns=", ".join(map(str, table.frame.columns)),
        )
    cells = table.frame[column]
    kind = column_kind(cells)
    if kind == "date" or (kind == "number" and cells.nunique() > DISTINCT_NUMBERS):
        return _quartiles(cells, kind)
    if kind == "number":
        codes, found = pd.factorize(cells, sort=True)
        names = as_names(pd.Series(found)).tolist()
    else:
        said = as_names(cells)
        codes, texts = pd.factorize(said.mask(said == ""), sort=True)
        names = [str(name) for name in texts]
    if len(names) > MOST_GROUPS:
        raise refused(
            "Column “{column}” has {count} different values, too many to compare groups; choose a column with at "
            "most {most}.",
            column=column,
            count=len(names),
            most=MOST_GROUPS,
        )
    return _with_missing(codes.astype(np.int64), names)


def _quartiles(cells: "pd.Series[Any]", kind: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    known = cells.dropna()
    cuts = np.unique(known.quantile([0, 0.25, 0.5, 0.75, 1], interpolation="lower").to_numpy())
    codes = np.clip(np.searchsorted(cuts[1:-1], cells.to_numpy(), side="left"), 0, max(len(cuts) - 2, 0))

    def write(end: Any) -> str:
        return str(pd.Timestamp(end).date()) if kind == "date" else f"{float(end):g}"

    last = len(cuts) - 2
    names = [
        f"≤ {write(high)}" if place == 0 else f"> {write(low)}" if place == last else f"> {write(low)}, ≤ {write(high)}"
        for place, (low, high) in enumerate(pairwise(cuts))
    ]
    codes = np.where(cells.isna().to_numpy(), -1, codes)
    return _with_missing(codes.astype(np.int64), names or [write(cut) for cut in cuts])


def _with_missing(codes: NDArray[np.int64], names: list[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    if not (codes < 0).any():
        return codes, tuple(names)
    return np.where(codes < 0, len(names), codes), (*names, "")
