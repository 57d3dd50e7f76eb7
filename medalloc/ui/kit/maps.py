"""Maps drawn by the visitor's browser from boundaries that medalloc serves itself."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from medalloc.geography.boundaries import SETS, BoundarySet
from medalloc.geography.extent import View, beyond_the_mainland, corners, views
from medalloc.geography.matching import Places
from medalloc.ui.kit import colours, palette, sent
from medalloc.ui.kit.picking import PICKED
from medalloc.ui.kit.sketch import Drawing as Drawing
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

MANY = 500
"""Regions from which on boundaries are thin and drawn as one image. [count]"""

MAP_HEIGHT = 420
"""Height of a map with its legend. [pixels]"""

MANY_DIGITS = 1e6
"""Numbers from which on a legend writes 20M."""

INSET, INSET_WIDTH = 84, 96
"""Height and width of the small maps in it. [pixels]"""

INSETS_ABOVE = 3
"""Small maps above each other. [count]"""

ASIDE = "aside"
"""Column that is 1 for regions that are not picked; there only where some are."""

INSET_OF = "inset"
"""Column with the number of the small map that a region is in, 0 for the large one; there only where some are."""

DOT = 7
"""Radius of a region of which only the place is known. [pixels]"""


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

    cuts: tuple[float, ...] = ()
    """Where one colour ends and the next begins."""


@dataclass(frozen=True)
class Layout:
    """How a map of some regions lies on the screen, whatever their numbers are."""

    of: BoundarySet
    """Where the boundaries are; without shapes that somebody brought, which a browser asks for by the address."""

    main: View | None
    """The part of the earth that is shown, None for all of it."""

    apart: tuple[View, ...]
    """What is shown in small maps beside it."""

    many: bool
    """Whether boundaries are thin and drawn as one image."""

    lookup: str
    """Column by which a region finds its boundary."""

    key: str
    """What that is called in the file of boundaries."""

    digits: int
    """Of the numbers that are sent in place of names; 0 where names are. [count]"""


def choropleth(shown: pd.DataFrame, places: Places, picture: Picture) -> Sketch:
    """Return a map with every region filled by its value; one of which only the place is known is a circle.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``value`` and those of the hover; ``longitude`` and ``latitude`` where some are known.
    """
    known, beside = shown.assign(place=shown["region"].map(places.ids)), shown.head(0)
    if "longitude" in shown.columns:
        dots = known["place"].isna() & known["longitude"].notna()
        beside = known[dots]
        # of a region with a boundary, its point is not needed
        known.loc[~dots, ["longitude", "latitude"]] = np.nan
        known = known[known["place"].notna() | dots]
    else:
        known = known.dropna(subset=["place"])
    circles = (
        tuple(beside[["region", "longitude", "latitude"]].itertuples(index=False, name=None)) if len(beside) else ()
    )
    layout = _laid_out(places.boundary_set, tuple(known["region"]), tuple(known["place"].fillna("")), circles)
    if layout.apart:
        inset = {region: number for number, view in enumerate(layout.apart, start=1) for region in view.regions}
        known = known.assign(**{INSET_OF: known["region"].map(inset).fillna(0).astype(np.int8)})
    if layout.digits:
        known = known.drop(columns="region").astype({"place": np.int32})
    return Sketch(_map, sent.slim(known, keep_place=layout.lookup == "place"), (layout, picture))


@lru_cache(maxsize=32)
def _laid_out(
    of: BoundarySet, regions: tuple[str, ...], places: tuple[str, ...], circles: tuple[tuple[str, float, float], ...]
) -> Layout:
    """Return how a map lies: of some regions, their boundaries, and circles of those that have none."""
    seen = corners(of)
    around = {region: seen[place] for region, place in zip(regions, places, strict=True) if place in seen}
    around |= {region: np.array([[longitude, latitude]]) for region, longitude, latitude in circles}
    composed = of.projection is not None and beyond_the_mainland(around)
    main, apart = (None, ()) if composed else views(around)
    known = pd.DataFrame({"region": regions, "place": places})
    lookup, key = sent.lookup(known, of)
    many = len(regions) > MANY
    digits = 0
    if many and not circles and sent.are_numbers(known, key):
        # of thousands of regions the names are most of what is sent, and the browser has them with the boundaries
        digits, lookup, key = len(places[0]), "place", "id"
    return Layout(replace(of, own=(), shapes=""), main, apart, many, lookup, key, digits)


def _map(numbers: pd.DataFrame, layout: Layout, picture: Picture) -> Drawing:
    filled = _filled(numbers, layout, picture)
    drawn = [land(_backdrop(layout.of)), _of_inset(filled, 0) if layout.apart else filled]
    columns = -(-len(layout.apart) // INSETS_ABOVE)
    layers = projected(drawn, layout.of, layout.main, left=columns * (INSET_WIDTH + 6))
    for place, view in enumerate(layout.apart):
        layers += _inset(_of_inset(_filled(numbers, layout, picture), place + 1), view, place)
    chart = alt.layer(*layers).properties(height=MAP_HEIGHT).configure_view(stroke=None)
    # thousands of shapes are drawn as one image: as elements of the page they would take seconds
    return chart.properties(usermeta={"embedOptions": {"renderer": "canvas"}}) if layout.many else chart


def _filled(numbers: pd.DataFrame, layout: Layout, picture: Picture) -> Drawing:
    """Return regions with their values."""
    chart = alt.Chart(numbers).mark_geoshape(
        stroke=palette.OUTLINE[palette.shade()], strokeWidth=0.1 if layout.many else 0.5, clip=True
    )
    if layout.digits:
        chart = chart.transform_calculate(place=f"pad(datum.place, {layout.digits}, '0', 'left')")
    found = alt.LookupData(shapes(layout.of), layout.key)
    chart = chart.transform_lookup(lookup=layout.lookup, from_=found, as_="shape")
    if layout.digits:
        chart = chart.transform_calculate(region="datum.shape.properties.name")
    if "longitude" in numbers.columns:
        point = "{type: 'Feature', geometry: {type: 'Point', coordinates: [datum.longitude, datum.latitude]}}"
        chart = chart.transform_calculate(shape=f"datum.shape ? datum.shape : {point}")
    return chart.encode(shape=alt.Shape("shape:G"), color=colour(picture), **interaction(picture)).add_params(picking())


def _of_inset(filled: Drawing, number: int) -> Drawing:
    """Return what is drawn in one of the small maps alone, or in the large one, which is number 0."""
    return filled.transform_filter(f"datum.{INSET_OF} === {number}")


def projected(
    drawn: list[Drawing], of: BoundarySet, view: View | None, *, around: int = 4, left: int = 0
) -> list[Drawing]:
    """Return layers on the projection that shows a part of the earth, or all of it, with room around [pixels]."""
    if view is None:
        return [each.project(type=of.projection or "equalEarth", precision=0, pointRadius=DOT) for each in drawn]
    room = f"[[{left + around}, {around}], [width - {around}, height - {around}]]"
    return [each.project(**_around(view, room)) for each in drawn]


def _around(view: View, room: str) -> dict[str, Any]:
    """Return the projection that shows a part of the earth in a part of the picture."""
    longitude, latitude = view.middle
    return {
        "type": "azimuthalEqualArea",
        "rotate": [-longitude, -latitude, 0],
        "fit": {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "MultiPoint", "coordinates": [list(each) for each in view.edge]},
        },
        "extent": {"expr": room},
        "pointRadius": DOT,
        "precision": 0,
    }


def _inset(filled: Drawing, view: View, place: int) -> list[Drawing]:
    """Return a small map of regions far away, in a frame at the left of the large one, with their names."""
    column, row = divmod(place, INSETS_ABOVE)
    left, right = column * (INSET_WIDTH + 6), column * (INSET_WIDTH + 6) + INSET_WIDTH
    # the legend takes part of the height, and nobody knows how much before it is drawn
    bottom = f"height - {row * (INSET + 6) + 2}"
    top = f"{bottom} - {INSET}"
    room = f"[[{left + 6}, {top} + 18], [{right - 6}, {bottom} - 6]]"
    frame = alt.Chart(alt.InlineData(values=[{"name": ", ".join(sorted(view.regions))}])).encode(x=alt.value(left + 1))
    quiet = palette.QUIET[palette.shade()]
    return [
        frame.mark_rect(stroke=quiet, strokeWidth=0.5, fillOpacity=0, aria=False).encode(
            x2=alt.value(right), y=alt.value(alt.expr(top)), y2=alt.value(alt.expr(bottom))
        ),
        frame.mark_text(
            align="left", dx=4, fontSize=10, limit=INSET_WIDTH - 8, color=palette.TEXT[palette.shade()], aria=False
        ).encode(y=alt.value(alt.expr(f"{top} + 10")), text="name:N"),
        filled.project(**_around(view, room)),
    ]


def bars(shown: pd.DataFrame, picture: Picture) -> Drawing:
    """Return a bar for every region, where nothing says where the regions are."""
    return (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=picture.title, axis=alt.Axis(format=picture.format)),
            y=alt.Y("region:N", title=None, sort="-x"),
            color=colour(picture, legend=False),
            **interaction(picture),
        )
        .add_params(picking())
    )


def interaction(picture: Picture) -> dict[str, object]:
    """Return what a region says when it is pointed at, and how it looks when another is picked."""
    return {
        "description": alt.Description("region:N"),
        "tooltip": [
            alt.Tooltip("region:N", title=_("Region")),
            alt.Tooltip("value:Q", title=picture.title, format=picture.format),
            *(alt.Tooltip(f"extra{place}:Q", title=title, format=",.0f") for place, title in enumerate(picture.extra)),
        ],
        # what is being picked, and of what was picked before or elsewhere what the table sent says
        "opacity": alt.OpacityValue(
            0.3,
            condition={
                "test": {"and": [{"param": PICKED, "empty": True}, f"datum.{ASIDE} !== 1"]},
                "value": 1.0,
            },
        ),
    }


def picking() -> alt.Parameter:
    """Return what picks regions."""
    return alt.selection_point(name=PICKED, fields=["region"])


def colour(picture: Picture, *, legend: bool = True) -> Any:
    """Return what colour each value has; one for all where there are no steps."""
    if not picture.cuts and not picture.change:
        return alt.value(palette.ACCENT[palette.shade()])
    scale = colours.both_sides(picture.domain) if picture.change else colours.steps(picture.cuts)
    # nine digits at each step would lie on each other
    form = "~s" if picture.format == ",.0f" and picture.domain[1] >= MANY_DIGITS else picture.format
    shown = alt.Legend(title=picture.title, orient="bottom", format=form, gradientLength=220, titleLimit=300)
    return alt.Color("value:Q", scale=scale, legend=shown if legend else None)


def shapes(boundary_set: BoundarySet) -> alt.UrlData:
    """Return where the browser finds the boundaries of a set."""
    return alt.UrlData(url=boundary_set.address, format=alt.TopoDataFormat(feature="regions", type="topojson"))


def _backdrop(boundary_set: BoundarySet) -> BoundarySet:
    """Return the set whose land shows where no region is; for thousands of boundaries one that is drawn faster."""
    return {each.name: each for each in SETS}["us_states"] if boundary_set.name == "us_counties" else boundary_set


def land(boundary_set: BoundarySet) -> Drawing:
    """Return what lies under and beside the regions."""
    return alt.Chart(shapes(boundary_set)).mark_geoshape(
        fill=palette.LAND[palette.shade()],
        stroke=palette.OUTLINE[palette.shade()],
        strokeWidth=0.5,
        clip=True,
        # a backdrop says nothing, so screen readers pass it over
        aria=False,
    )
