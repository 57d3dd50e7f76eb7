"""By which column the regions of a table are found in boundaries that somebody brought."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from medalloc.errors import refused
from medalloc.geography.boundaries import Boundary, BoundarySet
from medalloc.geography.own.boundaries import OwnBoundaries
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


def merged(topojson: str, names: Sequence[str]) -> str:
    """Return the shapes with the same name as one, called by the first of them; those without a name as they are.

    Parameters
    ----------
    topojson : str
        Outer rings run clockwise and holes the other way, so that neighbours walk a shared arc in opposite directions.
    names : sequence of str
        Of every shape, in their order.
    """
    document = json.loads(topojson)
    ends = [(tuple(arc[0]), tuple(np.sum(arc, axis=0).tolist())) for arc in document["arcs"]]
    together: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for shape in document["objects"]["regions"]["geometries"]:
        together[names[int(shape["id"])] or f"\0{shape['id']}"].append(shape)
    for shapes in together.values():
        if len(shapes) > 1:
            walked = [arc for each in shapes for polygon in each["arcs"] for ring in polygon for arc in ring]
            # rings that lie apart may stand in one polygon, as the map fills what is inside an odd number of them
            shapes[0]["arcs"] = [_rings(walked, ends)]
    document["objects"]["regions"]["geometries"] = [shapes[0] for shapes in together.values()]
    return json.dumps(document, separators=(",", ":"))


def _rings(walked: Sequence[int], ends: Sequence[tuple[Any, Any]]) -> list[list[int]]:
    """Join what is left of arcs, once those are gone that are walked both ways, into closed rings."""
    both_ways = set(walked) & {~arc for arc in walked}
    onward: dict[Any, list[int]] = defaultdict(list)
    for arc in walked:
        if arc not in both_ways:
            onward[ends[arc][0] if arc >= 0 else ends[~arc][1]].append(arc)
    rings = []
    for start in list(onward):
        while onward[start]:
            ring, place = [], start
            while onward[place]:
                arc = onward[place].pop()
                ring.append(arc)
                place = ends[arc][1] if arc >= 0 else ends[~arc][0]
                if place == start:
                    break
            rings.append(ring)
    return rings
