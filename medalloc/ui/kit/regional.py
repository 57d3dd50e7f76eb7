"""Numbers by region as the best picture their places allow: choropleth, circles or bars."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.geography.matching import NO_MAP, Ground, Places, find_places
from medalloc.sentences import listed
from medalloc.tables.order import highest_first, lowest_first
from medalloc.ui import brought, state
from medalloc.ui.choices import at
from medalloc.ui.kit import boundary_names, colours, dots, maps, picking, pictures, views, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

NAMED = 10
"""Regions that a remark names; there may be more. [count]"""


def draw(
    regions: Sequence[str],
    values: NDArray[np.float64],
    picture: maps.Picture,
    *,
    extra: Mapping[str, NDArray[np.float64]],
    ground: Ground,
    key: str,
    controls: bool = True,
) -> None:
    """Draw one number a region, on which regions can be picked.

    Parameters
    ----------
    values : ndarray of shape (n_regions,)
        What is shown.
    extra : mapping
        Further numbers for the tooltip, by title; the first one sizes circles.
    """
    # plain column names: a bracket in one would be read as a path by the drawing library
    columns = {f"extra{place}": numbers for place, numbers in enumerate(extra.values())}
    shown = pd.DataFrame({"region": list(regions), "value": values, **columns})
    if controls and (chosen := picking.picked(regions)):
        shown[maps.ASIDE] = (~shown["region"].isin(chosen)).astype(np.int8)
    cuts = colours.breaks(values, picture.domain, state.look().map_colours)
    picture = replace(picture, extra=tuple(extra), cuts=cuts)
    found = state.keep(find_places, tuple(regions), ground)
    remarks: list[str] = []
    points = None if ground.points is None else ground.points[ground.points["region"].isin(shown["region"])]
    if found is not None and found.ids:
        if found.boundary_set.shapes:
            brought.serve_boundaries(found.boundary_set)
        if points is not None and found.unmatched:
            shown = shown.merge(points, on="region", how="left")
        chart = maps.choropleth(shown, found, picture)
        remarks = _about(found, () if points is None else tuple(points["region"]))
    elif points is not None and len(points):
        chart = dots.circles(shown.merge(points, on="region"), picture)
        remarks.append(
            _("Circles, because no boundaries are known for these regions; area shows {quantity}.").format(
                quantity=words.escape(next(iter(extra)))
            )
        )
    else:
        chart = Sketch(maps.bars, shown, (picture,))
        if found is not None and found.ties:
            either = (found.boundary_set.name, *found.ties)
            remarks.append(
                _(
                    "Bars, because several countries have regions of these names: {names}. Choose on the Data screen."
                ).format(names=listed(map(boundary_names.title, either), NAMED))
            )
        elif ground.chosen != NO_MAP:
            remarks.append(
                _(
                    "Bars, because nothing says where these regions are: give boundaries on the Data screen, or add "
                    "longitude and latitude."
                )
            )
    # a description with numbers in it would make the browser draw every boundary anew with each of them
    alt = _("{title} of {regions}; the sentence below and the table say the numbers.").format(
        title=picture.title, regions=words.regions(len(shown))
    )
    picked = picking.on_map(key, regions) if controls else {"key": key}
    pictures.altair(chart, title=picture.title, alt=alt, download=controls, **picked)
    for each in (in_words(shown, picture), *remarks):
        st.caption(each)
    if controls:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if not picture.change:
                _choose_colours()
            picking.by_name(regions)


def _choose_colours() -> None:
    named = {colours.STEPS: _("Equal steps"), colours.RANKS: _("Equal numbers of regions")}
    views.one_of(
        _("Colours"),
        named,
        at.look.map_colours,
        help=_("Whether each colour stands for a step of the same width, or for as many regions as every other."),
    )


def _about(found: Places, placed: tuple[str, ...]) -> list[str]:
    """Return what was guessed of the boundaries, and which regions have none."""
    remarks = []
    if found.near:
        said = listed((f"{region} = {name}" for region, name in found.near.items()), NAMED)
        remarks.append(
            _("Taken for the boundary that is called nearly the same: {regions}; change it on the Data screen.").format(
                regions=words.escape(said)
            )
        )
    circles = [name for name in found.unmatched if name in placed]
    if circles:
        remarks.append(
            _("Circles, because these regions have no boundary: {regions}.").format(
                regions=words.escape(listed(circles, NAMED))
            )
        )
    if lost := [name for name in found.unmatched if name not in placed]:
        remarks.append(
            _("Regions without a boundary, in the table only: {regions}.").format(
                regions=words.escape(listed(lost, NAMED))
            )
        )
    if found.ties:
        remarks.append(
            _("Drawn on {taken}; as many of these names are in {others}. Choose another on the Data screen.").format(
                taken=boundary_names.title(found.boundary_set.name),
                others=listed(map(boundary_names.title, found.ties)),
            )
        )
    return remarks


def in_words(shown: pd.DataFrame, picture: maps.Picture) -> str:
    """Say what a picture shows, for those who do not see it."""
    regions, values = shown["region"].map(words.escape).tolist(), shown["value"].to_numpy()
    size = shown["extra0"].to_numpy() if "extra0" in shown.columns else None
    low, high = lowest_first(regions, values, size)[0], highest_first(regions, values, size)[0]
    title = words.escape(picture.title)
    if len(regions) == 1:
        said = _("{title}: {value} in {region}.")
        return said.format(title=title, value=_written(float(values[0]), picture), region=regions[0])
    least, most = _written(float(values[low]), picture), _written(float(values[high]), picture)
    if least == most:
        said = _("{title} of {regions}: {value} in each.")
        return said.format(title=title, regions=words.regions(len(shown)), value=least)
    return _("{title} of {regions}, from {low} in {lowest} to {high} in {highest}.").format(
        title=title,
        regions=words.regions(len(shown)),
        low=least,
        lowest=regions[low],
        high=most,
        highest=regions[high],
    )


def _written(value: float, picture: maps.Picture) -> str:
    return words.percent(value) if picture.format.endswith("%") else words.number(value)


def domain(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of a scale from zero to a round number at or above the largest value."""
    largest = float(np.max(values, initial=0.0))
    if largest <= 0:
        return (0.0, 1.0)
    step = 10.0 ** np.floor(np.log10(largest))
    return (0.0, float(step * np.ceil(largest / step)))


def both_sides(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of a scale of changes: a round number at or above the largest, and the same below zero."""
    end = domain(np.abs(values))[1]
    return (-end, end)
