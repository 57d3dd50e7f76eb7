"""Who is served, by any column of the table of regions: bars by group, and the concentration curve."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.allocation.scorecard.equity import Equity
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _


def compare(columns: Sequence[str], found: Equity | None) -> None:
    """Let the visitor choose by what coverage is compared, and show it.

    Parameters
    ----------
    columns : sequence of str
        By which coverage can be compared.
    found : Equity, optional
        Coverage by the one that was chosen.
    """
    if not columns:
        return
    st.selectbox(
        _("Compare coverage by"),
        [None, *columns],
        format_func=lambda name: _("nothing") if name is None else name,
        placeholder=_("Choose a column"),
        help=_("A column of the table of regions: numbers are cut into fifths of the people, text is taken as groups."),
        **state.bound(at.study.limits.equity_by),
    )
    if found is None:
        return
    st.markdown(words.say(found.said))
    table = frame(found)
    if found.ordered:
        left, right = st.columns(2, gap="large")
        pictures.altair(where=left, chart=bars(table, found), alt=_("Coverage by group"))
        pictures.altair(
            where=right, chart=curve(found), alt=_("Concentration curve: share of coverage by share of people")
        )
        right.caption(
            _(
                "Line: people lined up from low to high {column}, and the share of all coverage that they have. "
                "Above the diagonal, those with low numbers have more than their share."
            ).format(column=words.escape(found.by))
        )
    else:
        pictures.altair(bars(table, found), alt=_("Coverage by group"))
    downloads.offer(table, "equity", key="equity")


def frame(found: Equity) -> pd.DataFrame:
    """Return the groups as a table: ``group``, ``regions``, ``demand``, ``served`` and ``coverage``."""
    return pd.DataFrame(
        {
            "group": words.all_plainly(found.groups),
            "regions": found.regions,
            "demand": found.demand,
            "served": found.served,
            "coverage": found.coverage,
        }
    )


def bars(shown: pd.DataFrame, found: Equity) -> Drawing:
    """Return the coverage of every group; those with an order stand in it, others by their coverage."""
    order = shown["group"].tolist() if found.ordered else shown.sort_values("coverage")["group"].tolist()
    base = alt.Chart(shown).encode(
        y=alt.Y("group:N", sort=order, title=found.by, axis=alt.Axis(labelLimit=180)),
        tooltip=[
            alt.Tooltip("group:N", title=found.by),
            alt.Tooltip("coverage:Q", title=_("Coverage"), format=".1%"),
            alt.Tooltip("demand:Q", title=_("In need"), format=",.0f"),
            alt.Tooltip("served:Q", title=_("Served"), format=",.0f"),
            alt.Tooltip("regions:Q", title=_("Regions"), format=","),
        ],
    )
    axis = alt.Axis(format=".0%", tickCount=5)
    coverage = alt.X("coverage:Q", title=_("Coverage"), scale=alt.Scale(domain=[0, 1]), axis=axis)
    drawn = base.mark_bar(color=palette.ACCENT[palette.shade()]).encode(x=coverage)
    numbers = base.mark_text(align="left", dx=4, color=palette.TEXT[palette.shade()]).encode(
        x=coverage, text=alt.Text("coverage:Q", format=".0%")
    )
    return alt.layer(drawn, numbers).properties(height=alt.Step(28))


def curve(found: Equity) -> Drawing:
    """Return the concentration curve with the diagonal of equality."""
    points = pd.DataFrame(found.curve, columns=["people", "coverage"])
    axis = alt.Axis(format=".0%", tickCount=5)
    base = alt.Chart(points)
    equal = base.mark_line(strokeDash=[4, 4], color=palette.QUIET[palette.shade()]).encode(x="people:Q", y="people:Q")
    line = base.mark_line(color=palette.ACCENT[palette.shade()], strokeWidth=2.5).encode(
        x=alt.X("people:Q", title=_("Share of people, from low to high"), axis=axis),
        y=alt.Y("coverage:Q", title=_("Share of coverage"), axis=axis),
    )
    return alt.layer(equal, line).properties(height=220)
