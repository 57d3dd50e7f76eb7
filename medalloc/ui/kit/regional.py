"""Numbers by region as the best picture their places allow: choropleth, circles or bars."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.geography.matching import Places, find_places
from medalloc.tables.order import highest_first, lowest_first
from medalloc.ui import state
from medalloc.ui.kit import maps, words
from medalloc.ui.kit.words import _

Points = pd.DataFrame
"""Columns ``region``, ``longitude`` and ``latitude``."""


def places(regions: Sequence[str]) -> Places | None:
    """Return the boundaries of these regions, looked up once."""
    return state.keep(find_places, tuple(regions))


def draw(
    regions: Sequence[str],
    values: NDArray[np.float64],
    picture: maps.Picture,
    *,
    extra: Mapping[str, NDArray[np.float64]],
    points: Points | None,
    key: str,
) -> list[str]:
    """Draw one number a region and return the regions that are picked.

    Parameters
    ----------
    regions : sequence of str
        Names.
    values : ndarray of shape (n_regions,)
        What is shown.
    picture : maps.Picture
        What the values are.
    extra : mapping
        Further numbers for the tooltip, by title; the first one sizes circles.
    points : DataFrame, optional
        Where regions are of which no boundary is known.
    key : str
        Tells this picture from others on the screen.
    """
    # plain column names: a bracket in one would be read as a path by the drawing library
    columns = {f"extra{place}": numbers for place, numbers in enumerate(extra.values())}
    shown = pd.DataFrame({"region": list(regions), "value": values, **columns})
    picture = replace(picture, extra=tuple(extra))
    found = places(regions)
    if found is not None:
        chart = maps.choropleth(shown, found, picture)
        if found.unmatched:
            st.caption(
                _("Regions without a boundary, in the table only: {regions}.").format(
                    regions=words.escape(", ".join(found.unmatched[:10]))
                )
            )
    elif points is not None:
        chart = maps.circles(shown.merge(points, on="region"), picture)
        st.caption(
            _("Circles, because no boundaries are known for these regions; area shows {quantity}.").format(
                quantity=words.escape(next(iter(extra)))
            )
        )
    else:
        chart = maps.bars(shown, picture)
        st.caption(
            _(
                "Bars, because nothing says where these regions are: name countries, US states or counties or Chinese "
                "provinces, or add longitude and latitude."
            )
        )
    # a description with numbers in it would make the browser draw every boundary anew with each of them
    alt = _("{title} of {regions}; the sentence below and the table say the numbers.").format(
        title=picture.title, regions=words.regions(len(shown))
    )
    event = st.altair_chart(chart, key=key, on_select="rerun", selection_mode=maps.PICKED, alt=alt)
    st.caption(in_words(shown, picture))
    return [str(each["region"]) for each in event["selection"].get(maps.PICKED, []) if "region" in each]


def in_words(shown: pd.DataFrame, picture: maps.Picture) -> str:
    """Say what a picture shows, for those who do not see it."""
    regions, values = shown["region"].map(words.escape).tolist(), shown["value"].to_numpy()
    size = shown["extra0"].to_numpy() if "extra0" in shown.columns else None
    low, high = lowest_first(regions, values, size)[0], highest_first(regions, values, size)[0]
    title = words.escape(picture.title)
    if len(regions) == 1:
        said = _("{title}: {value} in {region}.")
        return said.format(title=title, value=_written(float(values[0]), picture), region=regions[0])
    return _("{title} of {regions}, from {low} in {lowest} to {high} in {highest}.").format(
        title=title,
        regions=words.regions(len(shown)),
        low=_written(float(values[low]), picture),
        lowest=regions[low],
        high=_written(float(values[high]), picture),
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
