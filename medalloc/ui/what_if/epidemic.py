"""Follow an epidemic by day, and put what it brings on top of the demand of the what-if."""

from collections.abc import Callable

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.demand.surge import Surge, demand_factor
from medalloc.demand.surge_assumptions import CARE
from medalloc.study.steps import worlds
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, numbers, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

DASHES = {"hospital": [1, 0], "intensive_care": [6, 3], "ventilator": [2, 2]}
"""Kinds of care are told apart by their lines, not by colour alone."""


def section(asked: Problem, follow: Callable[[], Surge | None]) -> None:
    """Let the visitor describe an epidemic, see it by day, and take it into the what-if.

    Parameters
    ----------
    follow : callable
        Follows the epidemic by day; gives nothing while nobody has said how many live where it spreads.
    """
    with st.expander(_("Add an epidemic (SIR)"), icon=":material/coronavirus:", key="epidemic"):
        inputs, result = st.columns([2, 3], gap="large")
        with inputs:
            _controls(asked)
        with result, layout.failures_as_sentences():
            followed = follow()
            if followed is not None:
                _result(followed)
            else:
                st.info(_("Say how many live where it spreads; the population of these regions is not known."))


def care_names() -> dict[str, str]:
    """Return what each kind of care is called."""
    return {
        "hospital": _("in hospital"),
        "intensive_care": _("of these in intensive care"),
        "ventilator": _("of these on a ventilator"),
    }


def _controls(asked: Problem) -> None:
    numbers.asked(
        _("Population where it spreads [people]"),
        at.study.what_if.epidemic_population,
        low=1.0,
        value=None,
        step=1000.0,
        format="%g",
        placeholder=words.number(worlds.living(asked), 0) if worlds.living(asked) else None,
        help=_("Left empty, everybody who lives in the regions."),
    )
    numbers.asked(
        _("In hospital with it today [people]"),
        at.study.what_if.epidemic_today,
        low=0.1,
        step=10.0,
        format="%g",
        help=_("From this number follows how long the epidemic has been going on."),
    )
    st.slider(
        _("Infected double within [days]"),
        1.0,
        30.0,
        step=0.5,
        help=_("While contacts are as usual."),
        **state.bound(at.study.what_if.epidemic_doubling),
    )
    st.slider(
        _("Contacts are reduced by [%]"),
        0,
        100,
        step=1,
        help=_("From today on; the great unknown of every such curve."),
        **state.bound(at.study.what_if.epidemic_reduction),
    )
    _care()
    st.slider(
        _("Days to look ahead"),
        30,
        365,
        step=5,
        help=_("Today is day 0."),
        **state.bound(at.study.what_if.epidemic_days),
    )


def _care() -> None:
    """Let the visitor say who of the infected comes to hospital, and for how long."""
    left, right = st.columns(2)
    numbers.asked(
        _("Infected who are admitted [%]"),
        at.study.what_if.epidemic_rate,
        place=left,
        low=0.01,
        high=100.0,
        step=0.5,
        help=_("Three in ten of them need intensive care, two in ten a ventilator."),
    )
    numbers.asked(
        _("Length of stay [days]"),
        at.study.what_if.epidemic_stay,
        place=right,
        low=1,
        high=365,
        step=1,
        help=_("Mean time in hospital."),
    )


def _result(found: Surge) -> None:
    day, patients = found.peak()
    ahead = found.frame().loc[found.day >= 0]
    st.markdown(
        _(
            "At its peak, on day {day}, {patients} are in hospital because of it; on the day of the model that is "
            "nearest to today they are {now}."
        ).format(
            day=words.number(day),
            patients=words.number(patients, 0),
            now=words.number(float(ahead["census_hospital"].iloc[0]), 0),
        )
    )
    if day == found.day[-1]:
        st.info(_("The number in hospital still grows on the last day; look further ahead to see the peak."))
    for each in found.warnings:
        st.warning(words.say(each))
    pictures.altair(Sketch(drawn, by_care(ahead)), alt=_("People in hospital because of the epidemic, day by day"))
    _on_top(found)
    st.caption(
        _(
            "An SIR model in steps of a day, as the published CHIME model computes it: everybody meets everybody, and "
            "all stay equally long. It shows what assumptions lead to, and is no forecast."
        )
    )
    downloads.offer(ahead, "epidemic", key="epidemic")


def _on_top(found: Surge) -> None:
    """Let the visitor say what an ordinary day is, and take the epidemic into the what-if."""
    base = numbers.asked(
        _("In hospital on an ordinary day [people]"),
        at.study.what_if.epidemic_base,
        low=0.1,
        value=None,
        step=10.0,
        format="%g",
        help=_("Without the epidemic; demand grows by what comes on top of that."),
    )
    by = st.segmented_control(
        _("Demand grows as"),
        ("peak", "mean"),
        format_func={"peak": _("on the worst day"), "mean": _("on average")}.__getitem__,
        required=True,
        **state.bound(at.study.what_if.epidemic_by),
    )
    if not base:
        st.caption(_("Say how many are in hospital on an ordinary day, to put the epidemic on top of the demand."))
        return
    grown = demand_factor(found, base, by="mean" if by == "mean" else "peak")
    st.markdown(
        _("Demand is then {factor} times that of an ordinary day, in every region alike.").format(
            factor=words.number(grown, 2)
        )
    )
    st.toggle(
        _("Take the epidemic into the what-if"),
        help=_("Multiplies the demand of the what-if, on top of the slider."),
        **state.bound(at.study.what_if.epidemic_on),
    )


def by_care(ahead: pd.DataFrame) -> pd.DataFrame:
    """Return persons in each kind of care by day, in columns ``day``, ``persons``, ``care``."""
    every = ({"day": ahead["day"], "persons": ahead[f"census_{care}"], "care": care_names()[care]} for care in CARE)
    return pd.concat([pd.DataFrame(each) for each in every])


def drawn(shown: pd.DataFrame) -> Drawing:
    """Return a line for each kind of care."""
    order = [care_names()[care] for care in CARE]
    return (
        alt.Chart(shown)
        .mark_line(strokeWidth=2.5, color=palette.ACCENT[palette.shade()])
        .encode(
            x=alt.X("day:Q", title=_("Day")),
            y=alt.Y("persons:Q", title=_("People"), axis=alt.Axis(format=",.0f")),
            strokeDash=alt.StrokeDash(
                "care:N",
                title=None,
                scale=alt.Scale(domain=order, range=[DASHES[care] for care in CARE]),
                legend=alt.Legend(orient="top", columns=1, symbolStrokeWidth=2.5, symbolSize=600, labelLimit=260),
            ),
            tooltip=[
                alt.Tooltip("day:Q", title=_("Day")),
                alt.Tooltip("care:N", title=_("Care")),
                alt.Tooltip("persons:Q", title=_("People"), format=",.0f"),
            ],
        )
        .properties(height=340)
    )
