"""Read, build and write TopoJSON: regions drawn as arcs that neighbours share.

Points stay in the integer grid of the file, so that every step gives the same bytes on every machine.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int64]
Ring = list[int]
Polygon = list[Ring]


@dataclass(frozen=True)
class Region:
    """One place on the map."""

    id: str
    """Code that tables are matched by."""

    properties: dict[str, str]
    """Names shown to the reader; always has `name`."""

    polygons: list[Polygon]
    """Rings of each part, outer ring first. A ring is a list of arc numbers; `~i` is arc i walked backwards."""


@dataclass(frozen=True)
class Topology:
    """Regions and the arcs that they share."""

    scale: tuple[float, float]
    """Width and height of one grid step. [degrees]"""

    origin: tuple[float, float]
    """Longitude and latitude of grid point (0, 0). [degrees]"""

    arcs: list[Points]
    """Each of shape (n_points, 2). [grid steps]"""

    regions: list[Region]
    """In the order of the source."""

    def grid_ring(self, ring: Ring) -> Points:
        """Join the arcs of a ring into closed points of shape (n_points, 2) [grid steps]."""
        walked = [self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1] for arc in ring]
        return np.concatenate([walked[0], *(piece[1:] for piece in walked[1:])])

    def ring(self, ring: Ring) -> NDArray[np.float64]:
        """Join the arcs of a ring into closed points, longitude before latitude, shape (n_points, 2) [degrees]."""
        degrees: NDArray[np.float64] = self.grid_ring(ring) * np.array(self.scale) + np.array(self.origin)
        return degrees


def read(text: str, name: str) -> Topology:
    """Read the object called `name` of a quantised TopoJSON text; regions without an id get an empty one."""
    source = json.loads(text)
    (width, height), (x, y) = source["transform"]["scale"], source["transform"]["translate"]
    regions = [_read_region(geometry) for geometry in source["objects"][name]["geometries"]]
    arcs = [np.cumsum(np.array(arc, dtype=np.int64), axis=0) for arc in source["arcs"]]
    return Topology((width, height), (x, y), arcs, regions)


def _read_region(geometry: dict[str, Any]) -> Region:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return Region(str(geometry.get("id", "")), dict(geometry["properties"]), polygons)


def from_rings(
    rings: list[tuple[Region, list[Points]]], scale: tuple[float, float], origin: tuple[float, float]
) -> Topology:
    """Build a topology from regions whose parts are single closed rings, cutting them where neighbours meet.

    Parameters
    ----------
    rings : list of (Region, list of Points)
        A region, whose own `polygons` are ignored, and its closed outer rings. [grid steps]
    scale, origin : tuple of float
        Grid of the points. [degrees]

    Returns
    -------
    Topology
        A border used by two regions is stored once.
    """
    junctions = _junctions([ring for _, parts in rings for ring in parts])
    numbers: dict[bytes, int] = {}
    arcs: list[Points] = []
    regions = [
        replace(region, polygons=[[[_number(arc, arcs, numbers) for arc in _cut(ring, junctions)]] for ring in parts])
        for region, parts in rings
    ]
    return Topology(scale, origin, arcs, regions)


def _junctions(rings: Sequence[Points]) -> set[tuple[int, int]]:
    """Points that do not have the same two neighbours in every ring that passes through them."""
    neighbours: dict[tuple[int, int], set[frozenset[tuple[int, int]]]] = {}
    for ring in rings:
        points = [(int(x), int(y)) for x, y in ring[:-1]]
        for before, point, after in zip(points[-1:] + points[:-1], points, points[1:] + points[:1], strict=True):
            neighbours.setdefault(point, set()).add(frozenset((before, after)))
    return {point for point, pairs in neighbours.items() if len(pairs) > 1}


def _cut(ring: Points, junctions: set[tuple[int, int]]) -> list[Points]:
    points = ring[:-1]
    places = [i for i, (x, y) in enumerate(points) if (int(x), int(y)) in junctions]
    start = places[0] if places else int(np.lexsort((points[:, 1], points[:, 0]))[0])
    turned = np.concatenate([points[start:], points[:start], points[start : start + 1]])
    stops = [*(place - start for place in places or [start]), len(points)]
    return [turned[first : last + 1] for first, last in pairwise(stops)]


def _number(arc: Points, arcs: list[Points], numbers: dict[bytes, int]) -> int:
    forward, backward = arc.tobytes(), arc[::-1].tobytes()
    if backward in numbers:
        return ~numbers[backward]
    if forward not in numbers:
        numbers[forward] = len(arcs)
        arcs.append(arc)
    return numbers[forward]


def keep(topology: Topology, wanted: Callable[[Region], bool]) -> Topology:
    """Keep the regions that are wanted, and their arcs."""
    return tidy(replace(topology, regions=[region for region in topology.regions if wanted(region)]))


def tidy(topology: Topology) -> Topology:
    """Drop the arcs that no region uses and number the others in order of first use."""
    numbers: dict[int, int] = {}
    for region in topology.regions:
        for arc in (arc for polygon in region.polygons for ring in polygon for arc in ring):
            numbers.setdefault(max(arc, ~arc), len(numbers))

    def renumbered(ring: Ring) -> Ring:
        return [numbers[arc] if arc >= 0 else ~numbers[~arc] for arc in ring]

    moved = [
        replace(region, polygons=[[renumbered(ring) for ring in polygon] for polygon in region.polygons])
        for region in topology.regions
    ]
    return replace(topology, arcs=[topology.arcs[old] for old in numbers], regions=moved)


def write(topology: Topology) -> bytes:
    """Write compact TopoJSON with one object, `regions`."""
    geometries = [
        {"type": "MultiPolygon", "arcs": region.polygons, "id": region.id, "properties": region.properties}
        for region in topology.regions
    ]
    arcs = [np.diff(arc, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).tolist() for arc in topology.arcs]
    document = {
        "type": "Topology",
        "transform": {"scale": topology.scale, "translate": topology.origin},
        "objects": {"regions": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
