"""Regions cut into arcs: a border of two neighbours is one arc, so that simplifying it opens no gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int64]
Rings = list[NDArray[np.float64]]
"""Closed rings of one polygon, the outer one first, each of shape (n_points, 2). [degrees]"""

STEPS = 1 << 24
"""Steps of the grid along each side on which borders are compared; points nearer than one are the same. [count]"""

DRAWN_STEPS = 1 << 15
"""Steps of the grid that is drawn; one is 27 m where a country is 900 km wide. [count]"""

SPECK = 12 * STEPS // DRAWN_STEPS
"""Islands that fit into a square of so many steps go, unless a region has nothing larger. [grid steps]"""


@dataclass(frozen=True)
class Topology:
    """Regions and the arcs that they share."""

    scale: tuple[float, float]
    """Width and height of a grid step. [degrees]"""

    origin: tuple[float, float]
    """Longitude and latitude of grid point (0, 0). [degrees]"""

    arcs: list[Points]
    """Each of shape (n_points, 2). [grid steps]"""

    regions: list[list[list[list[int]]]]
    """Of each region its polygons, of each of these its rings, the outer one first, as numbers of arcs; ``~i`` is arc
    i walked backwards."""

    def ring(self, numbers: Sequence[int]) -> Points:
        """Join arcs into closed points, shape (n_points, 2) [grid steps]."""
        walked = [self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1] for arc in numbers]
        return np.concatenate([walked[0], *(piece[1:] for piece in walked[1:])])


def signed_area(points: NDArray[np.int64]) -> float:
    """Return the area of a closed ring, negative when it runs clockwise on the map [grid steps squared]."""
    x, y = (points - points[0]).T.astype(float)
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def cut(regions: Sequence[Sequence[Rings]]) -> Topology:
    """Put regions onto a grid and cut their rings where borders meet.

    Parameters
    ----------
    regions : sequence
        Of each region its polygons; at least one with one ring of three points. [degrees]

    Returns
    -------
    Topology
        With a polygon of an area above zero for every region: one too small for the grid becomes a square of it.
    """
    places = [
        (region, polygon, place)
        for region, polygons in enumerate(regions)
        for polygon, rings in enumerate(polygons)
        for place in range(len(rings))
    ]
    points = np.concatenate([ring for polygons in regions for rings in polygons for ring in rings])
    lengths = np.array([len(ring) for polygons in regions for rings in polygons for ring in rings])
    origin, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = np.where(extent > 0, extent, 1.0) / STEPS
    grid = np.rint((points - origin) / scale).astype(np.int64)
    rings = _solid(grid, lengths, places)
    flat = np.concatenate([ring for ring, _place in rings])
    found = _cut_rings(flat, np.array([len(ring) for ring, _place in rings]))
    built: list[dict[int, list[list[int]]]] = [{} for _ in regions]
    for numbers, (_ring, (region, polygon, _place)) in zip(found[1], rings, strict=True):
        built[region].setdefault(polygon, []).append(numbers)
    (width, height), (west, south) = scale.tolist(), origin.tolist()
    return Topology((width, height), (west, south), found[0], [list(each.values()) for each in built])


Place = tuple[int, int, int]
"""Region, polygon in it, and ring in that."""


def _solid(grid: Points, lengths: NDArray[np.int64], places: list[Place]) -> list[tuple[Points, Place]]:
    """Return the rings that enclose something, without points that say nothing and without specks."""
    ends = np.cumsum(lengths)
    following = np.arange(1, len(grid) + 1)
    following[ends - 1] = ends - lengths
    kept = (grid != grid[following]).any(axis=1)
    size = np.maximum.reduceat(grid, ends - lengths) - np.minimum.reduceat(grid, ends - lengths)
    speck = size.max(axis=1) < SPECK
    solid: list[tuple[Points, Place]] = []
    small: dict[int, tuple[Points, Place]] = {}
    outer_is_in = False
    for end, length, (region, polygon, place), is_speck in zip(ends, lengths, places, speck, strict=True):
        if place == 0:
            outer_is_in = False
        elif not outer_is_in:
            continue
        if is_speck and region in small and small[region][0] is EMPTY:
            continue
        ring = grid[end - length : end][kept[end - length : end]]
        if len(ring) < 3 or signed_area(np.concatenate([ring, ring[:1]])) == 0:
            small.setdefault(region, (_square(grid[end - 1]), (region, polygon, 0)))
        elif is_speck and place == 0:
            before = small.get(region)
            if before is None or len(before[0]) < len(ring):
                small[region] = (ring, (region, polygon, 0))
        else:
            solid.append((ring, (region, polygon, place)))
            small[region] = (EMPTY, (region, polygon, 0)) if place == 0 else small[region]
            outer_is_in = True
    return sorted([*solid, *(each for each in small.values() if each[0] is not EMPTY)], key=lambda each: each[1])


EMPTY: Points = np.empty((0, 2), dtype=np.int64)
"""Stands for the small ring of a region that has a large one."""


def _square(point: Points) -> Points:
    square: Points = point + np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    return square


def _cut_rings(flat: Points, lengths: NDArray[np.int64]) -> tuple[list[Points], list[list[int]]]:
    """Return arcs, and of each ring the arcs that it is made of; rings are open, one after the other."""
    ends = np.cumsum(lengths)
    starts = ends - lengths
    # two columns as one number: equal points are equal numbers
    codes = np.unique(flat[:, 0] * (2 * STEPS + 8) + flat[:, 1], return_inverse=True)[1]
    junction = _junctions(codes, starts, ends)
    arcs: list[Points] = []
    numbers: dict[bytes, int] = {}
    rings = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        cuts = np.flatnonzero(junction[start:end])
        # a ring that touches no other begins where it would begin in every file
        first = int(cuts[0]) if len(cuts) else int(codes[start:end].argmin())
        turned = np.concatenate([np.arange(start + first, end), np.arange(start, start + first + 1)])
        stops = [*(cuts - first if len(cuts) else [0]), end - start]
        ring = []
        for one, other in pairwise(stops):
            walked = turned[one : other + 1]
            forward, backward = codes[walked].tobytes(), codes[walked[::-1]].tobytes()
            if backward in numbers and forward not in numbers:
                ring.append(~numbers[backward])
                continue
            if forward not in numbers:
                numbers[forward] = len(arcs)
                arcs.append(flat[walked])
            ring.append(numbers[forward])
        rings.append(ring)
    return arcs, rings


def _junctions(codes: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which points do not have the same two neighbours in every ring that passes through them."""
    after, before = np.arange(1, len(codes) + 1), np.arange(-1, len(codes) - 1)
    after[ends - 1], before[starts] = starts, ends - 1
    low, high = np.minimum(codes[after], codes[before]), np.maximum(codes[after], codes[before])
    order = np.argsort(codes, kind="stable")
    groups = np.flatnonzero(np.diff(codes[order], prepend=-1))
    differ = np.zeros(len(groups), dtype=bool)
    for each in (low[order], high[order]):
        differ |= np.minimum.reduceat(each, groups) != np.maximum.reduceat(each, groups)
    return differ[codes]


