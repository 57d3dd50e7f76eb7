"""Several shapes as one region: the borders between them go."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np


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
