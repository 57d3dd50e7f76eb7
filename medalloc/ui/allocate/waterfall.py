"""From what is served today to what the plan serves, region by region."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.ui.kit import palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

STEPS = 7
"""Regions with a step of their own; the others share one. [count]"""

ROOM, STEP = 0.02, 0.05
"""Least width of the picture, and steps at which it ends. [fraction]"""


def draw(plan: Plan, today: Plan) -> None:
    """Show how the plan comes from today's coverage to its own."""
    shown = steps(plan, today)
    pictures.altair(Sketch(drawn, shown, (ends(shown),)), alt=_("From today's coverage to the plan's, by region"))
    said = _("Existing units alone serve {today} of those in need; the plan serves {now}.")
    st.caption(said.format(today=words.percent(today.total_coverage, 1), now=words.percent(plan.total_coverage, 1)))


def steps(plan: Plan, today: Plan) -> pd.DataFrame:
    """Return where each step begins and ends, in order: today, the regions that move most, the others, the plan.

    Columns ``step``, ``start``, ``end``, ``change`` [fraction of demand] and ``kind`` (``total``, ``up``, ``down``).
    """
    demand = float(plan.problem.demand.sum())
    change = (plan.served - today.served) / demand if demand > 0 else np.zeros_like(plan.served)
    order = np.argsort(-np.abs(change), kind="stable")
    most = [place for place in order[:STEPS].tolist() if change[place] != 0]
    rest = float(change.sum() - change[most].sum())
    named = [(plan.problem.regions[place], float(change[place])) for place in most]
    if len(plan.problem.regions) > len(most) and abs(rest) > 0:
        named.append((_("all others"), rest))
    moved = [each for _name, each in named]
    ends = today.total_coverage + np.cumsum([0.0, *moved])
    rows = [(_("Today"), 0.0, today.total_coverage, today.total_coverage, "total")]
    rows += [
        (name, float(start), float(end), each, "up" if each >= 0 else "down")
        for (name, each), start, end in zip(named, ends[:-1], ends[1:], strict=True)
    ]
    rows.append((_("The plan"), 0.0, plan.total_coverage, plan.total_coverage, "total"))
    return pd.DataFrame(rows, columns=["step", "start", "end", "change", "kind"])


def ends(shown: pd.DataFrame) -> tuple[float, float]:
    """Return where a picture of such steps begins and ends [fraction]."""
    low, high = float(shown["end"].min()), float(shown[["start", "end"]].to_numpy().max())
    # the steps fill the picture: what was served before them is said at the first bar
    room = max(high - low, ROOM)
    # ends at whole steps stay where they are while a slider moves, and the picture is not made anew
    begin, end = np.floor(max(0.0, low - room / 2) / STEP) * STEP, np.ceil((high + room / 4) / STEP) * STEP
    return round(float(begin), 2), round(float(end), 2)


def drawn(shown: pd.DataFrame, domain: tuple[float, float]) -> Drawing:
    """Return the chart of such steps between these ends."""
    shade = palette.shade()
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["total", "up", "down"],
            range=[palette.QUIET[shade], palette.ACCENT[shade], palette.DIVERGING[shade][1]],
        ),
        legend=None,
    )
    # there is room for a number beyond 100%, and nothing to measure there
    axis = alt.Axis(format=".0%", tickCount=5, labelExpr="datum.value > 1.001 ? '' : datum.label")
    base = alt.Chart(shown).encode(
        y=alt.Y("step:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        tooltip=[
            alt.Tooltip("step:N", title=_("Region")),
            alt.Tooltip("change:Q", title=_("Of all in need"), format="+.1%"),
        ],
    )
    scale = alt.Scale(domain=list(domain))
    bars = base.mark_bar(height=16, clip=True).encode(
        x=alt.X("start:Q", title=_("Served, of those in need"), axis=axis, scale=scale), x2="end:Q", color=colour
    )
    numbers = base.mark_text(align="left", dx=5, color=palette.TEXT[shade]).encode(
        x="end:Q", text=alt.Text("change:Q", format=".1%")
    )
    return alt.layer(bars, numbers).properties(height=alt.Step(26))
