"""How fair a plan is, in pictures: the coverage of every region, and every way on the frontier."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from medalloc.lessons.fairness import Shared
from medalloc.ui.kit import palette
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing


def coverage(regions: Sequence[str], now: Shared, most: Shared) -> Drawing:
    """Return a bar a region, and a stroke at what serving the most would give."""
    frame = pd.DataFrame({"region": list(regions), "now": now.coverage, "most": most.coverage})
    shade = palette.shade()
    tips = [
        alt.Tooltip("region:N", title=_("Region")),
        alt.Tooltip("now:Q", title=_("Coverage"), format=".1%"),
        alt.Tooltip("most:Q", title=_("Coverage when serving the most"), format=".1%"),
    ]
    base = alt.Chart(frame).encode(y=alt.Y("region:N", sort=None, title=None), tooltip=tips)
    scale = alt.Scale(domain=[0, 1])
    bars = base.mark_bar(color=palette.ACCENT[shade]).encode(
        x=alt.X("now:Q", title=_("Coverage; stroke: when serving the most"), scale=scale, axis=alt.Axis(format=".0%"))
    )
    strokes = base.mark_tick(thickness=4, size=30, color=drawing.IN_NEED[shade]).encode(x="most:Q")
    return alt.layer(bars, strokes).properties(height=alt.Step(44))


def frontier(every: Sequence[Shared], now: Shared, called: Mapping[str, str]) -> Drawing:
    """Return every way as a point: how many it serves, and how much the worst off gets."""
    shade = palette.shade()
    frame = pd.DataFrame(
        {
            "way": [called[each.way] for each in every],
            "lowest": [float(each.coverage.min()) for each in every],
            "served": [float(each.served.sum()) for each in every],
            "here": [each.way == now.way for each in every],
        }
    )
    base = alt.Chart(frame).encode(
        x=alt.X("lowest:Q", title=_("Coverage of the worst off"), axis=alt.Axis(format=".0%", tickCount=6)),
        y=alt.Y("served:Q", title=_("People served"), scale=alt.Scale(zero=False, nice=True, padding=20)),
        tooltip=[
            alt.Tooltip("way:N", title=_("How fair?")),
            alt.Tooltip("lowest:Q", title=_("Coverage of the worst off"), format=".1%"),
            alt.Tooltip("served:Q", title=_("People served"), format=",.0f"),
        ],
    )
    line = base.mark_line(color=palette.QUIET[shade]).encode(order="index:Q").transform_window(index="row_number()")
    colour = alt.condition("datum.here", alt.value(drawing.IN_NEED[shade]), alt.value(palette.ACCENT[shade]))
    points = base.mark_point(filled=True, opacity=1).encode(
        color=colour, size=alt.condition("datum.here", alt.value(220), alt.value(70))
    )
    return alt.layer(line, points).properties(height=260)
