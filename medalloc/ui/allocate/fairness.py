"""How fair a plan is: the scorecard on the Allocate screen, the frontier on the What-if screen."""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Problem
from medalloc.allocation.scorecard import Score
from medalloc.scenarios.frontier import FrontierPoint
from medalloc.scenarios.frontier import frontier as trace
from medalloc.ui import state
from medalloc.ui.kit import downloads, palette, pictures, printed, words
from medalloc.ui.kit.growing import Growing
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

FLAT = 1e-6
"""Share by which values may differ and still be the same."""

POINTS = 25
"""Points of the frontier; each is a plan of its own."""

REDRAW = 0.3
"""Time between two pictures of a frontier that grows. [s]"""


PLAIN = ("lowest_coverage", "lowest_over_highest", "gini")
"""Measures that a board reads first."""


def scorecard(plan: Plan, scores: Sequence[Score]) -> None:
    """Show the plain measures of fairness with their best value and what they mean in words, and all on request.

    Parameters
    ----------
    plan : Plan
        What is judged.
    scores : sequence of Score
        Every measure.
    """
    every = st.toggle(_("All measures"), key="all_measures")
    scores = [each for each in scores if every or each.key in PLAIN]
    shown = pd.DataFrame(
        {
            "measure": [words.plainly(each.name) for each in scores],
            "value": [_written(each, each.value) for each in scores],
            "best": [_written(each, each.best) for each in scores],
            "meaning": [words.plainly(each.meaning) for each in scores],
        }
    )
    printed.grid(
        shown,
        column_config={
            "measure": st.column_config.TextColumn(_("Measure"), pinned=True),
            "value": st.column_config.TextColumn(_("This plan"), alignment="right"),
            "best": st.column_config.TextColumn(_("At best"), alignment="right"),
            "meaning": st.column_config.TextColumn(_("What it means"), width="large"),
        },
        alt=_("Measures of fairness of the plan"),
    )
    level = words.percent(plan.total_coverage, 1)
    said = _("Read them beside the level: {level} of expected need is met. Nobody served would be perfectly equal.")
    st.caption(said.format(level=level))
    downloads.offer(shown, "fairness", key="fairness")


def _written(score: Score, number: float) -> str:
    return words.percent(number, 1) if score.unit == "fraction" else words.number(number, 3)


def frontier(problem: Problem) -> None:
    """Draw efficiency against fairness as points arrive; a point that is picked can be taken as the plan."""
    st.subheader(_("Efficiency-fairness trade-off"), anchor=False)
    st.markdown(
        words.in_unit(_("Each point serves the most {unit} that its common floor allows, within the base's limits."))
    )
    points = _arriving(state.keep(_growing, problem))
    if len(points) < 2:
        st.info(_("Serving the most costs no fairness here: no higher common floor fits the limits."))
        return
    shown = _as_table(points)
    if np.ptp(shown["value"]) <= FLAT * shown["value"].max():
        st.info(
            _("Fairness costs nothing here: every floor up to {floor} serves as many as none does.").format(
                floor=words.percent(float(shown["floor"].max()))
            )
        )
    event = pictures.altair(
        _drawn(shown),
        key="frontier",
        on_select="rerun",
        selection_mode="point",
        alt=_("People served against the coverage of the worst-off region"),
    )
    picked = event["selection"].get("point", [])
    if picked:
        floor = int(100 * float(picked[0]["floor"]))
        st.button(
            _("Take this plan: a floor of {floor}% for every region").format(floor=floor),
            on_click=state.change,
            kwargs={"floor": floor / 100, "policy": MOST_SERVED},
        )
    else:
        st.caption(_("Pick a point to take its plan."))
    downloads.offer(shown, "frontier", key="frontier_points")


def _growing(problem: Problem) -> Growing[FrontierPoint]:
    """Return the plans between serving the most and the largest common floor, most served first, as far as found."""
    return Growing(trace(replace(problem, policy=MOST_SERVED), POINTS))


def _arriving(points: Growing[FrontierPoint]) -> list[FrontierPoint]:
    """Return all points; those still to be found are drawn while they arrive."""
    if points.complete:
        return points.found
    place, drawn = st.empty(), 0.0
    for _point in points.more():
        if perf_counter() - drawn < REDRAW:
            continue
        with place.container():
            count = len(points.found)
            st.progress(count / POINTS, _("Points found: {count} of at most {most}").format(count=count, most=POINTS))
            if count > 1:
                pictures.altair(
                    _drawn(_as_table(points.found)), alt=_("The points that were found so far"), download=False
                )
        drawn = perf_counter()
    place.empty()
    return points.found


def _as_table(points: Sequence[FrontierPoint]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "floor": [each.floor for each in points],
            "lowest": [each.lowest_coverage for each in points],
            "served": [each.served for each in points],
            "value": [each.value for each in points],
            "price": [each.price_of_fairness for each in points],
            "gini": [each.gini for each in points],
        }
    )


def _drawn(shown: pd.DataFrame) -> Drawing:
    picking = alt.selection_point(name="point", fields=["floor"])
    tips = [
        alt.Tooltip("floor:Q", title=_("Floor"), format=".1%"),
        alt.Tooltip("lowest:Q", title=_("Lowest coverage"), format=".1%"),
        alt.Tooltip("served:Q", title=words.in_unit(_("Served [{unit}]")), format=",.0f"),
        alt.Tooltip("price:Q", title=_("Price of fairness"), format=".2%"),
        alt.Tooltip("gini:Q", title=_("Gini of coverage"), format=".3f"),
    ]
    near, largest = alt.Scale(zero=False), float(shown["value"].max())
    # differences that only rounding makes must not fill the picture
    span = [min(float(shown["value"].min()), 0.98 * largest), largest]
    lowest = alt.Axis(title=_("Coverage of the worst-off region"), format=".0%", tickCount=6)
    value = alt.Axis(title=_("Served, counted with their value"), format=",.0f", tickCount=5)
    base = alt.Chart(shown).encode(
        x=alt.X("lowest:Q", axis=lowest, scale=near),
        y=alt.Y("value:Q", axis=value, scale=alt.Scale(domain=span, nice=True)),
    )
    colour = palette.ACCENT[palette.shade()]
    points = base.mark_point(filled=True, size=110, color=colour).encode(
        tooltip=tips, opacity=alt.condition(picking, alt.value(1.0), alt.value(0.35))
    )
    return alt.layer(base.mark_line(color=colour), points.add_params(picking)).properties(height=320)
