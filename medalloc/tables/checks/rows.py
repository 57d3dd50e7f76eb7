"""Rows and names that come back, alike or nearly so."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from medalloc.sentences import sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.spelling import spellings as written_twice
from medalloc.tables.table import Table


def duplicates(table: Table) -> Iterator[Finding]:
    """Find rows, patients and regions that stand in the table more than once."""
    if count := _repeated(table.frame):
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
    if count := int(table.frame[name].dropna().duplicated().sum()):
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


def _repeated(frame: pd.DataFrame) -> int:
    """Return how many rows repeat an earlier one; only rows of the same hash are held beside each other."""
    if not len(frame.columns):
        return 0
    hashed = np.zeros(len(frame), np.uint64)
    for _, column in frame.items():
        # rows alike in every cell have the same hash, and minus zero is zero
        cells = column + 0.0 if pd.api.types.is_float_dtype(column) else column
        hashed = hashed * np.uint64(1_000_003) + pd.util.hash_pandas_object(cells, index=False).to_numpy(np.uint64)
    same = pd.Series(hashed).duplicated(keep=False).to_numpy()
    return int(frame[same].duplicated().sum())


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
