"""Is each ring drawn the right way round? A single one that is not paints the whole map."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sample_data.topojson import Points, Polygon, Region, Ring, Topology


def clockwise_area(ring: NDArray[np.float64]) -> float:
    """Area of a closed ring on the unit sphere, positive when it runs clockwise as seen on the map.

    Parameters
    ----------
    ring : ndarray of float, shape (n_points, 2)
        Longitude and latitude, first point repeated at the end. [degrees]

    Returns
    -------
    float
        Between -2 pi and 2 pi; the sign convention is that of d3, so an outer ring has to be positive. [steradian]
    """
    longitude, latitude = np.radians(ring[:, 0]), np.radians(ring[:, 1]) / 2 + np.pi / 4
    turn = np.diff(longitude)
    sines = np.sin(latitude[:-1]) * np.sin(latitude[1:])
    cosines = np.cos(latitude[:-1]) * np.cos(latitude[1:])
    return float(2 * np.arctan2(sines * np.sin(turn), cosines + sines * np.cos(turn)).sum())


def hold(outline: Iterable[NDArray[np.float64]], longitude: float, latitude: float) -> bool:
    """Whether a place lies inside closed rings: an odd number of borders is east of it."""
    crossed = 0
    for ring in outline:
        (x, y), (next_x, next_y) = ring[:-1].T, ring[1:].T
        over = (y > latitude) != (next_y > latitude)
        share = (latitude - y[over]) / (next_y[over] - y[over])
        crossed += int(np.count_nonzero(longitude < x[over] + share * (next_x[over] - x[over])))
    return crossed % 2 == 1


def is_degenerate(ring: Points) -> bool:
    """Whether a closed ring encloses nothing: fewer than three places, or a line walked out and back."""
    x, y = (ring - ring[0]).T
    return len(np.unique(ring, axis=0)) < 3 or int((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) == 0


def clean(topology: Topology) -> Topology:
    """Drop rings that enclose nothing and turn the others: outer rings clockwise, holes the other way."""

    def mend(polygon: Polygon) -> Polygon:
        solid = [ring for ring in polygon if not is_degenerate(topology.grid_ring(ring))]
        return [_turned(topology, ring, outer=place == 0) for place, ring in enumerate(solid)]

    def mended(region: Region) -> Region:
        kept = [polygon for polygon in region.polygons if not is_degenerate(topology.grid_ring(polygon[0]))]
        return replace(region, polygons=[mend(polygon) for polygon in kept])

    return replace(topology, regions=[mended(region) for region in topology.regions])


def _turned(topology: Topology, ring: Ring, *, outer: bool) -> Ring:
    right = (clockwise_area(topology.ring(ring)) > 0) == outer
    return ring if right else [~arc for arc in reversed(ring)]


def faults(topology: Topology) -> list[str]:
    """Every reason why a map would draw this topology wrongly, as sentences; empty when there is none."""
    found = []
    for region in topology.regions:
        name = region.properties.get("name", "")
        if not (region.id and name and region.polygons):
            found.append(f"region {region.id!r} {name!r} lacks an id, a name or a shape")
        for polygon in region.polygons:
            found += [f"{name}: {fault}" for fault in _ring_faults(topology, polygon)]
    ids = [region.id for region in topology.regions]
    return found + [f"id {repeated} is used twice" for repeated in sorted({i for i in ids if ids.count(i) > 1})]


def _ring_faults(topology: Topology, polygon: Polygon) -> list[str]:
    found = []
    for place, ring in enumerate(polygon):
        if any(not 0 <= max(arc, ~arc) < len(topology.arcs) for arc in ring):
            found.append("a ring names an arc that is not there")
            continue
        points = topology.grid_ring(ring)
        if (points[0] != points[-1]).any() or is_degenerate(points):
            found.append("a ring is open or encloses nothing")
        elif (clockwise_area(topology.ring(ring)) > 0) != (place == 0):
            found.append("a ring runs the wrong way round")
    return found
