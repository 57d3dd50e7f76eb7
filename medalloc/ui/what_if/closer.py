"""On what the answer hangs, and what would have to be true for another."""

from collections.abc import Sequence
from typing import cast

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.scenarios.reaching import For, smallest
from medalloc.scenarios.sensitivity import STEP, Swing
from medalloc.ui import state
from medalloc.ui.kit import downloads, numbers, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _


def takes_long() -> None:
    """Say why a question is not asked of a plan that takes a search."""
    st.info(_("This is not tried here: it takes many plans, and each takes a search of its own."))


def tornado(plan: Plan, swings: Sequence[Swing]) -> None:
    """Show which number moves the answer most when it alone is changed."""
    st.subheader(_("What the answer hangs on"), anchor=False)
    base = float(plan.served.sum())
    table = pd.DataFrame(
        {
            "number": [words.plainly(each.change.about) for each in swings],
            "low": [each.low for each in swings],
            "high": [each.high for each in swings],
        }
    )
    pictures.altair(drawn(table, base), alt=_("People served when one number is changed"))
    said = _("Each number by itself is {percent}% lower and higher; the line is the base, {served} served.")
    said += (
        " " + _("A blank end: limits could then not be kept.") if table[["low", "high"]].isna().any(axis=None) else ""
    )
    st.caption(said.format(percent=round(100 * STEP), served=words.number(base, 0)))
    downloads.offer(table, "sensitivity", key="sensitivity")


def drawn(table: pd.DataFrame, base: float) -> Drawing:
    """Return bars from what is served with the lower number to what is served with the higher."""
    order = table["number"].tolist()
    shade = palette.shade()
    long = table.melt(id_vars="number", value_vars=["low", "high"], var_name="end", value_name="served").dropna()
    colour = alt.Color(
        "end:N",
        scale=alt.Scale(domain=["low", "high"], range=[palette.DIVERGING[shade][1], palette.ACCENT[shade]]),
        legend=alt.Legend(
            title=None, orient="top", labelExpr=f"datum.label == 'low' ? '{_('lower')}' : '{_('higher')}'"
        ),
    )
    bars = (
        alt.Chart(long.assign(base=base))
        .mark_bar(height=14)
        .encode(
            y=alt.Y("number:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)),
            x=alt.X(
                "served:Q",
                title=words.in_unit(_("Served [{unit}]")),
                scale=alt.Scale(zero=False),
                axis=alt.Axis(format=",.0f", tickCount=5),
            ),
            x2="base:Q",
            color=colour,
            tooltip=[
                alt.Tooltip("number:N", title=_("Number")),
                alt.Tooltip("served:Q", title=_("Served"), format=",.0f"),
            ],
        )
    )
    line = alt.Chart(pd.DataFrame({"base": [base]})).mark_rule(color=palette.TEXT[shade]).encode(x="base:Q")
    return alt.layer(bars, line).properties(height=alt.Step(26))


def goal(plan: Plan) -> None:
    """Say which stock or budget some plan would need to reach a coverage."""
    st.subheader(_("What would have to be true"), anchor=False)
    problem = plan.problem
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whats = [*problem.resource_names, *([None] if problem.budget is not None else [])]
        what = st.selectbox(
            _("How much of"),
            whats,
            format_func=lambda one: _("money") if one is None else words.resource(one),
            key="goal_what",
        )
        whom = st.selectbox(
            _("reaches for"),
            ["all", "worst-off"],
            format_func=lambda one: _("all regions together") if one == "all" else _("every region"),
            key="goal_of",
        )
        aim = numbers.free(_("a coverage of [%]"), "goal", 80.0, low=1.0, high=100.0, step=5.0)
        asked = st.button(_("Work it out"), icon=":material/calculate:", disabled=aim is None)
    if not asked:
        return
    kind = "budget" if what is None else "stock"
    found = state.keep(smallest, problem, kind, aim / 100, of=cast(For, whom), resource=what)
    now = problem.budget if what is None else problem.resources[problem.resource_names.index(what)].stock
    name = _("money") if what is None else words.escape(words.resource(what))
    if found is None:
        st.info(_("No number is enough: other limits hold it back, such as another resource, a cap or space."))
        return
    said = _("It takes {needed} {name}, instead of {now}; everything else stays as it is.")
    st.markdown(said.format(needed=f"**{words.number(found, 0)}**", name=name, now=words.number(float(now or 0), 0)))