def on_drawn_grid(topology: Topology) -> Topology:
    """Return the regions on the grid that is drawn, each with an area: what is lost on it becomes a square of it."""
    ratio = STEPS // DRAWN_STEPS
    arcs = [_without_repeats(np.rint(arc / ratio).astype(np.int64)) for arc in topology.arcs]
    coarse = replace(topology, arcs=arcs, scale=(topology.scale[0] * ratio, topology.scale[1] * ratio))
    regions = [list(region) for region in topology.regions]
    for region in regions:
        if not any(signed_area(coarse.ring(polygon[0])) for polygon in region):
            square = _square(arcs[max(region[0][0][0], ~region[0][0][0])][0])
            arcs.append(np.concatenate([square, square[:1]]))
            region[:] = [[[len(arcs) - 1]]]
    return replace(coarse, regions=regions)


def _without_repeats(arc: Points) -> Points:
    differs = (arc[1:] != arc[:-1]).any(axis=1)
    return arc[np.concatenate([[True], differs])] if differs.any() else arc[:2]


def rewound(topology: Topology) -> Topology:
    """Return the regions with outer rings clockwise and holes the other way, as the map wants them.

    A ring that encloses nothing goes; with an outer one, its holes.
    """

    def turned(polygon: list[list[int]]) -> list[list[int]]:
        areas = [signed_area(topology.ring(ring)) for ring in polygon]
        if areas[0] == 0:
            return []
        return [
            ring if (area < 0) == (place == 0) else [~arc for arc in reversed(ring)]
            for place, (ring, area) in enumerate(zip(polygon, areas, strict=True))
            if area != 0
        ]

    regions = [[solid for polygon in region if (solid := turned(polygon))] for region in topology.regions]
    return replace(topology, regions=regions)
