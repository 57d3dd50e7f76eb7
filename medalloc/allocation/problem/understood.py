"""How a table of regions was understood: who counts more, what words among numbers mean, and what is not used."""

from collections.abc import Iterable, Iterator, Set

import pandas as pd

from medalloc.allocation.problem.region_table import bare, spelt_alike
from medalloc.quantities import PER_REGION, PER_RESOURCE
from medalloc.resource_names import named
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.cells import as_numbers
from medalloc.tables.first import turned_said
from medalloc.tables.table import Table
from medalloc.tables.taken_for import NOT_USED

USED = ("region", "longitude", "latitude", *PER_REGION, *PER_RESOURCE)
"""Roles of columns that a plan of regions, or its map, makes use of."""


def understood(table: Table, names: Iterable[str], compared_by: str | None = None) -> list[Sentence]:
    """Return what a reader must know of how a table of regions was understood: who counts more, and what is not used.

    Parameters
    ----------
    table : Table
        One row a region.
    names : iterable of str
        Resources that are placed.
    compared_by : str, optional
        Column by which coverage is compared.
    """
    placed = set(names)
    table = spelt_alike(table, placed)
    idle = [
        str(column)
        for column in table.frame.columns
        if column != compared_by
        and (
            (role := table.roles[column]).partition(":")[0] not in USED
            or (":" in role and role.partition(":")[2] not in placed)
        )
    ]
    said, value = [], table.column("value")
    if value is not None:
        turned = turned_said(table)
        said.append(
            turned
            or sentence(
                "People count by “{column}”: where its number is larger, serving one is worth more. If 1 comes first, "
                "say so on the Data screen, in commands by --value-order smaller.",
                column=value,
            )
        )
    said += [
        each for name, role in table.roles.items() if role not in ("ignored", "region") for each in _told(table, name)
    ]
    if idle:
        said.append(sentence(NOT_USED, columns=listed(idle, at_most=12)))
        said += _perhaps_meant(table, idle, placed)
    return said


def _perhaps_meant(table: Table, idle: Iterable[str], placed: Set[str]) -> Iterator[Sentence]:
    """Say which columns may be of a resource that is placed, such as those of hospital beds where beds are."""
    for column in idle:
        kind, _, resource = table.roles[column].partition(":")
        alike = [each for each in sorted(placed) if resource and bare(resource).endswith(bare(each))]
        if alike and (role := f"{kind}:{alike[0]}") not in table.roles.values():
            yield sentence(
                "“{column}” is taken for {resource}, which are not placed. If it means {placed}, give it the role "
                "“{role}”: on the Data screen, in commands by --column.",
                column=column,
                resource=named(resource),
                placed=named(alike[0]),
                role=role,
            )


def _told(table: Table, name: str) -> Iterator[Sentence]:
    """Say what words among the numbers of a column that is used were read as."""
    role, column = table.roles[name], table.frame[name]
    if role.partition(":")[0] in (*PER_REGION, *PER_RESOURCE) and pd.api.types.is_string_dtype(column):
        read = as_numbers(column)
        worded = column[read.notna() & column.str.contains(r"[^\W\d_]", na=False)]
        for cell in worded.drop_duplicates().head(3):
            yield sentence(
                "“{column}”: “{cell}” is read as {number}.",
                column=name,
                cell=cell,
                number=read[worded.index[worded == cell][0]],
            )
