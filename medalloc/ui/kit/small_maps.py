"""Several plans as small maps beside each other, all on one scale, so that the eye compares them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.geography.extent import beyond_the_mainland, corners, views
from medalloc.geography.matching import Ground, Places, find_places
from medalloc.ui import brought, state
from medalloc.ui.kit import colours, maps, palette, pictures
from medalloc.ui.kit.maps import Drawing, Picture
from medalloc.ui.kit.words import _

MOST = 300
"""Regions up to which many maps are drawn at once. [count]"""

WIDTH, HEIGHT, ACROSS = 270, 150, 3
"""Size of one map [pixels], and how many stand beside each other [count]."""


def draw(
    regions: Sequence[str], shown: Mapping[str, NDArray[np.float64]], picture: Picture, ground: Ground, *, key: str
) -> None:
    """Show one small map for each set of values; nothing where there are no boundaries, or very many.

    Parameters
    ----------
    shown : mapping
        Values by what they are called, each of shape (n_regions,).
    """
    found = state.keep(find_places, tuple(regions), ground)
    if found is None or not found.ids or len(regions) > MOST or len(shown) < 2:
        return
    if found.boundary_set.shapes:
        brought.serve_boundaries(found.boundary_set)
    values = np.concatenate(list(shown.values()))
    picture = replace(picture, cuts=colours.breaks(values, picture.domain, colours.STEPS))
    chart = side_by_side({name: _frame(regions, each, found) for name, each in shown.items()}, found, picture)
    named = ", ".join(shown)
    pictures.altair(
        chart,
        title=picture.title,
        key=key,
        alt=_("{title} on a map for each of: {names}").format(title=picture.title, names=named),
    )


def side_by_side(shown: Mapping[str, pd.DataFrame], places: Places, picture: Picture) -> Drawing:
    """Return the maps of such frames, with columns ``region``, ``place`` and ``value``."""
    seen = corners(places.boundary_set)
    around = {region: seen[place] for region, place in places.ids.items() if place in seen}
    composed = places.boundary_set.projection is not None and beyond_the_mainland(around)
    view = None if composed else views(around)[0]
    filled = (
        alt.Chart()
        .mark_geoshape(stroke=palette.OUTLINE[palette.shade()], strokeWidth=0.3, clip=True)
        .transform_lookup(lookup="place", from_=alt.LookupData(maps.shapes(places.boundary_set), "id"), as_="shape")
        .encode(
            shape=alt.Shape("shape:G"),
            color=maps.colour(picture),
            tooltip=[
                alt.Tooltip("region:N", title=_("Region")),
                alt.Tooltip("value:Q", title=picture.title, format=picture.format),
            ],
        )
    )
    layers = maps.projected([maps.land(places.boundary_set), filled], places.boundary_set, view)
    frame = pd.concat([each.assign(of=name) for name, each in shown.items()], ignore_index=True)
    header = alt.Header(
        title=None,
        labelAnchor="start",
        labelColor=palette.TEXT[palette.shade()],
        labelFontSize=13,
        labelFontWeight=600,
        labelLimit=WIDTH,
    )
    return (
        alt.layer(*layers, data=frame)
        .properties(width=WIDTH, height=HEIGHT)
        .facet(facet=alt.Facet("of:N", sort=list(shown), header=header), columns=ACROSS)
        .configure_view(stroke=None)
    )


def _frame(regions: Sequence[str], values: NDArray[np.float64], found: Places) -> pd.DataFrame:
    frame = pd.DataFrame({"region": list(regions), "value": values})
    return frame.assign(place=frame["region"].map(found.ids)).dropna(subset=["place"])
