"""A plan looked at closely, one question at a time: what is not asked for is neither worked out nor drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from medalloc.allocation.explaining.marginal import Marginal
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import kind_of
from medalloc.geography.matching import Ground
from medalloc.study.parts import Limits
from medalloc.study.steps import measures
from medalloc.ui import state
from medalloc.ui.allocate import coverage_bars, equity, fairness, plan_margin, plan_table, rivals, waits, waterfall
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, picking, views, words
from medalloc.ui.kit.words import _


@dataclass(frozen=True)
class Beside:
    """What a closer look needs besides the plan."""

    limits: Limits
    """As they were chosen."""

    by_hand: Mapping[str, str]
    """Why demand was set by hand, by region."""

    every: Callable[[], Mapping[str, Plan] | None]
    """Makes the plans of all policies."""

    exact: Callable[[], Marginal | None]
    """Works out what a unit more or less of each limit changes."""

    is_large: bool
    """Whether these are searched for by a job."""

    columns: Sequence[str]
    """By which coverage can be compared."""

    cells: pd.DataFrame | None
    """The one that was chosen, its rows by region."""

    ground: Ground
    """What maps are drawn from."""

    today: Plan | None
    """The plan of what stands where it stands, where something does."""


def section(plan: Plan, beside: Beside) -> None:
    """Answer the question about the plan that the visitor chooses."""
    st.subheader(_("Look closer"), anchor=False)
    match _question(beside.today):
        case "who":
            _who_and_why(plan, beside.today)
            # a plan on paper is incomplete without its regions
            plan_table.on_paper(plan, beside.by_hand)
        case "regions":
            plan_table.show(plan, beside.by_hand)
        case "today" if beside.today is not None:
            waterfall.draw(plan, beside.today)
        case "policies":
            made = rivals.section(plan, beside.every, is_large=beside.is_large)
            rivals.on_maps(made, beside.ground)
        case "fair":
            equity.compare(beside.columns, state.keep(measures.plan_equity, plan, beside.cells))
            fairness.scorecard(plan, state.keep(measures.plan_scores, plan, beside.cells))
        case "waits":
            waits.section(plan, beside.limits)
        case "margin":
            plan_margin.prices(plan)
            plan_margin.margin(plan, beside.exact)
        case _:
            st.markdown(method(plan))
    layout.glossary("demand", "coverage", "floor", "policy", "shadow price", "gini")


def _who_and_why(plan: Plan, today: Plan | None) -> None:
    bars, why = st.columns([7, 5], gap="large")
    with bars:
        coverage_bars.draw(plan, today, picking.picked(plan.problem.regions))
    with why:
        plan_table.in_groups(plan)


def _question(today: Plan | None) -> str:
    titles = {
        "who": _("Who is served"),
        "regions": _("By region"),
        "today": _("From today to the plan"),
        "policies": _("The policies side by side"),
        "fair": _("How fair it is"),
        "waits": _("Waits"),
        "margin": _("One more unit"),
        "method": _("How the plan is found"),
    }
    if today is None:
        del titles["today"]
    return views.one_of(_("Look closer"), titles, at.look.plan_part)


def method(plan: Plan) -> str:
    """Say how the plan was found and how good it provably is."""
    proofs = {
        "optimal": _("It is proved optimal: no plan exceeds {bound}, and this one reaches {value} (gap {gap})."),
        "best found": _("It is the best found: no plan exceeds {bound}, and this one reaches {value} (gap {gap})."),
        "rule": _(
            "The rule was followed exactly. No plan within these limits exceeds {bound}; this one reaches {value}, "
            "a gap of {gap}."
        ),
    }
    proof = proofs[plan.status]
    found = _("Method: {method}, {seconds} s. ").format(method=plan.method, seconds=words.number(plan.seconds, 3))
    proved = proof.format(
        value=words.number(plan.value, 0), bound=words.number(plan.bound, 0), gap=words.percent(plan.gap, 2)
    )
    return f"{found}{proved} {words.say(kind_of(plan.problem.policy).value)}"
