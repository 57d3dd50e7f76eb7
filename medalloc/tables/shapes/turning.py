"""A table with a column for each region, as one with a row for each."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import listed, sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.languages import plainly
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.role_words import counts
from medalloc.tables.roles import suggest_roles
from medalloc.tables.shapes.melting import periods_in
from medalloc.tables.table import Table

FEWEST = 2
"""Names of what is counted that the first column holds where a table is to be turned, and columns beside it. [count]"""

MOST = 200
"""Rows up to which a table may be one to be turned. [count]"""


def lying(table: Table) -> Iterator[Finding]:
    """Find a table whose rows are what is counted, and whose columns are regions."""
    frame = table.frame
    if table.column("region") is not None or not len(frame.columns) > FEWEST or not FEWEST <= len(frame) <= MOST:
        return
    names, others = frame.iloc[:, 0], [str(name) for name in frame.columns[1:]]
    if not isinstance(names.dtype, pd.StringDtype) or names.isna().any() or names.map(plainly).duplicated().any():
        return
    numeric = all(pd.api.types.is_numeric_dtype(frame[name]) or looks_numeric(frame[name]) for name in others)
    if not numeric or names.map(counts).sum() < FEWEST or any(periods_in(others)):
        return
    yield Finding(
        "lying",
        None,
        len(frame),
        sentence(
            "The table has a column for each region, and in its rows what is counted: {names}.", names=listed(names, 8)
        ),
        sentence("Read it as “a row for each column”, in commands by --shape turned."),
        repairable=False,
    )


def as_turned(table: Table) -> Table:
    r"""Return a table with a row for each column but the first, whose cells name the new columns.

    Raises
    ------
    InputError
        If those cells are blank, or some of them are alike.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> made = as_turned(read_bytes(b"of,Bo,Kono\nPopulation,900,600\nBeds,9,4\n", "t.csv"))
    >>> made.frame["Beds"].tolist(), dict(made.roles)
    ([9, 4], {'region': 'region', 'Population': 'population', 'Beds': 'existing:beds'})
    """
    frame = table.frame
    names = frame.iloc[:, 0].astype("str").str.strip()
    if frame.shape[1] < FEWEST or names.isna().any() or names.eq("").any() or names.duplicated().any():
        raise refused(
            "“{file}” cannot be turned: its first column must name every row, each otherwise.", file=table.source.name
        )
    cells = frame.iloc[:, 1:].astype(object).T.set_axis(names.tolist(), axis=1)
    region = "region" if "region" not in set(names) else "region 2"
    made = cells.apply(_plain).reset_index(drop=True)
    made.insert(0, region, pd.Series([str(name) for name in frame.columns[1:]], dtype="str"))
    what = sentence("The table was turned: a row was made of each of its columns but the first.")
    return replace(table, frame=made, roles=suggest_roles(made), notes=(*table.notes, what), hidden={})


def _plain(column: pd.Series) -> pd.Series:
    """Return cells of numbers as such; as text where others stand among them."""
    numbers = pd.to_numeric(column, errors="coerce")
    if numbers.notna().eq(column.notna()).all():
        return numbers.infer_objects()
    texts = column.astype("str").where(column.notna())
    return to_numbers(texts) if to_numbers(texts).notna().eq(texts.notna()).all() else texts
