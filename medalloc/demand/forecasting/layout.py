"""How a table lies: a row a region and period, or a column a region, or a column a date."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from medalloc.errors import InputError
from medalloc.sentences import Sentence, counted, sentence
from medalloc.tables.cells import as_names
from medalloc.tables.periods import read_dates
from medalloc.tables.table import Table

Form = Literal["long", "column a region", "column a date"]

ENOUGH_DATES = 0.8
"""Share of column names that must be dates before columns are taken for dates."""

ALL = "all"
"""Name of the one region of a table that names none."""


@dataclass(frozen=True)
class Columns:
    """What the columns of a table are for; None lets the roles and the cells decide."""

    region: str | None = None
    """Column of region names."""

    date: str | None = None
    """Column of dates."""

    value: str | None = None
    """Column of counts."""

    covariates: tuple[str, ...] = ()
    """Columns that are known in advance; in a long table only."""


@dataclass(frozen=True, eq=False)
class Long:
    """A row a region and period, whatever the table looked like, with where each row came from."""

    region: "pd.Series[str]"
    """Name of the region; ``""`` where there is none."""

    date: pd.Series
    """Cell of the date, as it was."""

    value: pd.Series
    """Cell of the count, as it was."""

    covariates: pd.DataFrame
    """Cells of what is known in advance."""

    row: "pd.Series[int]"
    """Row of the table, the first one after the header being 1."""

    column: "pd.Series[str]"
    """Column of the count."""

    form: Form
    """How the table lay."""

    note: Sentence
    """The same in words."""


def as_long(table: Table, columns: Columns) -> Long:
    """Return a table as rows of region, date and count.

    Parameters
    ----------
    table : Table
        Long or wide.
    columns : Columns
        What the columns are for, as far as it was said.

    Raises
    ------
    InputError
        If a column does not exist, or no column can be the date or the count; all at once.
    """
    frame = table.frame
    # in a table of counts a feature is what is known in advance
    columns = replace(columns, covariates=columns.covariates or tuple(table.columns("feature")))
    _refuse_unknown(frame, columns)
    named = columns.value or table.column("demand") or table.column("value")
    date = columns.date or table.column("date") or _date_column(frame, columns)
    region = columns.region or table.column("region")
    if date is None:
        return _column_a_date(table, columns)
    if (columns.value or table.column("demand")) is None and (region is None or region == date):
        beside = (date, *columns.covariates)
        counts = [name for name in frame.columns if name not in beside and pd.api.types.is_numeric_dtype(frame[name])]
        if len(counts) > 1 or (named is None and counts):
            return _column_a_region(frame, date, counts)
    named = named or _only_other(frame, date, region, columns)
    if named is None:
        raise InputError(
            sentence(
                "It is not clear which column holds the counts; name it. The table has: {columns}.",
                columns=", ".join(map(str, frame.columns)),
            )
        )
    names = as_names(frame[region]) if region is not None else pd.Series(ALL, index=frame.index, dtype="str")
    note = sentence("Read as one row a region and period, counts in “{value}”.", value=named)
    rows = pd.Series(np.arange(1, len(frame) + 1), index=frame.index)
    where = pd.Series(named, index=frame.index, dtype="str")
    known = frame[list(columns.covariates)]
    return Long(names, frame[date], frame[named], known, rows, where, "long", note)


def _refuse_unknown(frame: pd.DataFrame, columns: Columns) -> None:
    asked = [columns.region, columns.date, columns.value, *columns.covariates]
    faults = [
        sentence(
            "There is no column “{column}”; the table has: {columns}.",
            column=name,
            columns=", ".join(map(str, frame.columns)),
        )
        for name in asked
        if name is not None and name not in frame.columns
    ]
    if faults:
        raise InputError(*faults)


def _date_column(frame: pd.DataFrame, columns: Columns) -> str | None:
    """Return the first column of text or days that reads as dates, if there is one."""
    for name, kind in frame.dtypes.items():
        # whole numbers such as 202401 are dates only where a column name says so
        if name in (columns.region, columns.value) or pd.api.types.is_numeric_dtype(kind):
            continue
        known = frame[name].dropna()
        if len(known) and np.mean(read_dates(known.tolist()).notna()) >= ENOUGH_DATES:
            return str(name)
    return None


def _only_other(frame: pd.DataFrame, date: str, region: str | None, columns: Columns) -> str | None:
    """Return the one column of numbers that is left, or the one column of any kind."""
    left = [str(name) for name in frame.columns if name not in (date, region, *columns.covariates)]
    numeric = [name for name in left if pd.api.types.is_numeric_dtype(frame[name])]
    return next((names[0] for names in (numeric, left) if len(names) == 1), None)


def _column_a_region(frame: pd.DataFrame, date: str, counts: list[str]) -> Long:
    cells = frame[counts].to_numpy(dtype=object)
    made = pd.DataFrame(
        {
            "region": np.repeat(np.array(counts, dtype=object), len(frame)),
            "date": np.tile(frame[date].to_numpy(dtype=object), len(counts)),
            "value": cells.T.reshape(-1),
            "row": np.tile(np.arange(1, len(frame) + 1), len(counts)),
        }
    )
    note = counted(
        "Read as one column a region ({count} region), dates in “{date}”.",
        "Read as one column a region ({count} regions), dates in “{date}”.",
        count=len(counts),
        date=date,
    )
    return _long(made, "column a region", note, "region")


def _column_a_date(table: Table, columns: Columns) -> Long:
    frame = table.frame
    days = read_dates([str(name) for name in frame.columns])
    dated = [name for name, day in zip(frame.columns, days, strict=True) if not pd.isna(day)]
    others = [name for name in frame.columns if name not in dated]
    if len(dated) < 2 or len(dated) < ENOUGH_DATES * (len(frame.columns) - len(others[:4])):
        raise InputError(
            sentence(
                "No column holds dates and fewer than two column names are dates, such as 2024-01-07, 2024-W02 or "
                "2024-01; name the column of dates. The table has: {columns}.",
                columns=", ".join(map(str, frame.columns)),
            )
        )
    region = columns.region or table.column("region")
    if region is None:
        text = [name for name in others if not pd.api.types.is_numeric_dtype(frame[name])]
        region = text[0] if text else (others[0] if others else None)
    names = as_names(frame[region]) if region is not None else pd.Series(ALL, index=frame.index, dtype="str")
    cells = frame[dated].to_numpy(dtype=object)
    made = pd.DataFrame(
        {
            "region": np.repeat(names.to_numpy(dtype=object), len(dated)),
            "date": np.tile(np.array(dated, dtype=object), len(frame)),
            "value": cells.reshape(-1),
            "row": np.repeat(np.arange(1, len(frame) + 1), len(dated)),
        }
    )
    note = counted(
        "Read as one column a date ({count} date), a row a region.",
        "Read as one column a date ({count} dates), a row a region.",
        count=len(dated),
    )
    return _long(made, "column a date", note, "date")


def _long(made: pd.DataFrame, form: Form, note: Sentence, column: str) -> Long:
    nothing = pd.DataFrame(index=made.index)
    region, where = made["region"].astype("str"), made[column].astype("str")
    return Long(region, made["date"], made["value"], nothing, made["row"], where, form, note)
