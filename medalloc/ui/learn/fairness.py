"""Step 9, fairness: who loses what as a plan is asked to be fairer."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.lessons.fairness import REGIONS, WAYS, Shared, asked, shared
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, parts

FORMULAS = (
    r"\max\ \sum_i d_i\,u_\alpha(c_i),\qquad u_\alpha(c)=\tfrac{c^{1-\alpha}}{1-\alpha}",
    r"\sum_i r_i\,d_i\,c_i\le S,\qquad 0\le c_i\le 1",
    r"c_i\propto r_i^{-1/\alpha}",
)


def found() -> tuple[Problem, tuple[Shared, ...]]:
    """Return what is asked, and what each way of sharing gives."""
    chosen = state.learn()
    problem = state.keep(
        asked,
        chosen.learn_regions if chosen.learn_regions in REGIONS else 2,
        stock=chosen.learn_stock / 100,
        effort=chosen.learn_effort,
        room=chosen.learn_room / 100,
    )
    return problem, state.keep(shared, problem)


def now() -> Shared:
    """Return what the chosen way gives."""
    way = state.learn().learn_fair
    return found()[1][WAYS.index(way) if way in WAYS else 0]


def places() -> dict[str, str]:
    """Return what the regions are called."""
    return {
        "City": _("City"),
        "Harbour": _("Harbour"),
        "Plain": _("Plain"),
        "Lakes": _("Lakes"),
        "Valley": _("Valley"),
        "Hills": _("Hills"),
    }


def ways() -> dict[str, str]:
    """Return what every way of sharing is called."""
    alphas = {way: f"α = {way.removeprefix('alpha:')}" for way in WAYS if way.startswith("alpha:")}
    return {"most-served": _("most served"), **alphas, "max-min": _("max-min"), "equal": _("equal coverage")}


def answer() -> str:
    """Say who loses and who gains, against serving the most."""
    problem, every = found()
    most, change = every[0], now().served - every[0].served
    if np.abs(change).max() < 0.5:
        return _(
            "{served} of {demand} persons are served, and the region that is worst off has {lowest} of its need met; "
            "no plan serves more."
        ).format(**_said(problem))
    loser, winner = (problem.regions[int(pick(change))] for pick in (np.argmin, np.argmax))
    if change.max() < 0.5:
        return _(
            "{served} of {demand} persons are served, {fewer} fewer than could be: {loser} loses {lost}, and nobody "
            "gains."
        ).format(
            **_said(problem),
            fewer=words.number(float(most.served.sum() - now().served.sum())),
            loser=places()[loser],
            lost=words.number(float(-change.min())),
        )
    return _(
        "{served} of {demand} persons are served, {fewer} fewer than could be: {loser} loses {lost}, {winner} gains "
        "{gained}, and the region that is worst off has {lowest} of its need met."
    ).format(
        **_said(problem),
        fewer=words.number(float(most.served.sum() - now().served.sum())),
        loser=places()[loser],
        lost=words.number(float(-change.min())),
        winner=places()[winner],
        gained=words.number(float(change.max())),
    )


def _said(problem: Problem) -> dict[str, str]:
    return {
        "served": words.number(float(now().served.sum())),
        "demand": words.number(float(problem.demand.sum())),
        "lowest": words.percent(float(now().coverage.min())),
    }


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("How fair, and at whose cost?"),
        FORMULAS,
        _(
            "Regions share S beds. In region i there are d persons in need, each takes r beds, and the share c of them "
            "is served. α says how much more the worse off count: at 0 the plan serves the most, towards infinity "
            "only the worst off counts (max-min)."
        ),
        _("Equal coverage serves everywhere what the worst off has, even where that leaves beds unused."),
    )
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with result:
        st.altair_chart(coverage(), alt=_("Coverage of every region, beside that of serving the most"))
        figures()
    st.markdown("##### " + _("What fairness costs"))
    st.altair_chart(frontier(), alt=_("Persons served by the coverage of the worst off, for every way of sharing"))
    table()
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose how fair, among whom and within which limits."""
    names = ways()
    st.select_slider(
        _("How fair?"),
        WAYS,
        format_func=names.__getitem__,
        help=_("From serving the most to serving everywhere the same share."),
        **state.bound(at.learn.learn_fair),
    )
    st.radio(
        _("Regions"),
        list(REGIONS),
        horizontal=True,
        help=_("The later in the picture, the more beds a person takes."),
        **state.bound(at.learn.learn_regions),
    )
    st.slider(
        _("Beds there are, of those needed [%]"),
        10,
        100,
        step=5,
        help=_("Where there is enough for everybody, every way gives the same."),
        **state.bound(at.learn.learn_stock),
    )
    st.slider(
        _("Beds a person takes in the hills"),
        1.0,
        5.0,
        step=0.5,
        help=_("In the city one bed; longer stays and longer ways take more. At 1 serving the most has no favourite."),
        **state.bound(at.learn.learn_effort),
    )
    st.slider(
        _("Room in the hills, of its need [%]"),
        5,
        100,
        step=5,
        help=_("Where the worst off cannot be helped further, max-min goes on to the next; equal coverage does not."),
        **state.bound(at.learn.learn_room),
    )


