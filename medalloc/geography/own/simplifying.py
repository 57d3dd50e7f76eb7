"""Fewer points on borders, by the method of Visvalingam and Whyatt: the flattest corners go first.

Each arc is simplified once for both neighbours. All corners flatter than those beside them go at the same time, so
that a million points take a second.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medalloc.geography.own.topology import Points, Topology, signed_area

IN_EACH_ROUND = 0.5
"""Share of the corners among which flat ones are looked for in each round. [fraction]"""

KEEPS_ITS_SHAPE = 0.3
"""Share of its area that the ends of its arcs alone must enclose; else a corner of each arc stays, too. [fraction]"""


def simplified(topology: Topology, at_most: int) -> Topology:
    """Return the regions with about so many points, each still with an area above zero.

    Parameters
    ----------
    at_most : int
        Points of all arcs together, those that must stay not counted. [points]
    """
    points = np.concatenate(topology.arcs)
    arc = np.repeat(np.arange(len(topology.arcs)), [len(each) for each in topology.arcs])
    stays = np.diff(arc, prepend=-1, append=len(topology.arcs)) != 0
    stays = stays[:-1] | stays[1:]
    stays[_corners_that_stay(topology)] = True
    flat = 0.0
    while len(points) > at_most and not stays.all():
        areas = _corners(points)
        flat = max(flat, float(np.quantile(areas[~stays], IN_EACH_ROUND)))
        areas[stays] = np.inf
        goes = areas <= flat
        # of neighbours only the flatter one, as the other's corner changes with it; of a straight line every other one
        first = (areas[:-1] < areas[1:]) | ((areas[:-1] == areas[1:]) & (np.arange(len(areas) - 1) % 2 == 0))
        goes[:-1] &= first
        goes[1:] &= ~first
        points, arc, stays = points[~goes], arc[~goes], stays[~goes]
    counts = np.bincount(arc, minlength=len(topology.arcs))
    slim = replace(topology, arcs=np.split(points, np.cumsum(counts)[:-1]))
    return _used(_without_specks(slim, flat))


def _corners(points: Points) -> NDArray[np.float64]:
    """Return the area of the triangle of each point with those beside it [grid steps squared]."""
    areas = np.zeros(len(points))
    before, after = points[1:-1] - points[:-2], points[2:] - points[1:-1]
    areas[1:-1] = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]) / 2
    return areas


def _corners_that_stay(topology: Topology) -> list[int]:
    """Return places, in all points one after the other, without which the largest ring of a region would collapse."""
    starts = np.cumsum([0, *(len(each) for each in topology.arcs)])
    found: list[int] = []
    for region in topology.regions:
        areas = [abs(signed_area(topology.ring(polygon[0]))) for polygon in region]
        largest = int(np.argmax(areas))
        ring = region[largest][0]
        ends = np.array([topology.arcs[each][0] if each >= 0 else topology.arcs[~each][-1] for each in ring])
        if abs(signed_area(np.concatenate([ends, ends[:1]]))) < KEEPS_ITS_SHAPE * areas[largest]:
            for each in {max(number, ~number) for number in ring}:
                found += (starts[each] + place for place in _extremes(topology.arcs[each]))
    return found


def _extremes(arc: Points) -> list[int]:
    """Return the point farthest from the line between the ends of an arc; of a closed one the two that span most."""
    along, away = arc[-1] - arc[0], arc - arc[0]
    if along.any():
        return [int(np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]).argmax())]
    far = int((away**2).sum(axis=1).argmax())
    return [far, int(np.abs(away[far, 0] * away[:, 1] - away[far, 1] * away[:, 0]).argmax())]


def _without_specks(topology: Topology, smallest: float) -> Topology:
    """Drop islands and lakes below an area; the largest part of a region stays, and a hole in which a region lies."""
    used = np.bincount(
        [max(arc, ~arc) for region in topology.regions for polygon in region for ring in polygon for arc in ring],
        minlength=len(topology.arcs),
    )

    def kept(region: list[list[list[int]]]) -> list[list[list[int]]]:
        areas = [abs(signed_area(topology.ring(polygon[0]))) for polygon in region]
        parts = [
            part
            for part, area in zip(region, areas, strict=True)
            if area == max(areas) or area >= smallest or any(used[max(arc, ~arc)] > 1 for arc in part[0])
        ]
        return [[part[0], *(ring for ring in part[1:] if _is_needed(topology, ring, used, smallest))] for part in parts]

    return replace(topology, regions=[kept(region) for region in topology.regions])


def _is_needed(topology: Topology, hole: list[int], used: NDArray[np.int64], smallest: float) -> bool:
    return any(used[max(arc, ~arc)] > 1 for arc in hole) or abs(signed_area(topology.ring(hole))) >= smallest


def _used(topology: Topology) -> Topology:
    """Return the topology without arcs that no ring is made of."""
    numbers: dict[int, int] = {}
    for region in topology.regions:
        for arc in (arc for polygon in region for ring in polygon for arc in ring):
            numbers.setdefault(max(arc, ~arc), len(numbers))
    regions = [
        [[[numbers[arc] if arc >= 0 else ~numbers[~arc] for arc in ring] for ring in polygon] for polygon in region]
        for region in topology.regions
    ]
    return replace(topology, arcs=[topology.arcs[old] for old in numbers], regions=regions)
