"""By which column the regions of a table are found in boundaries that somebody brought."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from medalloc.errors import refused
from medalloc.geography.boundaries import Boundary, BoundarySet
from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.geography.own.merging import merged
from medalloc.geography.spelling import Spellings

FOLDER = "own"
"""Where such boundaries are served, among those that ship."""


@dataclass(frozen=True)
class ColumnMatch:
    """How many regions a column knows."""

    column: str
    """Name in the file of boundaries."""

    known: int
    """Regions of the table that are found in it. [count]"""


def column_matches(own: OwnBoundaries, regions: Sequence[str]) -> tuple[ColumnMatch, ...]:
    """Return the columns that can name regions, the one that knows most regions first.

    Of columns that know as many, one comes first that tells all its rows apart, then the one further left.
    """
    names = list(dict.fromkeys(regions))
    found = []
    for column, cells in own.columns.items():
        known = Spellings(_boundaries(cells))
        found.append((ColumnMatch(column, sum(known.find(name) is not None for name in names)), len(set(cells))))
    ranked = sorted(found, key=lambda each: (-each[0].known, -each[1]))
    return tuple(match for match, _different in ranked)


def own_set(own: OwnBoundaries, column: str) -> BoundarySet:
    """Return what a map is drawn from; rows with the same name in the column are one region.

    Raises
    ------
    InputError
        If there is no such column.
    """
    if column not in own.columns:
        raise refused(
            "The boundaries have no column “{column}”; use one of: {columns}.",
            column=column,
            columns=", ".join(list(own.columns)[:12]),
        )
    cells = own.columns[column][: own.areas]
    named = _boundaries(cells)
    text = own.topojson if len(named) == len(cells) else merged(own.topojson, cells)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return BoundarySet(f"{FOLDER}/{sha256}", own=named, shapes=text)


def own_points(own: OwnBoundaries, column: str, regions: Sequence[str]) -> pd.DataFrame:
    """Return where the points of a file lie, under the names that a table has for them, else under their own.

    Columns ``region``, ``longitude`` and ``latitude`` [degrees].
    """
    cells = own.columns[column][own.areas :]
    known = Spellings(_boundaries(cells))
    called = {place: name for name in regions if (place := known.find(name)) is not None}
    names = [called.get(str(place), cell) for place, cell in enumerate(cells)]
    places = pd.DataFrame(own.points, columns=["longitude", "latitude"])
    places.insert(0, "region", names)
    return places[places["region"] != ""].drop_duplicates("region", ignore_index=True)


def _boundaries(cells: Sequence[str]) -> tuple[Boundary, ...]:
    """Return a boundary for every name, called by the place of its first row."""
    first: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if cell:
            first.setdefault(cell, place)
    return tuple(Boundary(str(place), (cell,)) for cell, place in first.items())
