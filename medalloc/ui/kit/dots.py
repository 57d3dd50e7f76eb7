"""Maps of places without boundaries: a circle for every region."""

from dataclasses import dataclass
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from medalloc.geography.boundaries import BoundarySet
from medalloc.geography.extent import View, land_under, views
from medalloc.ui.kit import maps, palette
from medalloc.ui.kit.sketch import Sketch

CLOSE = 3.0
"""Points no farther apart are drawn without land. [degrees]"""

CLOSE_UP = 215
"""Height or width that such points take. [pixels]"""

NAMED = 3
"""The largest of them, which carry their names. [count]"""

IS_NAMED = "named"
"""Column that is 1 for these."""

ROOM = 24
"""What is left around circles, which are wider than their places. [pixels]"""


@dataclass(frozen=True)
class Under:
    """What lies under circles."""

    ground: BoundarySet | None
    """The land; None where points lie so close together that no boundary at hand is fine enough."""

    view: View | None
    """The part of the earth that is shown with land, None for all of it."""

    middle: tuple[float, float]
    """Longitude and latitude without land. [degrees]"""

    scale: float
    """How large the earth is without land. [pixels]"""


def circles(shown: pd.DataFrame, picture: maps.Picture) -> Sketch:
    """Return a map with a circle for every region, for places without boundaries.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``value``, ``longitude``, ``latitude`` and those of the hover; the area of the circle shows
        the first of these.
    """
    under = _under(tuple(shown["longitude"]), tuple(shown["latitude"]))
    if under.ground is None:
        largest = shown["extra0"].rank(method="first", ascending=False) <= NAMED
        shown = shown.assign(**{IS_NAMED: largest.astype(np.int8)})
    return Sketch(_circles, shown, (under, picture))


@lru_cache(maxsize=32)
def _under(longitudes: tuple[float, ...], latitudes: tuple[float, ...]) -> Under:
    """Return what lies under points: nothing under those of one city or county."""
    longitude, latitude = np.array(longitudes, dtype=float), np.array(latitudes, dtype=float)
    west, east, south, north = longitude.min(), longitude.max(), latitude.min(), latitude.max()
    middle = (float(west + east) / 2, float(south + north) / 2)
    shrunk = np.cos(np.radians(middle[1]))
    # so that circles fit into the height, and into the width of a telephone
    reach = max(float(north - south), float(east - west) * shrunk, 1e-3)
    scale = float(CLOSE_UP * shrunk / np.radians(reach))
    if max(east - west, north - south) <= CLOSE:
        return Under(None, None, middle, scale)
    at = {str(place): each[None] for place, each in enumerate(np.column_stack([longitude, latitude]))}
    return Under(land_under(longitude, latitude), views(at, most_apart=0)[0], middle, scale)


def _circles(numbers: pd.DataFrame, under: Under, picture: maps.Picture) -> maps.Drawing:
    drawn = (
        alt.Chart(numbers)
        .mark_circle(stroke=palette.TEXT[palette.shade()], strokeWidth=1, opacity=0.95)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("extra0:Q", scale=alt.Scale(range=[80, 1400]), legend=None),
            color=maps.colour(picture),
            **maps.interaction(picture),
        )
        .add_params(maps.picking())
    )
    if under.ground is None:
        return _close_up(drawn, numbers, under)
    chart = alt.layer(*maps.projected([maps.land(under.ground), drawn], under.ground, under.view, around=ROOM))
    return chart.properties(height=maps.MAP_HEIGHT).configure_view(stroke=None)


def _close_up(drawn: maps.Drawing, numbers: pd.DataFrame, under: Under) -> maps.Drawing:
    """Return points by themselves, the largest with their names."""
    named = (
        alt.Chart(numbers)
        .transform_filter(f"datum.{IS_NAMED} === 1")
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="region:N")
    )
    ground, ink = palette.LAND[palette.shade()], palette.TEXT[palette.shade()]
    # with an edge of the colour of the ground a name can be read where it lies on other circles
    edge = named.mark_text(dy=-22, fontSize=12, limit=120, stroke=ground, strokeWidth=4, strokeJoin="round", aria=False)
    names = named.mark_text(dy=-22, fontSize=12, limit=120, color=ink, aria=False)
    return (
        alt.layer(drawn, edge, names)
        .project(type="mercator", center=list(under.middle), scale=under.scale)
        .properties(height=410)
        .configure_view(stroke=palette.OUTLINE[palette.shade()], fill=palette.LAND[palette.shade()])
    )
