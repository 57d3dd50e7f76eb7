"""What a map must show so that its regions fill it, and which regions lie so far away that they have their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from medalloc.geography.boundaries import SETS, BoundarySet, document

Corners = NDArray[np.float64]
"""Longitude and latitude, shape (n_points, 2). [degrees]"""

WIDE = 70.0
"""Regions farther than this from their middle are drawn on a map of the whole world. [degrees]"""

FAR = 4.5
"""How many times as far from the middle as three quarters of the regions one must be to leave the map. [1]"""

NEAR_ENOUGH = 4.0
"""Regions that are no farther from the middle never leave the map. [degrees]"""

MOST_APART = 5
"""Maps of their own beside the large one, at most; with more to show, all are on the one. [count]"""

TOGETHER = 3.0
"""Regions no farther from each other share such a map. [degrees]"""

SMALL = 0.05
"""Part of a region, as a share of its largest, that need not be seen: an island far out would shrink all else. [1]"""

MARGIN = 0.05
"""What a point takes around it, where nothing else is drawn. [degrees]"""


@dataclass(frozen=True)
class View:
    """A part of the earth that is drawn by itself."""

    middle: tuple[float, float]
    """Longitude and latitude. [degrees]"""

    edge: tuple[tuple[float, float], ...]
    """Points that must be seen. [degrees]"""

    regions: frozenset[str] = frozenset()
    """Regions that are drawn in it and nowhere else; those of the large map are not named."""


@lru_cache(maxsize=8)
def corners(of: BoundarySet) -> dict[str, Corners]:
    """Return the corners of the boxes around the parts of each boundary, by its id."""
    topojson = document(of)
    scale, origin = (np.array(topojson["transform"][each]) for each in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) for arc in topojson["arcs"]]
    low = np.array([arc.min(axis=0) for arc in arcs]) * scale + origin
    high = np.array([arc.max(axis=0) for arc in arcs]) * scale + origin
    found = {}
    for shape in topojson["objects"]["regions"]["geometries"]:
        numbers = [[max(arc, ~arc) for ring in polygon for arc in ring] for polygon in shape["arcs"]]
        west_south = np.array([low[each].min(axis=0) for each in numbers])
        east_north = np.array([high[each].max(axis=0) for each in numbers])
        size = (east_north - west_south).prod(axis=1)
        (west, south), (east, north) = (
            west_south[size >= SMALL * size.max()].T,
            east_north[size >= SMALL * size.max()].T,
        )
        found[shape["id"]] = np.column_stack(
            [np.concatenate([west, west, east, east]), np.concatenate([south, north, north, south])]
        )
    return found


def land_under(longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]) -> BoundarySet:
    """Return the land to draw under points: the United States or China when every point is there, else the world."""
    sets = {each.name: each for each in SETS}
    west, east, south, north = longitudes.min(), longitudes.max(), latitudes.min(), latitudes.max()
    if west > -125 and east < -66 and south > 24 and north < 50:
        return sets["us_states"]
    if west > 73 and east < 135 and south > 18 and north < 54:
        return sets["china_provinces"]
    return sets["world"]


def views(shown: dict[str, Corners], most_apart: int = MOST_APART) -> tuple[View | None, tuple[View, ...]]:
    """Return the part of the earth that shows regions, None for all of it, and those that are shown apart.

    Parameters
    ----------
    most_apart : int
        Maps beside the large one, at most. [count]
    """
    if not shown:
        return None, ()
    middles = {name: _middle(points) for name, points in shown.items()}
    middle = np.median(np.array(list(middles.values())), axis=0)
    away = {name: _apart(middle, each) for name, each in middles.items()}
    reach = max(FAR * float(np.quantile(list(away.values()), 0.75)), NEAR_ENOUGH)
    far = {name: middles[name] for name, each in away.items() if each > reach}
    # what lies beside them goes with them: an archipelago is not torn apart
    beside = {
        name: each
        for name, each in middles.items()
        if away[name] > reach / 2 and any(_apart(each, other) < TOGETHER for other in far.values())
    }
    groups = _groups(far | beside)
    if len(groups) > most_apart:
        groups = []
    apart = frozenset[str]().union(*groups)
    main = _view(points for name, points in shown.items() if name not in apart)
    return main, tuple(view for group in groups if (view := _view((shown[name] for name in group), group)) is not None)


MAINLAND_WEST = -126.0
"""Longitude west of which only Alaska and Hawaii lie, of the United States. [degrees]"""


def beyond_the_mainland(around: Mapping[str, Corners]) -> bool:
    """Whether Alaska or Hawaii is shown, for which there is a projection with a place for each."""
    return any(bool((points[:, 0] < MAINLAND_WEST).any()) for points in around.values())


def on_plane(points: Corners, view: View | None) -> Corners:
    """Return points east and north of the middle of a part of the earth, in its radii; areas keep their proportions.

    Of all the earth it is longitude and latitude.

    Examples
    --------
    >>> on_plane(np.array([[10.0, 1.0]]), View((10.0, 0.0), ())).round(3).tolist()
    [[0.0, 0.017]]
    """
    if view is None:
        return np.radians(points)
    middle, vectors = _vectors(np.array([view.middle]))[0], _vectors(points)
    # Lambert's projection, whose edge is the other side of the earth
    stretched = np.sqrt(2 / np.maximum(1 + vectors @ middle, 1e-6))
    return np.stack([stretched * (vectors @ axis) for axis in _axes(middle)], -1)


def _groups(middles: dict[str, NDArray[np.float64]]) -> list[frozenset[str]]:
    groups: list[set[str]] = []
    for name, each in middles.items():
        near = [group for group in groups if any(_apart(middles[other], each) < TOGETHER for other in group)]
        groups = [group for group in groups if group not in near] + [{name}.union(*near)]
    return [frozenset(group) for group in groups]


def _view(parts: Iterable[Corners], regions: frozenset[str] = frozenset()) -> View | None:
    points = np.concatenate(list(parts))
    middle = _middle(points)
    if max(_apart(middle, each) for each in _vectors(points)) > WIDE:
        return None
    # the middle of the box, as most corners may lie on one side
    flat = _flat(points, middle)
    x, y = (flat.min(axis=0) + flat.max(axis=0)) / 2
    east, north = _axes(middle)
    middle = middle + x * east + y * north
    middle /= np.linalg.norm(middle)
    flat = _flat(points, middle)
    around = np.radians(np.arange(0, 360, 30))
    edge = np.unique((flat @ np.stack([np.cos(around), np.sin(around)])).argmax(axis=0))
    seen = points[edge]
    if np.ptp(seen, axis=0).max() < MARGIN:
        seen = np.concatenate([seen - MARGIN, seen + MARGIN])
    longitude, latitude = np.degrees([np.arctan2(middle[1], middle[0]), np.arcsin(middle[2])])
    return View(
        (round(float(longitude), 2), round(float(latitude), 2)),
        tuple((round(float(x), 3), round(float(y), 3)) for x, y in seen),
        regions,
    )


def _vectors(points: Corners) -> NDArray[np.float64]:
    longitude, latitude = np.radians(points).T
    return np.stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], -1)


def _middle(points: Corners) -> NDArray[np.float64]:
    """Return the direction to the middle of points as a vector of length 1, which knows no date line."""
    total: NDArray[np.float64] = _vectors(points).mean(axis=0)
    return total / max(float(np.linalg.norm(total)), 1e-9)


def _apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return how far apart two directions are [degrees]."""
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.degrees(np.arccos(np.clip(one @ other / max(length, 1e-9), -1, 1))))


def _axes(middle: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the directions east and north at a place."""
    east = np.cross([0.0, 0.0, 1.0], middle)
    east /= max(float(np.linalg.norm(east)), 1e-9)
    return east, np.cross(middle, east)


def _flat(points: Corners, middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points as seen from above a place, shape (n_points, 2)."""
    vectors = _vectors(points)
    return np.stack([vectors @ axis for axis in _axes(middle)], -1)
