"""Maps drawn by the visitor's browser from boundaries that medalloc serves itself."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from medalloc.geography.boundaries import SETS, BoundarySet, ground
from medalloc.geography.matching import Places
from medalloc.ui.kit import palette
from medalloc.ui.kit.words import _

Drawing = Any
"""A chart of the drawing library, whose own types do not say what its methods return."""

PICKED = "picked"
"""Name of the selection on every map."""

MANY = 500
"""Regions from which on boundaries are thin and drawn as one image. [count]"""

CLOSE = 3.0
"""Points no farther apart are drawn without land. [degrees]"""

CLOSE_UP = 220
"""Height or width that such points take. [pixels]"""

NAMED = 3
"""The largest of them, which carry their names. [count]"""


@dataclass(frozen=True)
class Picture:
    """What a map shows."""

    title: str
    """Name of the quantity with its unit."""

    format: str
    """How a number is written, in d3's notation."""

    domain: tuple[float, float]
    """Ends of the colour scale; they stay while a slider moves."""

    change: bool = False
    """Whether the values are changes, with ends alike on both sides of zero."""

    extra: tuple[str, ...] = ()
    """Titles of further numbers in the columns ``extra0``, ``extra1``, …, shown on hover."""


def choropleth(shown: pd.DataFrame, places: Places, picture: Picture) -> Drawing:
    """Return a map with every region filled by its value.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``value`` and those of the hover.
    places : Places
        Boundary of each region.
    picture : Picture
        What the value is.
    """
    known = shown.assign(place=shown["region"].map(places.ids)).dropna(subset=["place"])
    filled = (
        alt.Chart(known)
        .mark_geoshape(stroke=palette.OUTLINE[palette.shade()], strokeWidth=0.5 if len(known) <= MANY else 0.1)
        .transform_lookup(lookup="place", from_=alt.LookupData(_shapes(places.boundary_set), "id"), as_="shape")
        .encode(shape=alt.Shape("shape:G"), color=_colour(picture), **_interaction(picture))
        .add_params(_picking())
    )
    drawn = _finished(alt.layer(_land(_backdrop(places.boundary_set)), filled), places.boundary_set)
    # thousands of shapes are drawn as one image: as elements of the page they would take seconds
    return drawn.properties(usermeta={"embedOptions": {"renderer": "canvas"}}) if len(known) > MANY else drawn


def circles(shown: pd.DataFrame, picture: Picture) -> Drawing:
    """Return a map with a circle for every region, for places without boundaries.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``value``, ``longitude``, ``latitude`` and those of the hover; the area of the circle shows
        the first of these.
    picture : Picture
        What the value is.
    """
    drawn = (
        alt.Chart(shown)
        .mark_circle(stroke=palette.TEXT[palette.shade()], strokeWidth=1, opacity=0.95)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("extra0:Q", scale=alt.Scale(range=[80, 1400]), legend=None),
            color=_colour(picture),
            **_interaction(picture),
        )
        .add_params(_picking())
    )
    if _spans(shown) <= CLOSE:
        return _close_up(drawn, shown)
    below = ground(shown["longitude"], shown["latitude"])
    return _finished(alt.layer(_land(below), drawn), below)


def _spans(shown: pd.DataFrame) -> float:
    """Return how far apart points are [degrees]."""
    return float(max(np.ptp(shown["longitude"]), np.ptp(shown["latitude"])))


def _close_up(drawn: Drawing, shown: pd.DataFrame) -> Drawing:
    """Return points of one city or county by themselves: no boundary at hand is fine enough to lie under them."""
    west, south = shown["longitude"].min(), shown["latitude"].min()
    east, north = shown["longitude"].max(), shown["latitude"].max()
    middle = [float(west + east) / 2, float(south + north) / 2]
    shrunk = np.cos(np.radians(middle[1]))
    # so that circles fit into the height, and into the width of a telephone
    reach = max(float(north - south), float(east - west) * shrunk, 1e-3)
    scale = CLOSE_UP * shrunk / np.radians(reach)
    largest = shown.nlargest(NAMED, "extra0")
    names = (
        alt.Chart(largest)
        .mark_text(dy=-20, fontSize=11, limit=110, color=palette.TEXT[palette.shade()], aria=False)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="region:N")
    )
    return (
        alt.layer(drawn, names)
        .project(type="mercator", center=middle, scale=float(scale))
        .properties(height=360)
        .configure_view(stroke=palette.OUTLINE[palette.shade()], fill=palette.LAND[palette.shade()])
    )


def bars(shown: pd.DataFrame, picture: Picture) -> Drawing:
    """Return a bar for every region, where nothing says where the regions are."""
    return (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=picture.title, axis=alt.Axis(format=picture.format)),
            y=alt.Y("region:N", title=None, sort="-x"),
            color=_colour(picture, legend=False),
            **_interaction(picture),
        )
        .add_params(_picking())
    )


def _interaction(picture: Picture) -> dict[str, object]:
    return {
        "description": alt.Description("region:N"),
        "tooltip": [
            alt.Tooltip("region:N", title=_("Region")),
            alt.Tooltip("value:Q", title=picture.title, format=picture.format),
            *(alt.Tooltip(f"extra{place}:Q", title=title, format=",.0f") for place, title in enumerate(picture.extra)),
        ],
        "opacity": alt.condition(alt.selection_point(name=PICKED, fields=["region"]), alt.value(1.0), alt.value(0.3)),
    }


def _picking() -> alt.Parameter:
    return alt.selection_point(name=PICKED, fields=["region"])


def _colour(picture: Picture, *, legend: bool = True) -> alt.Color:
    colours = palette.DIVERGING if picture.change else palette.SEQUENTIAL
    # a scale over its two ends alone would leave the middle colours to chance
    shades = colours[palette.shade()]
    ends = np.linspace(*picture.domain, len(shades)).tolist() if picture.change else list(picture.domain)
    # between orange and grey, the way around the colour circle leads through green
    scale = alt.Scale(domain=ends, range=shades, clamp=True, interpolate="lab")
    shown = alt.Legend(title=picture.title, orient="bottom", format=picture.format, gradientLength=220, titleLimit=300)
    return alt.Color("value:Q", scale=scale, legend=shown if legend else None)


def _shapes(boundary_set: BoundarySet) -> alt.UrlData:
    return alt.UrlData(
        url=boundary_set.address, format=alt.TopoDataFormat(feature=boundary_set.feature, type="topojson")
    )


def _backdrop(boundary_set: BoundarySet) -> BoundarySet:
    """Return the set whose land shows where no region is; for thousands of boundaries one that is drawn faster."""
    return {each.name: each for each in SETS}["us_states"] if boundary_set.name == "us_counties" else boundary_set


def _land(boundary_set: BoundarySet) -> Drawing:
    return alt.Chart(_shapes(boundary_set)).mark_geoshape(
        fill=palette.LAND[palette.shade()],
        stroke=palette.OUTLINE[palette.shade()],
        strokeWidth=0.5,
        # a backdrop says nothing, so screen readers pass it over
        aria=False,
    )


def _finished(layered: Any, boundary_set: BoundarySet) -> Drawing:
    return layered.project(type=boundary_set.projection, precision=0).properties(height=360).configure_view(stroke=None)
