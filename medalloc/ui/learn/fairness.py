"""Step 9, fairness: who loses what as a plan is asked to be fairer."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.lessons.fairness import REGIONS, WAYS, Shared, asked, shared
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, pictures, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import fairness_pictures, material, parts

FORMULAS = (
    r"\max\ \sum_i d_i\,u_\alpha(c_i),\quad u_\alpha(c)=\tfrac{c^{1-\alpha}}{1-\alpha}",
    r"\alpha=1:\quad u_1(c)=\ln c",
    r"\sum_i r_i\,d_i\,c_i\le S,\quad 0\le c_i\le 1",
    r"c_i\propto r_i^{-1/\alpha}",
)


def found() -> tuple[Problem, tuple[Shared, ...]]:
    """Return what is asked, and what each way of sharing gives."""
    chosen = state.learn()
    problem = material.keep(
        asked,
        chosen.learn_regions if chosen.learn_regions in REGIONS else 2,
        stock=chosen.learn_stock / 100,
        effort=chosen.learn_effort,
        room=chosen.learn_room / 100,
    )
    return problem, material.keep(shared, problem)


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
    return {"most-served": _("maximise people served"), **alphas, "max-min": _("max-min"), "equal": _("equal coverage")}


def answer() -> str:
    """Say who loses and who gains, against serving the most."""
    problem, every = found()
    most, change = every[0], now().served - every[0].served
    if np.abs(change).max() < 0.5:
        return _(
            "{served} of {demand} people are served, and the region that is worst off has {lowest} of its "
            "need met; no plan serves more."
        ).format(**_said(problem))
    loser, winner = (problem.regions[int(pick(change))] for pick in (np.argmin, np.argmax))
    if change.max() < 0.5:
        return _(
            "{served} of {demand} people are served, {fewer} fewer than could be: {loser} loses {lost}, "
            "and nobody gains."
        ).format(
            **_said(problem),
            fewer=words.number(float(most.served.sum() - now().served.sum())),
            loser=places()[loser],
            lost=words.number(float(-change.min())),
        )
    return _(
        "{served} of {demand} people are served, {fewer} fewer than could be: {loser} loses {lost}, "
        "{winner} gains {gained}, and the region that is worst off has {lowest} of its need met."
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
            "Regions share S beds. In region i there are d people in need, each takes r beds, and the "
            "share c of them is served. α says how much more the worse off count: at 0 the plan serves the "
            "most, towards infinity only the worst off counts (max-min)."
        ),
        _("Equal coverage serves everywhere what the worst off has, even where that leaves beds unused."),
    )
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with result:
        problem, every = found()
        regions = [places()[name] for name in problem.regions]
        drawn = fairness_pictures.coverage(regions, now(), every[0])
        pictures.altair(drawn, of="", alt=_("Coverage of every region, beside that of serving the most"))
        figures()
    st.markdown("##### " + _("What fairness costs"))
    drawn = fairness_pictures.frontier(every, now(), ways())
    pictures.altair(drawn, of="", alt=_("People served by the coverage of the worst off, for every way of sharing"))
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


def figures() -> None:
    """Show what the answer is made of."""
    most = float(found()[1][0].served.sum())
    served = float(now().served.sum())
    layout.figures(
        [
            layout.Figure(_("People served"), words.number(served)),
            layout.Figure(_("Worst off"), words.percent(float(now().coverage.min()))),
        ]
    )
    layout.figures(
        [
            layout.Figure(
                _("Price of fairness"),
                words.percent((most - served) / most if most else 0.0),
                help=_("People served fewer than could be, over those who could."),
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
        demand=number(_("People in need"), format="%.0f"),
        takes=number(_("Beds a person takes"), format="%.1f"),
        most=number(_("Served when serving the most"), format="%.0f"),
        served=number(_("People served"), format="%.0f"),
        change=number(_("Change [people]"), format="%+.0f"),
        coverage=number(_("Coverage [%]"), format="%.1f"),
    )


def _questions() -> dict[str, str]:
    return {
        _("Is serving the most people unfair?"): _(
            "It counts every person the same, wherever they live; and therefore leaves those aside for whom one "
            "has to do more. Whether that is fair is no question of arithmetic: the plan can only say who pays."
        ),
        _("What does one person more in the hills cost the city?"): _(
            "As many people as a person in the hills takes beds. The price of fairness therefore grows "
            "with that number, and is 0 where everybody takes the same."
        ),
        _("When do max-min and equal coverage differ?"): _(
            "When a region cannot be lifted further, for want of room. Max-min then serves the others with what is "
            "left; equal coverage levels them down, and beds stay unused from which nobody gains."
        ),
    }
