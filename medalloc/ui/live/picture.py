"""Counts of all regions together over time: what came before, what has come in so far, and what is still to come."""

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.demand.forecasting.panel import Panel
from medalloc.ui.kit import palette, pictures, telling
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.live import source

HEIGHT = 240
"""Of the picture. [pixels]"""


def over_time(panel: Panel, played: int, *, download: bool = True) -> None:
    """Draw counts up to where the replay stands; those to come are not shown before they have come."""
    start = source.start_of(panel)
    told = telling.over_time(panel)
    frame = pd.DataFrame({"date": panel.dates, "count": told.filled.sum(axis=0)}).iloc[max(0, start - source.LAST) :]
    frame["part"] = ["before"] * (len(frame) - panel.length + start) + ["now"] * (panel.length - start)
    shown = frame.iloc[: len(frame) - panel.length + start + played]
    pictures.altair(
        _line(shown, (frame["date"].iloc[0], frame["date"].iloc[-1])),
        alt=_("Counts of all regions together, before the replay and as far as it has come"),
        title=_("All regions together"),
        download=download,
    )
    st.caption(_("Gray is what was known before, colored is what has come in since."))


def _line(shown: pd.DataFrame, ends: tuple[pd.Timestamp, pd.Timestamp]) -> Drawing:
    shade = palette.shade()
    first = shown[shown["part"] == "now"]
    drawn = [(shown[shown["part"] == "before"], palette.QUIET[shade]), (first, palette.ACCENT[shade])]
    return alt.layer(
        *(
            alt.Chart(frame)
            .mark_area(line={"color": colour, "strokeWidth": 2}, color=colour, fillOpacity=0.15)
            .encode(
                x=alt.X(
                    "date:T", title=None, scale=alt.Scale(domain=[each.isoformat() for each in ends]),
                    axis=alt.Axis(format="%b %Y", labelFlush=True, tickCount=6),
                ),
                y=alt.Y("count:Q", title=None, axis=alt.Axis(tickCount=4)),
                tooltip=[
                    alt.Tooltip("date:T", title=_("Date"), format="%Y-%m-%d"),
                    alt.Tooltip("count:Q", title=_("All regions together"), format=",.0f"),
                ],
            )
            for frame, colour in drawn
        )
    ).properties(height=HEIGHT)  # fmt: skip
