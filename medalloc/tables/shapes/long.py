"""A table with a column for each day, week, month, quarter or year, as one with a row for each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import counted, listed, sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.roles import suggest_roles
from medalloc.tables.shapes.melting import ITEM, NUMBER, PERIOD, melted, periods_in
from medalloc.tables.shapes.summing import free_name
from medalloc.tables.table import Table

FEWEST = 3
"""Columns of one item with a period in their names, from which on a table is wide. [count]"""

ROW = "\n"
"""Stands for the number of a row while columns are put together; no column is called so."""


def dated_columns(names: Sequence[str]) -> list[str]:
    """Return the columns that are one item in several periods, if there are enough of them.

    Examples
    --------
    >>> dated_columns(["region", "2021", "2022", "2023", "Beds"]), dated_columns(["region", "cases 2023"])
    (['2021', '2022', '2023'], [])
    """
    found = {name: place[0] for name, place in zip(names, periods_in(names), strict=True) if place}
    items = list(found.values())
    return [name for name, item in found.items() if items.count(item) >= FEWEST]


def wide(table: Table) -> Iterator[Finding]:
    """Find a table with a column for each period."""
    columns = dated_columns([str(name) for name in table.frame.columns])
    if columns and table.column("date") is None and len(columns) < len(table.frame.columns):
        yield Finding(
            "wide",
            None,
            len(table.frame),
            sentence("The table has a column for each period: {columns}.", columns=listed(columns, 8)),
            sentence("Read it as “a row for each period”, in commands by --shape long."),
            repairable=False,
        )


def as_long(table: Table) -> Table:
    r"""Return a wide table with a row for each period, and a column for each item.

    Raises
    ------
    InputError
        If it has no columns of periods.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> made = as_long(read_bytes(b"region,Q1 2024,Q2 2024,Q3 2024\nBo,1,2,3\nKono,4,5,6\n", "t.csv"))
    >>> made.frame["number"].tolist(), dict(made.roles)
    ([1, 2, 3, 4, 5, 6], {'region': 'region', 'period': 'date', 'number': 'demand'})
    """
    columns = dated_columns([str(name) for name in table.frame.columns])
    others = [name for name in table.frame.columns if name not in columns]
    if not columns:
        raise refused(
            "“{file}” has no columns for several periods, so no row can be made of each.", file=table.source.name
        )
    plain = {name: free_name(str(name), (ITEM, PERIOD, NUMBER)) for name in others}
    rest = table.frame[others].rename(columns=plain).assign(**{ROW: range(len(table.frame))})
    made = melted(pd.concat([rest, table.frame[columns]], axis=1))
    keys = [*rest.columns, PERIOD]
    parts = [
        part.drop(columns=ITEM).rename(columns={NUMBER: free_name(str(item) or NUMBER, keys)})
        for item, part in made.groupby(ITEM, sort=False)
    ]
    made = parts[0]
    for part in parts[1:]:
        made = made.merge(part.drop(columns=list(plain.values())), on=[ROW, PERIOD], how="outer", sort=False)
    made = made.sort_values(ROW, kind="stable").drop(columns=ROW).reset_index(drop=True).infer_objects()
    mixed = [name for name, kind in made.dtypes.items() if pd.api.types.is_object_dtype(kind)]
    made = made.astype(dict.fromkeys(mixed, "str"))
    roles = {**suggest_roles(made), PERIOD: "date"}
    if NUMBER in made.columns and "demand" not in roles.values():
        roles[NUMBER] = "demand"
    what = counted(
        "A row was made of the {count} column of periods.",
        "A row was made of each of {count} columns of periods.",
        count=len(columns),
    )
    return replace(table, frame=made, roles=roles, notes=(*table.notes, what))
