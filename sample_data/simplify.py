"""Straighten borders and drop specks, so that a map is quick to load."""

import heapq
import math
from dataclasses import replace

from sample_data.rings import clockwise_area
from sample_data.topojson import Points, Polygon, Region, Topology

SQUARE_DEGREES = math.degrees(1) ** 2
"""In one steradian."""


def simplify(topology: Topology, smallest: float) -> Topology:
    """Straighten arcs and drop specks, by the method of Visvalingam and Whyatt.

    Parameters
    ----------
    topology : Topology
        Borders are straightened once for both neighbours, so no gaps open between them.
    smallest : float
        Corners and islands of a smaller area go; the largest part of a region always stays. [square degrees]

    Returns
    -------
    Topology
        Unused arcs are still in it: `rings.clean` and `topojson.tidy` come next.
    """
    cell = topology.scale[0] * topology.scale[1]

    def size(polygon: Polygon) -> float:
        # On the sphere: a ring that crosses the date line has no meaningful area in the plane.
        return abs(clockwise_area(topology.ring(polygon[0]))) * SQUARE_DEGREES

    def without_specks(region: Region) -> Region:
        largest = max(region.polygons, key=size)
        return replace(region, polygons=[part for part in region.polygons if part is largest or size(part) >= smallest])

    regions = [without_specks(region) for region in topology.regions]
    return replace(topology, arcs=[_straightened(arc, smallest / cell) for arc in topology.arcs], regions=regions)


def _straightened(arc: Points, smallest: float) -> Points:
    """Remove the flattest corner again and again; a closed arc stays a triangle, an open one keeps a corner."""
    fewest = 4 if (arc[0] == arc[-1]).all() else 3
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    alive = [True] * len(arc)

    def corner(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[before[i]].tolist(), arc[i].tolist(), arc[after[i]].tolist()
        return float(abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))) / 2

    heap = [(corner(i), i) for i in range(1, len(arc) - 1)]
    areas = {i: area for area, i in heap}
    heapq.heapify(heap)
    left = len(arc)
    while heap and heap[0][0] < smallest and left > fewest:
        area, i = heapq.heappop(heap)
        if not alive[i] or area != areas[i]:
            continue
        alive[i], left = False, left - 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < len(arc) - 1:
                # Never below the corner just removed, so that a curve is not eaten from its end.
                areas[j] = max(corner(j), area)
                heapq.heappush(heap, (areas[j], j))
    return arc[alive]
