"""Outlines of boundaries as lines of a small picture."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from medalloc.geography.boundaries import BoundarySet, document
from medalloc.geography.extent import Corners, View, on_plane

Box = tuple[float, float, float, float]
"""Left, top, width and height of a part of a picture. [pixels]"""


@lru_cache(maxsize=8)
def rings(of: BoundarySet) -> Mapping[str, Sequence[Corners]]:
    """Return the closed lines of each boundary by its id, each of shape (n_points, 2). [degrees]."""
    topojson = document(of)
    scale, origin = (np.array(topojson["transform"][each]) for each in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in topojson["arcs"]]

    def line(ring: Sequence[int]) -> Corners:
        points = np.concatenate([arcs[each] if each >= 0 else arcs[~each][::-1] for each in ring])
        # what crosses the date line goes on beyond it, as it would lie across the whole picture otherwise
        longitude = np.unwrap(points[:, 0], period=360)
        return np.column_stack([longitude - 360 * np.rint(longitude.mean() / 360), points[:, 1]])

    return {
        shape["id"]: [line(ring) for polygon in shape["arcs"] for ring in polygon]
        for shape in topojson["objects"]["regions"]["geometries"]
    }


@lru_cache(maxsize=64)
def paths(of: BoundarySet, fitted: frozenset[str], view: View | None, box: Box) -> Mapping[str, str]:
    """Return the path of SVG of each boundary, nothing for those that are too small to be seen.

    Parameters
    ----------
    fitted : frozenset of str
        Ids of the boundaries that fill the box; others may lie beyond it.
    view : View, optional
        The part of the earth that is drawn, None for all of it.
    """
    flat = {id: [on_plane(each, view) for each in lines] for id, lines in rings(of).items()}
    points = np.concatenate([line for id in fitted for line in flat[id]])
    low, high = points.min(axis=0), points.max(axis=0)
    left, top, width, height = box
    scale = float((np.array([width, height]) / np.maximum(high - low, 1e-9)).min())
    middle, centre = (low + high) / 2, np.array([left + width / 2, top + height / 2])
    return {
        id: "".join(_path((line - middle) * (scale, -scale) + centre) for line in lines) for id, lines in flat.items()
    }


def _path(line: Corners) -> str:
    """Return whole pixels, each as steps from the one before, which takes least room."""
    places = np.rint(line).astype(int)
    steps = np.diff(places, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    # two points enclose nothing
    if len(steps) < 3:
        return ""
    x, y = places[0]
    return f"M{x} {y}l" + " ".join(f"{east} {south}" for east, south in steps[:-1].tolist()) + "z"
