"""Rows and names that come back, alike or nearly so."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from pandas.util import hash_array, hash_pandas_object

from medalloc.sentences import counted, listed, sentence
from medalloc.tables.cells import as_names, unusable
from medalloc.tables.checks.finding import Finding
from medalloc.tables.row_names import with_row_names
from medalloc.tables.spelling import spellings as written_twice
from medalloc.tables.table import Table


def duplicates(table: Table) -> Iterator[Finding]:
    """Find rows, patients and regions that stand in the table more than once."""
    if count := int(repeated(table.frame).sum()):
        yield Finding(
            "duplicated rows",
            None,
            count,
            sentence("Rows that repeat an earlier row in every cell: {count}.", count=count),
            sentence("Keep the first of each."),
            repairable=True,
        )
    patients = table.kind == "patients"
    name = table.column("patient id" if patients else "region")
    # a region may come back with every week; a patient id that comes back is told to the user
    if name is None or (not patients and table.column("date")):
        return
    names = table.frame[name] if patients else with_row_names(table).frame[name]
    if count := int(names.dropna().duplicated().sum()):
        yield Finding(
            "duplicated ids",
            name,
            count,
            sentence("Rows whose “{column}” stood in an earlier row: {count}.", column=name, count=count),
            sentence("All rows of one patient stay on one side of every split; or keep only the first row of each.")
            if patients
            else sentence("Give each region one row; or keep only the first row of each."),
            repairable=True,
        )


UNUSABLE = "unusable rows"
"""Kind of the finding that regions have no demand a plan could be made of."""


def without_demand(table: Table) -> Iterator[Finding]:
    """Find regions whose demand is no amount: no plan can be made with them."""
    name = table.column("demand")
    if name is None or table.column("region") is None or table.column("date"):
        return
    wrong = unusable(table.frame[name])
    if not 0 < (count := int(wrong.sum())) < len(wrong):
        return
    yield Finding(
        UNUSABLE,
        name,
        count,
        counted(
            "{count} row has no number of people in “{column}” that can be planned with: {cells}.",
            "{count} rows have no number of people in “{column}” that can be planned with: {cells}.",
            count=count,
            column=name,
            cells=listed(as_names(table.frame[name][wrong]).replace("", "–"), at_most=5),
        ),
        sentence("Leave out these rows; or write numbers of at least 0 in the file."),
        repairable=True,
    )


AT_A_TIME = 100_000
"""Rows. [count]"""

MANY = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with which what was told of earlier columns is multiplied."""


def repeated(frame: pd.DataFrame) -> pd.Series:
    """Return which rows repeat an earlier one in every cell, shape (n_rows,).

    A number stands for each row first, some rows and one column at a time, so that a long table takes little memory
    beside itself.

    Examples
    --------
    >>> repeated(pd.DataFrame({"a": [1, 1, 1], "b": ["x", None, "x"]})).tolist()
    [False, False, True]
    """
    told = np.zeros(len(frame), np.uint64)
    for begin in range(0, len(frame), AT_A_TIME):
        some, here = frame.iloc[begin : begin + AT_A_TIME], told[begin : begin + AT_A_TIME]
        for name, kind in frame.dtypes.items():
            here *= MANY
            if kind == np.float64:
                # minus nothing is nothing
                here += hash_array(some[name].to_numpy() + 0)
            else:
                here += hash_pandas_object(some[name], index=False).to_numpy()
    ordered = np.sort(told)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    again = np.isin(told, twice) if len(twice) else np.zeros(len(frame), bool)
    # two rows that have the same number by chance are none that repeat each other
    again[again] = frame[again].duplicated()
    return pd.Series(again, index=frame.index)


FEWEST_PATIENTS = 10
"""Patients of a region or group below which little is known of it by itself. [count]"""


def spellings(table: Table) -> Iterator[Finding]:
    """Find regions and groups that are written in more than one way."""
    for name in [each for role in ("region", "group") for each in table.columns(role)]:
        column = table.frame[name].dropna().astype(str)
        if other := written_twice(column):
            spelled, usual = next(iter(other.items()))
            yield Finding(
                "spellings",
                name,
                int(column.isin(other).sum()),
                sentence(
                    "“{column}” has one name in several spellings: “{one}”, “{other}”.",
                    column=name,
                    one=spelled,
                    other=usual,
                ),
                sentence("Write them alike, as most rows do; regions that then stand twice are named."),
                repairable=True,
            )


def small_groups(table: Table) -> Iterator[Finding]:
    """Find regions and groups of patients of which there are few."""
    if table.column("need") is None:
        return
    for name in [each for role in ("region", "group") for each in table.columns(role)]:
        counted = table.frame[name].value_counts()
        few = counted[(counted > 0) & (counted < FEWEST_PATIENTS)]
        # a column of names has none but small ones
        if len(few) and counted.median() >= FEWEST_PATIENTS:
            yield Finding(
                "small groups",
                name,
                int(few.sum()),
                sentence(
                    "“{column}” has values with fewer than {most} rows: {count}, such as “{value}”.",
                    column=name,
                    most=FEWEST_PATIENTS,
                    count=len(few),
                    value=str(few.index[-1]),
                ),
                sentence("What is said of them leans on all others; read their intervals."),
                repairable=False,
            )
