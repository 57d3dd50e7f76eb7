"""Columns that are blank, always the same, the same as another, or about one person each."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from medalloc.quantities import MAY_BE_EMPTY
from medalloc.sentences import listed, sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.personal import is_personal
from medalloc.tables.row_names import with_row_names
from medalloc.tables.table import Table, column_kind


def personal(table: Table) -> Iterator[Finding]:
    """Find columns that tell who a patient is, which are not used."""
    if table.column("need") is None:
        return
    for name in table.columns("ignored"):
        if is_personal(table.frame[name]):
            yield Finding(
                "personal",
                name,
                int(table.frame[name].notna().sum()),
                sentence("“{column}” tells who a patient is, or is free text.", column=name),
                sentence("It is not used unless you give it another role: a model would overfit it."),
                repairable=False,
            )


def constant(table: Table) -> Iterator[Finding]:
    """Find features that are the same in every row."""
    for name in table.columns("feature"):
        column = table.frame[name]
        if (column.isna() if column.iloc[:1].isna().all() else column.eq(column.iloc[0])).all():
            yield constant_found(name, len(table.frame))


def constant_found(name: str, rows: int) -> Finding:
    """Say that a column is the same in all rows."""
    return Finding(
        "constant",
        name,
        rows,
        sentence("“{column}” has the same value in every row.", column=name),
        sentence("Leave it out; it cannot tell patients apart."),
        repairable=True,
    )


def missing(table: Table) -> Iterator[Finding]:
    """Find columns with blank cells."""
    # a sum that stands under another column's name is no region without one
    missing = with_row_names(table).frame.isna().sum()
    for name, count in missing[missing > 0].items():
        yield missing_found(str(name), table.roles.get(str(name), "feature"), int(count), len(table.frame))


def missing_found(name: str, role: str, count: int, rows: int) -> Finding:
    """Say how many cells of a column are blank."""
    plain = role.partition(":")[0]
    if role == "need":
        repair = sentence("These rows are not used for learning; their need is estimated.")
    elif role == "feature":
        repair = sentence("Filled in preparation, and marked as missing.")
    elif role == "ignored":
        repair = sentence("Nothing to do: the column is not used.")
    elif plain in MAY_BE_EMPTY:
        repair = sentence("Nothing to do: an empty cell means that there is no such limit.")
    else:
        repair = sentence("Fill them in the file, or leave these rows out.")
    return Finding(
        "missing",
        name,
        count,
        sentence("“{column}” is blank in {share}% of rows.", column=name, share=100 * count / rows),
        repair,
        repairable=plain not in ("feature", "ignored", *MAY_BE_EMPTY) and count < rows,
    )


FEWEST_COMPARED = 20
"""Rows from which columns that agree in all of them do not by chance. [count]"""

COMPARED = 5_000
"""Rows by which columns are held against each other. [count]"""

ALIKE = 0.9999
"""Correlation from which two columns of numbers say the same. [1]"""


def alike(table: Table) -> Iterator[Finding]:
    """Find features that say the same as an earlier one, in other words or in another unit."""
    frame = table.frame[table.columns("feature")].iloc[:COMPARED]
    if len(frame) < FEWEST_COMPARED:
        return
    seen: dict[bytes, str] = {}
    numbers = [name for name in frame.columns if column_kind(frame[name]) == "number" and frame[name].nunique() > 2]
    for name in (each for each in frame.columns if each not in numbers):
        codes = pd.factorize(frame[name])[0]
        if codes.max(initial=0) > 0:
            first = seen.setdefault(codes.tobytes(), name)
            if first != name:
                yield _says_the_same(table, name, first)
    values = frame[numbers].to_numpy(float, na_value=np.nan)
    for place, other in _correlated(values):
        yield _says_the_same(table, numbers[place], numbers[other])


def _correlated(values: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the place of every column of numbers that an earlier one determines, with that of the earlier one."""
    known = ~np.isnan(values)
    with np.errstate(all="ignore"):
        centred = np.where(known, values - np.nanmean(values, axis=0), 0.0) if values.size else values
        length = np.sqrt((centred**2).sum(axis=0))
        together = np.abs(
            (centred / np.where(length > 0, length, np.inf)).T @ (centred / np.where(length > 0, length, 1.0))
        )
    for place in range(values.shape[1]):
        for first in np.flatnonzero(together[place, :place] >= ALIKE)[:1]:
            if (known[:, place] == known[:, first]).all():
                yield place, int(first)


def _says_the_same(table: Table, name: str, first: str) -> Finding:
    return Finding(
        "alike",
        name,
        len(table.frame),
        sentence("“{column}” says the same as “{other}”.", column=name, other=first),
        sentence("Leave it out; their importances would share what is one."),
        repairable=True,
    )


def missing_together(table: Table) -> Iterator[Finding]:
    """Find features that are blank in the same rows."""
    groups: dict[bytes, list[str]] = {}
    for name in table.columns("feature"):
        blank = table.frame[name].isna().to_numpy()
        if blank.any() and not blank.all():
            groups.setdefault(np.packbits(blank).tobytes(), []).append(name)
    for names in groups.values():
        if len(names) > 1:
            yield Finding(
                "missing together",
                names[0],
                int(table.frame[names[0]].isna().sum()),
                sentence("Blank in the same rows: {columns}.", columns=listed((f"“{each}”" for each in names), 8)),
                sentence("Ask why: what is missing for a reason may itself tell of need."),
                repairable=False,
            )
