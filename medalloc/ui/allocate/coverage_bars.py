"""Who is served and who is not, region by region, with what today's units serve."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.ui.kit import palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

MOST = 15
"""Regions that are shown; of more, those with the most people left unserved. [count]"""


def draw(plan: Plan, today: Plan | None, only: Sequence[str] = (), most: int = MOST) -> None:
    """Show the coverage of all or some regions, the lowest first, with a tick where today's units would leave it."""
    shown = coverage(plan, today, only, most)
    alt_text = _("Coverage by region") if today is None else _("Coverage by region, with today's as a tick")
    pictures.altair(Sketch(bars, shown, (today is not None,)), alt=alt_text)
    said = _("The tick is what the existing units serve.") if today is not None else ""
    if not only and len(plan.problem.regions) > len(shown):
        said += " " + words.counted(
            "Shown is the {count} region with the most people left unserved, of {all}.",
            "Shown are the {count} regions with the most people left unserved, of {all}, the lowest coverage first.",
            len(shown),
        ).format(count=words.number(len(shown)), all=words.number(len(plan.problem.regions)))
    if said:
        st.caption(said.strip())


def coverage(plan: Plan, today: Plan | None, only: Sequence[str] = (), most: int = MOST) -> pd.DataFrame:
    """Return the regions that are shown, the lowest coverage first.

    Columns ``region``, ``served``, ``unmet`` [persons], ``coverage``, ``everyone`` and ``today`` [fraction].
    """
    frame = pd.DataFrame(
        {
            "region": list(plan.problem.regions),
            "served": plan.served,
            "unmet": plan.unmet,
            "coverage": plan.coverage,
            "everyone": 1.0,
            "today": np.nan if today is None else today.coverage,
        }
    )
    frame = frame[frame["region"].isin(only)] if only else frame
    chosen = frame.nlargest(most, "unmet") if len(frame) > most else frame
    return chosen.sort_values(["coverage", "unmet"], ascending=[True, False], kind="stable", ignore_index=True)


def bars(shown: pd.DataFrame, today: bool) -> Drawing:
    """Return the chart of such a frame."""
    shade = palette.shade()
    # in the order of the rows: with names in it the picture would be another one whenever a slider moves one of them
    base = alt.Chart(shown).encode(
        y=alt.Y("region:N", sort=None, title=None, axis=alt.Axis(labelLimit=200)),
        tooltip=[
            alt.Tooltip("region:N", title=_("Region")),
            alt.Tooltip("coverage:Q", title=_("Coverage"), format=".1%"),
            alt.Tooltip("served:Q", title=_("Served"), format=",.0f"),
            alt.Tooltip("unmet:Q", title=_("Unmet"), format=",.0f"),
        ],
    )
    axis = alt.X(
        "everyone:Q",
        title=_("Served, of those in need"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    drawn = [
        base.mark_bar(color=palette.LAND[shade]).encode(x=axis),
        base.mark_bar(color=palette.ACCENT[shade]).encode(x="coverage:Q"),
    ]
    if today:
        tick = base.mark_tick(color=palette.TEXT[shade], thickness=2.5, size=16)
        drawn.append(tick.encode(x="today:Q"))
    return alt.layer(*drawn).properties(height=alt.Step(22))
