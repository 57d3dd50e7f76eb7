"""The map of a report: regions filled by a number, circles where only the place is known, land under them."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from medalloc.colours import LAND, OUTLINE, SEQUENTIAL, TEXT
from medalloc.geography.boundaries import BoundarySet, document, every_set
from medalloc.geography.extent import Corners, View, beyond_the_mainland, corners, land_under, views
from medalloc.report.report import Picture

WIDTH, HEIGHT = 480, 190
"""Of the map. [points]"""

ROOM = 8
"""What is left around regions. [points]"""

CLOSE = 3.0
"""Places no farther apart are drawn by their names, without land: no boundary at hand is fine enough. [degrees]"""

Drawing = Any
"""A chart of the drawing library, whose own types do not say what its methods return."""


def map_of(shown: pd.DataFrame, picture: Picture, title: str) -> Drawing:
    """Return a map.

    Parameters
    ----------
    shown : DataFrame
        Columns ``name`` and ``value``, in the order of the picture.
    picture : Picture
        Which boundaries these are, and where their places are.
    """
    ids = picture.ids or ("",) * len(shown)
    # a region has a boundary, or a place, or is in the table only
    at: list[Any] = [None if each else place for each, place in zip(ids, picture.places, strict=True)]
    known = shown.assign(id=ids, at=pd.Series(at, index=shown.index, dtype=object))
    filled, dots = known[known["id"] != ""], known[known["at"].notna()]
    of, around = _ground(picture, filled, dots)
    named = filled.empty and _reach(around) <= CLOSE
    drawn = [] if named else [_land(of)]
    colour = _colour(title)
    drawn += [] if filled.empty else [_regions(filled, colour)]
    drawn += [] if dots.empty else _circles(dots, colour, named=named)
    composed = of.projection is not None and beyond_the_mainland(around)
    view = None if composed else views(around, most_apart=0)[0]
    # what reads the same shapes reads them once
    layers = alt.layer(*drawn) if named else alt.layer(*drawn, data=_shapes(of))
    return layers.project(**_projection(of, view)).properties(width=WIDTH, height=HEIGHT)


def _ground(picture: Picture, filled: pd.DataFrame, dots: pd.DataFrame) -> tuple[BoundarySet, dict[str, Corners]]:
    """Return the boundaries that lie under what is drawn, and points around each region."""
    around = {f"at {number}": np.array([at]) for number, at in enumerate(dots["at"])}
    if picture.shapes:
        of = BoundarySet("own", shapes=picture.shapes)
    elif picture.boundaries:
        of = every_set()[picture.boundaries]
    else:
        return land_under(*np.concatenate(list(around.values())).T), around
    seen = corners(of)
    return of, around | {each: seen[each] for each in filled["id"] if each in seen}


def _land(of: BoundarySet) -> Drawing:
    """Return what lies under and beside the regions; for thousands of them what is drawn faster."""
    base = alt.Chart(_shapes(every_set()["us_states"])) if of.name == "us_counties" else alt.Chart()
    return base.mark_geoshape(fill=LAND["light"], stroke=OUTLINE["light"], strokeWidth=0.4, clip=True)


def _regions(filled: pd.DataFrame, colour: alt.Color) -> Drawing:
    # a region without a number stays land: a colour scale would take it for 0
    return (
        alt.Chart()
        .mark_geoshape(stroke=OUTLINE["light"], strokeWidth=0.4, clip=True)
        .transform_lookup(lookup="id", from_=alt.LookupData(filled[["id", "value"]], "id", ["value"]))
        .transform_filter("isValid(datum.value)")
        .encode(color=colour)
    )


def _circles(dots: pd.DataFrame, colour: alt.Color, *, named: bool) -> list[Drawing]:
    points = dots.assign(longitude=[at[0] for at in dots["at"]], latitude=[at[1] for at in dots["at"]])
    base = alt.Chart(points.drop(columns="at")).encode(longitude="longitude:Q", latitude="latitude:Q")
    circles = base.mark_circle(size=150, stroke=TEXT["light"], strokeWidth=0.6, opacity=0.95, clip=True)
    names = base.mark_text(dy=-12, fontSize=7, limit=90, color=TEXT["light"]).encode(text="name:N")
    return [circles.encode(color=colour), *([names] if named else [])]


def _reach(around: dict[str, Corners]) -> float:
    """Return how far apart regions are [degrees]."""
    return float(np.ptp(np.concatenate(list(around.values())), axis=0).max())


def _colour(title: str) -> alt.Color:
    small: dict[str, Any] = {"labelFontSize": 8, "titleFontSize": 8, "titleFontWeight": "normal"}
    legend = alt.Legend(title=title, orient="bottom", format=".0%", gradientLength=160, gradientThickness=8, **small)
    scale = alt.Scale(domain=[0, 1], range=SEQUENTIAL["light"], clamp=True, interpolate="lab")
    return alt.Color("value:Q", scale=scale, legend=legend)


def _projection(of: BoundarySet, view: View | None) -> dict[str, Any]:
    """Return the projection that shows a part of the earth, or all that a set has."""
    if view is None:
        kind: dict[str, Any] = {"type": of.projection or "equalEarth"}
        edge = np.unique(np.concatenate(list(corners(of).values())).round(1), axis=0).tolist()
    else:
        longitude, latitude = view.middle
        kind = {"type": "azimuthalEqualArea", "rotate": [-longitude, -latitude, 0]}
        edge = [list(each) for each in view.edge]
    seen = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": edge}}
    return {**kind, "fit": seen, "extent": [[ROOM, ROOM], [WIDTH - ROOM, HEIGHT - ROOM]]}


def _shapes(of: BoundarySet) -> alt.InlineData:
    return alt.InlineData(values=_document(of), format=alt.TopoDataFormat(feature="regions", type="topojson"))


@lru_cache(maxsize=4)
def _document(of: BoundarySet) -> Any:
    return document(of)