def coverage() -> Drawing:
    """Return a bar a region, and a stroke at what serving the most would give."""
    problem, every = found()
    frame = pd.DataFrame(
        {
            "region": [places()[name] for name in problem.regions],
            "now": now().coverage,
            "most": every[0].coverage,
        }
    )
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


def frontier() -> Drawing:
    """Return every way as a point: how many it serves, and how much the worst off gets."""
    called, shade = ways(), palette.shade()
    frame = pd.DataFrame(
        {
            "way": [called[each.way] for each in found()[1]],
            "lowest": [float(each.coverage.min()) for each in found()[1]],
            "served": [float(each.served.sum()) for each in found()[1]],
            "here": [each.way == now().way for each in found()[1]],
        }
    )
    base = alt.Chart(frame).encode(
        x=alt.X("lowest:Q", title=_("Coverage of the worst off"), axis=alt.Axis(format=".0%")),
        y=alt.Y("served:Q", title=_("Persons served"), scale=alt.Scale(zero=False, nice=True, padding=20)),
        tooltip=[
            alt.Tooltip("way:N", title=_("How fair?")),
            alt.Tooltip("lowest:Q", title=_("Coverage of the worst off"), format=".1%"),
            alt.Tooltip("served:Q", title=_("Persons served"), format=",.0f"),
        ],
    )
    line = base.mark_line(color=palette.QUIET[shade]).encode(order="index:Q").transform_window(index="row_number()")
    colour = alt.condition("datum.here", alt.value(drawing.IN_NEED[shade]), alt.value(palette.ACCENT[shade]))
    points = base.mark_point(filled=True, opacity=1).encode(
        color=colour, size=alt.condition("datum.here", alt.value(220), alt.value(70))
    )
    return alt.layer(line, points).properties(height=260)


def figures() -> None:
    """Show what the answer is made of."""
    most = float(found()[1][0].served.sum())
    served = float(now().served.sum())
    layout.figures(
        [
            layout.Figure(_("Persons served"), words.number(served)),
            layout.Figure(_("Worst off"), words.percent(float(now().coverage.min()))),
        ]
    )
    layout.figures(
        [
            layout.Figure(
                _("Price of fairness"),
                words.percent((most - served) / most if most else 0.0),
                help=_("Persons served fewer than could be, over those who could."),
            ),
            layout.Figure(_("Beds unused"), words.number(now().unused)),
        ]
    )


def table() -> None:
    """Show what every region has, and what it loses."""
    problem, every = found()
    frame = pd.DataFrame(
        {
            "region": [places()[name] for name in problem.regions],
            "demand": problem.demand,
            "takes": problem.requirement[:, 0],
            "most": every[0].served,
            "served": now().served,
            "change": now().served - every[0].served,
            "coverage": 100 * now().coverage,
        }
    )
    number = st.column_config.NumberColumn
    parts.numbers(
        frame,
        key="learn_fairness_table",
        alt=_("Every region with its need, whom it has served, and what it loses or gains"),
        region=st.column_config.TextColumn(_("Region"), pinned=True),
        demand=number(_("Persons in need"), format="%.0f"),
        takes=number(_("Beds a person takes"), format="%.1f"),
        most=number(_("Served when serving the most"), format="%.0f"),
        served=number(_("Persons served"), format="%.0f"),
        change=number(_("Change [persons]"), format="%+.0f"),
        coverage=number(_("Coverage [%]"), format="%.1f"),
    )


def _questions() -> list[tuple[str, str]]:
    return [
        (
            _("Is serving the most persons unfair?"),
            _(
                "It counts every person the same, wherever they live; and therefore leaves those aside for whom one "
                "has to do more. Whether that is fair is no question of arithmetic: the plan can only say who pays."
            ),
        ),
        (
            _("What does one person more in the hills cost the city?"),
            _(
                "As many persons as a person in the hills takes beds. The price of fairness therefore grows with that "
                "number, and is 0 where everybody takes the same."
            ),
        ),
        (
            _("When do max-min and equal coverage differ?"),
            _(
                "When a region cannot be lifted further, for want of room. Max-min then serves the others with what is "
                "left; equal coverage levels them down, and beds stay unused from which nobody gains."
            ),
        ),
    ]
