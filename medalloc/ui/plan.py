"""A plan on the screen: its answer in one sentence, figures, map, table with reasons, prices, rival policies."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from medalloc.allocation.marginal import binding
from medalloc.allocation.plan import Plan
from medalloc.ui import chain, fairness, layout, plan_table, waits, words
from medalloc.ui.layout import Figure
from medalloc.ui.words import _

ALIKE = 0.005
"""Coverage that differs by less than this reads as the same. [fraction]"""


def policy_names() -> dict[str, str]:
    """Return what each policy is called, in the order in which they are offered."""
    return {
        "most-served": _("Most served"),
        "alpha": _("Alpha-fair"),
        "max-min": _("Worst-off first"),
        "proportional": _("Proportional to demand"),
        "per-head": _("Per head"),
        "today": _("Today's units only"),
    }


def policy_meanings() -> dict[str, str]:
    """Return what each policy means by "best"."""
    return {
        "most-served": _("As many persons as possible, shared as equally as that allows."),
        "alpha": _("Between serving the most and raising the worst-off, by one number."),
        "max-min": _("The lowest coverage is raised first, then the next, until nothing is left."),
        "proportional": _("Units in proportion to demand."),
        "per-head": _("Units in proportion to population: today's rule of thumb."),
        "today": _("Nothing is placed: what the existing units serve by themselves."),
    }


def answer(plan: Plan) -> str:
    """Answer the screen's question in one sentence."""
    if plan.coverage.max() - plan.lowest_coverage < ALIKE:
        return _("{coverage} of expected need is met, in every region alike.").format(
            coverage=words.percent(plan.total_coverage)
        )
    return _("{coverage} of expected need is met; the worst-off region, {region}, gets {lowest}.").format(
        coverage=words.percent(plan.total_coverage),
        region=words.escape(plan.worst_region),
        lowest=words.percent(plan.lowest_coverage),
    )


def figures(plan: Plan, base: Plan | None = None) -> list[Figure]:
    """Return the figures of a plan, with their change against a base."""
    served, demand = float(plan.served.sum()), float(plan.problem.demand.sum())

    def change(now: float, before: float | None, digits: int) -> str | None:
        moved = 0.0 if before is None else round(now - before, digits)
        return words.signed(moved, digits) if moved else None

    def points(now: float, before: float | None) -> str | None:
        moved = change(100 * now, None if before is None else 100 * before, 1)
        return _("{change} points").format(change=moved) if moved else None

    return [
        Figure(
            _("Served [persons]"),
            words.number(served, 0),
            change(served, float(base.served.sum()) if base else None, 0),
            True,
            _("Persons whose requirement is met on every resource, of {demand} expected in need.").format(
                demand=words.number(demand, 0)
            ),
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
            _("Worst-off region: {region}.").format(region=plan.worst_region),
        ),
        Figure(
            _("Gini of coverage"),
            words.number(plan.gini, 3),
            change(plan.gini, base.gini if base else None, 3),
            False,
            _("0: every region has the same coverage. Read it beside the level: nobody served is perfectly equal."),
        ),
    ]


def in_full(plan: Plan, picked: Sequence[str]) -> None:
    """Show a plan by region, its prices, and what the other policies would do; what is picked filters the table."""
    st.subheader(_("The plan by region"), anchor=False)
    plan_table.show(plan, picked)
    waits.section(plan, picked)
    st.subheader(_("What one more unit would bring"), anchor=False)
    prices(plan)
    margin(plan)
    st.subheader(_("How fair it is"), anchor=False)
    fairness.scorecard(plan)
    st.subheader(_("The policies side by side"), anchor=False)
    side_by_side(chain.every_policy())
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
    return _("Method: {method}, {seconds} s. ").format(
        method=plan.method, seconds=words.number(plan.seconds, 3)
    ) + proof.format(
        value=words.number(plan.value, 0), bound=words.number(plan.bound, 0), gap=words.percent(plan.gap, 2)
    )


def prices(plan: Plan) -> None:
    """Show what one more unit of each limit would bring."""
    names = [*plan.problem.resource_names]
    rows = pd.DataFrame(
        {
            "limit": names,
            "stock": plan.problem.stock,
            "placed": plan.used,
            "left": plan.left,
            "gain": plan.shadow_price,
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "limit": st.column_config.TextColumn(_("Resource")),
            "stock": st.column_config.NumberColumn(_("Stock [units]"), format="%,.0f"),
            "placed": st.column_config.NumberColumn(_("Placed [units]"), format="%,.0f"),
            "left": st.column_config.NumberColumn(_("Left in stock [units]"), format="%,.0f"),
            "gain": st.column_config.NumberColumn(_("One more unit serves [persons]"), format="%,.2f"),
        },
        alt=_("Stocks and what one more unit would bring"),
    )
    if plan.budget_price is not None and plan.problem.budget is not None:
        st.markdown(
            _("Spent: {spent} of {budget}. One thousand more money serves {gain} more persons.").format(
                spent=words.number(plan.spent, 0),
                budget=words.number(plan.problem.budget, 0),
                gain=words.number(1000 * plan.budget_price, 2),
            )
        )


def margin(plan: Plan) -> None:
    """Show which limits bind, and on request what exactly one unit more or less would change."""
    st.markdown("\n".join(f"- {words.say(each)}" for each in binding(plan)))
    if not st.toggle(_("Work out exactly what one unit more and one unit less would change"), key="exact_margin"):
        return
    found = chain.at_the_margin(plan)
    st.dataframe(
        pd.DataFrame({"limit": found.limits, "dual": found.dual, "more": found.one_more, "less": found.one_less}),
        hide_index=True,
        column_config={
            "limit": st.column_config.TextColumn(_("Limit")),
            "dual": st.column_config.NumberColumn(_("In the proof, at best [persons]"), format="%,.4g"),
            "more": st.column_config.NumberColumn(_("One more, solved again [persons]"), format="%,.4g"),
            "less": st.column_config.NumberColumn(_("One less, solved again [persons]"), format="%,.4g"),
        },
        alt=_("The value of one unit, three ways"),
    )
    st.dataframe(
        pd.DataFrame(found.next_unit, columns=list(plan.problem.resource_names)).assign(region=plan.problem.regions),
        hide_index=True,
        column_order=["region", *plan.problem.resource_names],
        column_config={"region": st.column_config.TextColumn(_("Persons the next unit would serve in"), pinned=True)},
        alt=_("What the next unit would serve in every region"),
    )


def side_by_side(plans: Mapping[str, Plan]) -> None:
    """Show every policy under the same limits beside the others."""
    names = policy_names()
    rows = pd.DataFrame(
        {
            "policy": [names[key.partition(":")[0]] for key in plans],
            "served": [float(plan.served.sum()) for plan in plans.values()],
            "coverage": [100 * plan.total_coverage for plan in plans.values()],
            "lowest": [100 * plan.lowest_coverage for plan in plans.values()],
            "gini": [plan.gini for plan in plans.values()],
            "given_up": [100 * plan.price_of_fairness for plan in plans.values()],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "policy": st.column_config.TextColumn(_("Policy")),
            "served": st.column_config.NumberColumn(_("Served [persons]"), format="%,.0f"),
            "coverage": st.column_config.NumberColumn(_("Coverage [%]"), format="%.1f"),
            "lowest": st.column_config.NumberColumn(_("Lowest coverage [%]"), format="%.1f"),
            "gini": st.column_config.NumberColumn(_("Gini of coverage"), format="%.3f"),
            "given_up": st.column_config.NumberColumn(_("Given up against most served [%]"), format="%.1f"),
        },
        alt=_("The policies side by side"),
    )
