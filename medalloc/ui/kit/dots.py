"""Maps of places without boundaries: a circle for every region."""

import altair as alt
import numpy as np
import pandas as pd

from medalloc.geography.extent import land_under, views
from medalloc.ui.kit import maps, palette

CLOSE = 3.0
"""Points no farther apart are drawn without land. [degrees]"""

CLOSE_UP = 215
"""Height or width that such points take. [pixels]"""

NAMED = 3
"""The largest of them, which carry their names. [count]"""

ROOM = 24
"""What is left around circles, which are wider than their places. [pixels]"""


def circles(shown: pd.DataFrame, picture: maps.Picture) -> maps.Drawing:
    """Return a map with a circle for every region, for places without boundaries.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``value``, ``longitude``, ``latitude`` and those of the hover; the area of the circle shows
        the first of these.
    """
    drawn = (
        alt.Chart(shown)
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
    if _spans(shown) <= CLOSE:
        return _close_up(drawn, shown)
    ground = land_under(shown["longitude"].to_numpy(float), shown["latitude"].to_numpy(float))
    view, _apart = views(maps.points(shown), most_apart=0)
    chart = alt.layer(*maps.projected([maps.land(ground), drawn], ground, view, around=ROOM))
    return chart.properties(height=maps.MAP_HEIGHT).configure_view(stroke=None)


def _spans(shown: pd.DataFrame) -> float:
    """Return how far apart points are [degrees]."""
    return float(max(np.ptp(shown["longitude"]), np.ptp(shown["latitude"])))


def _close_up(drawn: maps.Drawing, shown: pd.DataFrame) -> maps.Drawing:
    """Return points of one city or county by themselves: no boundary at hand is fine enough to lie under them."""
    west, south = shown["longitude"].min(), shown["latitude"].min()
    east, north = shown["longitude"].max(), shown["latitude"].max()
    middle = [float(west + east) / 2, float(south + north) / 2]
    shrunk = np.cos(np.radians(middle[1]))
    # so that circles fit into the height, and into the width of a telephone
    reach = max(float(north - south), float(east - west) * shrunk, 1e-3)
    scale = CLOSE_UP * shrunk / np.radians(reach)
    largest = shown.nlargest(NAMED, "extra0")
    named = alt.Chart(largest).encode(longitude="longitude:Q", latitude="latitude:Q", text="region:N")
    ground, ink = palette.LAND[palette.shade()], palette.TEXT[palette.shade()]
    # with an edge of the colour of the ground a name can be read where it lies on other circles
    edge = named.mark_text(dy=-22, fontSize=12, limit=120, stroke=ground, strokeWidth=4, strokeJoin="round", aria=False)
    names = named.mark_text(dy=-22, fontSize=12, limit=120, color=ink, aria=False)
    return (
        alt.layer(drawn, edge, names)
        .project(type="mercator", center=middle, scale=float(scale))
        .properties(height=410)
        .configure_view(stroke=palette.OUTLINE[palette.shade()], fill=palette.LAND[palette.shade()])
    )
