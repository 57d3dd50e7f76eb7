"""Names and numbers of regions in the cells of a table, and what is wrong with them, row by row."""

import re

import numpy as np
import pandas as pd

from medalloc.allocation.problem.statement import Array
from medalloc.quantities import MAY_BE_EMPTY
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.cells import as_names, as_numbers
from medalloc.tables.numbers import to_numbers
from medalloc.tables.table import Table

NO_LIMIT = re.compile(r"-|–|no limit|none|unlimited|no|∞|inf|无限制|无", re.IGNORECASE)
"""What stands in a cell of a limit and means that there is none."""


def region_names(table: Table, faults: list[Sentence]) -> tuple[str, ...]:
    """Return the names of the regions as text; what is wrong with them is added to the faults."""
    name = table.column("region")
    if name is None:
        return ()
    names = as_names(table.frame[name])
    if not len(names):
        faults.append(sentence("The table has no row; a plan needs at least one region."))
    if (names == "").any():
        faults.append(
            sentence(
                "Column “{column}”: no region is named in these rows (the header is not counted): {rows}.",
                column=name,
                rows=_rows(names == ""),
            )
        )
    for twice in names[names.duplicated() & (names != "")].unique():
        faults.append(
            sentence(
                "Region “{region}” is in these rows (the header is not counted): {rows}; keep one row a region.",
                region=twice,
                rows=_rows(names == twice),
            )
        )
    return tuple(names)


def region_numbers(table: Table, name: str, role: str, faults: list[Sentence]) -> Array:
    """Return a column as numbers; cells that are none, or impossible ones, are added to the faults.

    An empty cell becomes not a number (NaN). It is a fault, except where it means that there is no such limit.
    """
    column, may_be_empty = table.frame[name], role.partition(":")[0] in MAY_BE_EMPTY
    if may_be_empty:
        column = column.where(~column.astype("str").str.strip().str.fullmatch(NO_LIMIT).fillna(False).astype(bool))
    numbers = as_numbers(column)
    if role == "floor":
        said = column.astype("str").str.contains("%").fillna(False).astype(bool)
        numbers = numbers.where(~said, to_numbers(column) / 100)
    empty, text = column.isna(), numbers.isna() & column.notna()
    impossible = numbers.notna() & ~(np.isfinite(numbers) & (numbers >= 0))
    nothing = pd.Series(False, index=column.index)
    percent = (numbers > 1) & np.isfinite(numbers) if role == "floor" else nothing
    for wrong, found in (
        (
            nothing if may_be_empty else empty,
            sentence("empty cells; fill in a number, 0 if there is none"),
        ),
        (text, sentence("cells that are no number: {cells}; write them as numbers", cells=listed(column[text]))),
        (
            impossible,
            sentence("impossible numbers: {cells}; give finite ones of at least 0", cells=listed(column[impossible])),
        ),
        (
            percent,
            sentence(
                "floors above 1: {cells}; a floor is a fraction, 0.3 means 30%",
                cells=listed(column[percent]),
            ),
        ),
    ):
        if wrong.any():
            faults.append(
                sentence(
                    "Column “{column}” ({role}), in these rows (the header is not counted): {rows}: {found}.",
                    column=name,
                    role=role,
                    rows=_rows(wrong),
                    found=found,
                )
            )
    return np.asarray(numbers, dtype=np.float64)


def _rows(wrong: "pd.Series[bool]") -> str:
    return listed((place + 1 for place in np.flatnonzero(wrong.to_numpy())), at_most=10)
