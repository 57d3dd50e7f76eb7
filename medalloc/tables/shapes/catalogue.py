"""Every shape that is known, the most telling first, and which of them a file has."""

from collections.abc import Mapping, Sequence
from typing import Any

from medalloc.errors import refused
from medalloc.tables.shapes.engine import is_of, read_as
from medalloc.tables.shapes.known import dhis2, forecasts, hospitals, nations, records
from medalloc.tables.shapes.long import as_long
from medalloc.tables.shapes.shape import Shape
from medalloc.tables.shapes.turning import as_turned
from medalloc.tables.table import Table

KNOWN = (
    *(dhis2.PIVOT, dhis2.VALUES, dhis2.ANALYTICS, dhis2.GEO),
    *(hospitals.RTT, hospitals.AE, hospitals.HHS),
    *(nations.WORLD_BANK, nations.GHO, nations.GHO_API, nations.HXL, nations.OCHA),
    *(records.ENCOUNTERS, records.REPORTS, records.PATIENTS, records.LOCATIONS, records.VISITS, records.PEOPLE),
    *(forecasts.CHAP, forecasts.QUANTILES, forecasts.TARGETS),
)
AUTO, NONE, OWN, LONG, TURNED = "auto", "none", "own", "long", "turned"
"""Choices beside the names of shapes: what the file looks like, none, one's own, a row for each period or column."""


def shape_of(table: Table) -> Shape | None:
    """Return the known shape that a table has; None for any other table."""
    return next((each for each in KNOWN if is_of(each, table.frame)), None)


def recognised(table: Table, own: Mapping[str, Any] | None = None) -> Shape | None:
    """Return the shape that a table has, one's own before those that are known; None for any other table."""
    mine = None if own is None else Shape.from_json(own)
    return mine if mine is not None and is_of(mine, table.frame) else shape_of(table)


def shaped(
    table: Table, chosen: str = AUTO, own: Mapping[str, Any] | None = None, beside: Sequence[Table] = ()
) -> Table:
    """Return a table as its shape says that it is to be read.

    Parameters
    ----------
    table : Table
        As its file has it.
    chosen : str
        Name of a shape; ``auto`` to recognise it, ``none`` to leave the table as it is, ``long`` to make a
        row of each period, ``turned`` to make one of each column, ``own`` for one's own.
    own : mapping, optional
        One's own shape, as JSON; it comes before those that are known.

    Raises
    ------
    InputError
        If there is no such shape, the table does not have it, or one's own is wrong; every fault of it at once.
    """
    if chosen in (LONG, TURNED):
        return as_long(table) if chosen == LONG else as_turned(table)
    shape = _chosen(table, chosen, own)
    return table if shape is None else read_as(table, shape, beside)


def _chosen(table: Table, chosen: str, own: Mapping[str, Any] | None) -> Shape | None:
    if chosen in (NONE, AUTO):
        return None if chosen == NONE else recognised(table, own)
    mine = None if own is None else Shape.from_json(own)
    named = {each.name: each for each in KNOWN} | ({} if mine is None else {OWN: mine, mine.name: mine})
    if chosen not in named:
        raise refused(
            "There is no file shape “{name}”; use one of: {known}.",
            name=chosen,
            known=", ".join((AUTO, NONE, LONG, TURNED, *named)),
        )
    return named[chosen]
