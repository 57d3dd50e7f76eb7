"""A plan on the screen: its answer in one sentence, figures, map, table with reasons, prices, rival policies."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from medalloc.allocation.explaining import telling
from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import kind_of
from medalloc.allocation.program.needed import needs_program
from medalloc.study.parts import Limits
from medalloc.ui import state
from medalloc.ui.allocate import coverage_bars, fairness, plan_margin, plan_table, waits
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.layout import Figure
from medalloc.ui.kit.words import _

MANY = 1_000
"""Regions times resources from which rival plans are made on request only, where each is a search. [count]"""


def answer(plan: Plan) -> str:
    """Answer the screen's question in one sentence."""
    return words.say(telling.answer(plan))


def in_short(plan: Plan) -> None:
    """Say under the answer what goes where, what keeps it from being more, and how good the plan is."""
    st.markdown(" ".join(words.say(each) for each in telling.in_short(plan, state.counted_in())))


def figures(plan: Plan, base: Plan | None = None) -> list[Figure]:
    """Return the figures of a plan, with their change against a base."""
    served, demand = float(plan.served.sum()), float(plan.problem.demand.sum())

    def change(now: float, before: float | None, digits: int) -> str | None:
        moved = 0.0 if before is None else round(now - before, digits)
        return words.signed(moved, digits) if moved else None

    def points(now: float, before: float | None) -> str | None:
        moved = change(100 * now, None if before is None else 100 * before, 1)
        return _("{change} points").format(change=moved) if moved else None

    counted = _("Persons whose requirement is met on every resource, of {demand} expected in need.")
    if plan.problem.demand_of is not None:
        counted = _(
            "Persons of all resources together, each counted once for the one resource that they need, "
            "of {demand} expected in need."
        )
    return [
        Figure(
            words.in_unit(_("Served [{unit}]")),
            words.number(served, 0),
            change(served, float(base.served.sum()) if base else None, 0),
            True,
            counted.format(demand=words.number(demand, 0)),
        ),
        Figure(
            _("Coverage"),
            words.percent(plan.total_coverage, 1),
            points(plan.total_coverage, base.total_coverage if base else None),
            True,
        ),
        Figure(
            _("Lowest coverage"),
            words.percent(plan.lowest_coverage, 1),
            points(plan.lowest_coverage, base.lowest_coverage if base else None),
            True,
            _("Worst-off region: {region}.").format(region=words.escape(plan.worst_region)),
        ),
        Figure(
            _("Gini of coverage"),
            words.number(plan.gini, 3),
            change(plan.gini, base.gini if base else None, 3),
            False,
            _("0: every region has the same coverage. Read it beside the level: nobody served is perfectly equal."),
        ),
    ]


def in_full(
    plan: Plan,
    picked: Sequence[str],
    limits: Limits,
    by_hand: Mapping[str, str],
    today: Callable[[], Plan | None],
    every: Callable[[], Mapping[str, Plan] | None],
) -> None:
    """Show a plan by region, its prices, and what the other policies would do.

    Parameters
    ----------
    plan : Plan
        What is shown.
    picked : sequence of str
        Regions picked on the map; only these are shown in tables.
    limits : Limits
        As they were chosen.
    by_hand : mapping
        Why demand was set by hand, by region.
    today : callable
        Makes the plan that places nothing.
    every : callable
        Makes the plans of all policies.
    """
    bars, policies = st.columns([7, 5], gap="large")
    with bars:
        st.subheader(_("Who is served, and who is not"), anchor=False)
        coverage_bars.draw(plan, today())
    with policies:
        st.subheader(_("The policies side by side"), anchor=False)
        rivals(plan, every)
    st.subheader(_("The plan by region"), anchor=False)
    plan_table.show(plan, picked, by_hand)
    waits.section(plan, limits, picked)
    st.subheader(_("What one more unit would bring"), anchor=False)
    plan_margin.prices(plan)
    plan_margin.margin(plan)
    st.subheader(_("How fair it is"), anchor=False)
    fairness.scorecard(plan)
    layout.glossary("demand", "coverage", "floor", "policy", "shadow price", "gini")
    layout.in_detail(_("How the plan is found"), method(plan))


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


def rivals(plan: Plan, every: Callable[[], Mapping[str, Plan] | None]) -> None:
    """Show what the other policies would do; on request where making all those plans takes long."""
    if needs_program(plan.problem) and plan.units.size > MANY:
        takes = plan.seconds * len(CATALOGUE)
        text = _("Make the plans of the other policies too, which takes about {seconds} seconds")
        seconds = words.number(takes, 0)
        if not st.toggle(text.format(seconds=seconds), key="rival_policies"):
            return
    with st.spinner(_("The other policies' plans are made …")):
        made = every()
    side_by_side(made or {})


def side_by_side(plans: Mapping[str, Plan]) -> None:
    """Show every policy under the same limits beside the others."""
    rows = pd.DataFrame(
        {
            "policy": [words.say(kind_of(key).name) for key in plans],
            "coverage": [100 * plan.total_coverage for plan in plans.values()],
            "lowest": [100 * plan.lowest_coverage for plan in plans.values()],
            "persons": [float(plan.served.sum()) for plan in plans.values()],
            "gini": [plan.gini for plan in plans.values()],
            "given_up": [100 * plan.price_of_fairness for plan in plans.values()],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "policy": st.column_config.TextColumn(_("Policy")),
            "persons": st.column_config.NumberColumn(words.in_unit(_("Served [{unit}]")), format="%,.0f"),
            "coverage": st.column_config.NumberColumn(_("Coverage [%]"), format="%.1f"),
            "lowest": st.column_config.NumberColumn(_("Lowest coverage [%]"), format="%.1f"),
            "gini": st.column_config.NumberColumn(_("Gini of coverage"), format="%.3f"),
            "given_up": st.column_config.NumberColumn(_("Given up against most served [%]"), format="%.1f"),
        },
        alt=_("The policies side by side"),
    )
