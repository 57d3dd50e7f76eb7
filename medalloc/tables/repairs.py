"""Apply the repairs a user accepted; what is taken out can be looked at and downloaded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from medalloc.errors import refused, require
from medalloc.sentences import counted, sentence
from medalloc.tables.cells import unusable
from medalloc.tables.checks.rows import UNUSABLE
from medalloc.tables.impossible import far_values, impossible_values
from medalloc.tables.numbers import to_numbers
from medalloc.tables.row_names import with_row_names
from medalloc.tables.spelling import spelled_alike
from medalloc.tables.table import Table


def _numbers(column: pd.Series) -> pd.Series:
    """Return text as numbers; fifty per cent are a half."""
    made, percent = to_numbers(column), column.astype("str").str.contains("%", regex=False).fillna(False).astype(bool)
    return made.where(~percent, made / 100)


DROPS_ROWS: Mapping[str, Callable[[pd.DataFrame, Any], pd.Series]] = {
    "duplicated rows": lambda frame, _column: frame.duplicated(),
    "duplicated ids": lambda frame, column: frame[column].duplicated() & frame[column].notna(),
    "missing": lambda frame, column: frame[column].isna(),
    UNUSABLE: lambda frame, column: unusable(frame[column]),
}
IGNORES_COLUMN = ("constant", "leakage suspect", "known late", "alike")
CHANGES_CELLS: Mapping[str, Callable[[pd.Series], pd.Series]] = {
    "impossible values": lambda column: column.mask(impossible_values(column)),
    "far out": lambda column: column.mask(far_values(column)),
    "text numbers": _numbers,
    "spellings": spelled_alike,
}


@dataclass(frozen=True)
class Repair:
    """The accepted repair of one finding."""

    kind: str
    """Kind of the finding."""

    column: str | None = None
    """Column of the finding; None for whole rows."""


def repaired(table: Table, repairs: Iterable[Repair]) -> Table:
    """Return the table with every repair applied, in order of cells, columns, rows.

    Parameters
    ----------
    table : Table
        As it was read.

    Raises
    ------
    InputError
        If a repair is unknown or names no column of the table, or if no row would be left.
    """
    chosen = list(repairs)
    _refuse_unknown(table, chosen)
    out = rejected_rows(table, chosen)
    frame = _mended_cells(table.frame, chosen)[~out].reset_index(drop=True)
    roles = {**table.roles, **{str(each.column): "ignored" for each in chosen if each.kind in IGNORES_COLUMN}}
    if frame.empty:
        raise refused("These repairs would leave no row; take one of them back.")
    count = int(out.sum())
    said = counted("Repairs left out {count} row.", "Repairs left out {count} rows.", count=count)
    return replace(table, frame=frame, roles=roles, notes=(*table.notes, *([said] if count else [])))


def rejected_rows(table: Table, repairs: Iterable[Repair]) -> pd.Series:
    """Return which rows the repairs leave out, as booleans over the rows of the table as it was read."""
    chosen = list(repairs)
    frame = _mended_cells(table.frame, chosen)
    out = pd.Series(False, index=frame.index)
    for repair in (each for each in chosen if each.kind in DROPS_ROWS):
        # Adams in Ohio is another county than Adams in Iowa
        cells = frame if repair.kind != "duplicated ids" else with_row_names(replace(table, frame=frame)).frame
        out |= DROPS_ROWS[repair.kind](cells, repair.column)
    return out


def _mended_cells(frame: pd.DataFrame, repairs: list[Repair]) -> pd.DataFrame:
    for repair in (each for each in repairs if each.kind in CHANGES_CELLS and each.column):
        frame = frame.assign(**{str(repair.column): CHANGES_CELLS[repair.kind](frame[repair.column])})
    return frame


def _refuse_unknown(table: Table, repairs: list[Repair]) -> None:
    known = (*DROPS_ROWS, *IGNORES_COLUMN, *CHANGES_CELLS)
    faults = [
        sentence("“{kind}” is not a repair; use one of: {known}.", kind=each.kind, known=", ".join(known))
        for each in repairs
        if each.kind not in known
    ]
    faults += [
        sentence("There is no column “{column}” to repair.", column=each.column)
        for each in repairs
        if each.kind != "duplicated rows" and each.column not in table.frame.columns
    ]
    require(*faults)
