"""A plan on the screen: its answer in one sentence, figures, map, table with reasons, prices, rival policies."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from math import isfinite

import pandas as pd
import streamlit as st

from medalloc.allocation.explaining import telling
from medalloc.allocation.explaining.marginal import Marginal
from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import kind_of
from medalloc.allocation.program.needed import needs_program
from medalloc.allocation.scorecard import Aim
from medalloc.allocation.waiting.waits import wait_in_words
from medalloc.geography.matching import Ground
from medalloc.study.parts import Limits
from medalloc.study.steps import measures
from medalloc.ui import state
from medalloc.ui.allocate import coverage_bars, equity, fairness, plan_margin, plan_table, waits, waterfall
from medalloc.ui.kit import layout, maps, picking, printed, small_maps, words
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
    """Return how many a plan serves and how far it reaches its aims, with their change against a base."""
    served, demand = float(plan.served.sum()), float(plan.problem.demand.sum())
    counted = None
    if plan.problem.demand_of is not None:
        counted = _(
            "People of all resources together, each counted once for the one resource that they need, "
            "of {demand} expected in need."
        ).format(demand=words.number(demand, 0))
    now = state.keep(measures.plan_aims, plan, state.counted_in())
    before = [None] * len(now) if base is None else state.keep(measures.plan_aims, base, state.counted_in())
    return [
        Figure(
            words.in_unit(_("Served [{unit}]")),
            words.figure(served),
            _change(served, float(base.served.sum()) if base else None, 0),
            True,
            counted,
            _("{coverage} of {demand} in need").format(
                coverage=words.percent(plan.total_coverage, 1), demand=words.figure(demand)
            ),
        ),
        *(_of_aim(aim, was) for aim, was in zip(now, before, strict=True)),
    ]


def _of_aim(aim: Aim, before: Aim | None) -> Figure:
    """Return the figure of one aim, with its change against the same of a base."""
    was = None if before is None else before.value
    if aim.value is None:
        value, change = "–", None
    elif aim.unit == "hours":
        value = words.plainly(wait_in_words(aim.value)) if isfinite(aim.value) else _("no end")
        moved = None if was is None or not isfinite(was) or not isfinite(aim.value) else _change(aim.value, was, 1)
        change = words.counted("{change} hour", "{change} hours", moved).format(change=moved) if moved else None
    else:
        value = words.percent(aim.value, 1)
        moved = _change(100 * aim.value, None if was is None else 100 * was, 1)
        change = words.counted("{change} point", "{change} points", moved).format(change=moved) if moved else None
    below = words.say(aim.measure) if aim.value is not None else _("not known")
    return Figure(words.say(aim.name), value, change, aim.unit == "fraction", words.say(aim.meaning), below)


def _change(now: float, before: float | None, digits: int) -> str | None:
    moved = 0.0 if before is None else round(now - before, digits)
    return words.signed(moved, digits) if moved else None


def present() -> None:
    """Lead to the plan as a talk, from its first slide, and to its report."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Present this plan"), icon=":material/slideshow:", type="tertiary"):
            state.change(slide=0)
            st.switch_page(layout.PAGES / "present.py")
        layout.lead_to("report", _("Make a report of it"))


def in_full(
    plan: Plan,
    limits: Limits,
    by_hand: Mapping[str, str],
    today: Callable[[], Plan | None],
    every: Callable[[], Mapping[str, Plan] | None],
    exact: Callable[[], Marginal | None],
    *,
    is_large: bool,
    columns: Sequence[str],
    cells: pd.DataFrame | None,
    ground: Ground,
) -> None:
    """Show a plan by region, its prices, and what the other policies would do.

    Parameters
    ----------
    plan : Plan
        What is shown.
    limits : Limits
        As they were chosen.
    by_hand : mapping
        Why demand was set by hand, by region.
    today : callable
        Makes the plan that places nothing.
    every : callable
        Makes the plans of all policies.
    exact : callable
        Works out what a unit more or less of each limit changes.
    is_large : bool
        Whether these are searched for by a job.
    columns : sequence of str
        By which coverage can be compared.
    cells : DataFrame, optional
        The one that was chosen, its rows by region.
    ground : Ground
        What maps are drawn from.
    """
    bars, policies = st.columns([7, 5], gap="large")
    with bars:
        st.subheader(_("Who is served, and who is not"), anchor=False)
        before = today()
        coverage_bars.draw(plan, before, picking.picked(plan.problem.regions))
    with policies:
        st.subheader(_("The policies side by side"), anchor=False)
        made = rivals(plan, every, is_large=is_large)
        if before is not None:
            st.subheader(_("From today to the plan"), anchor=False)
            waterfall.draw(plan, before)
    on_maps(made, ground)
    st.subheader(_("The plan by region"), anchor=False)
    plan_table.show(plan, by_hand)
    waits.section(plan, limits)
    st.subheader(_("Marginal value of one more unit"), anchor=False)
    plan_margin.prices(plan)
    plan_margin.margin(plan, exact)
    st.subheader(_("How fair it is"), anchor=False)
    equity.compare(columns, state.keep(measures.plan_equity, plan, cells))
    fairness.scorecard(plan, state.keep(measures.plan_scores, plan, cells))
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


def on_maps(made: Mapping[str, Plan], ground: Ground) -> None:
    """Show the coverage under every policy as small maps on one scale."""
    if not made:
        return
    shown = {words.plainly(kind_of(key).name): each.coverage for key, each in made.items()}
    picture = maps.Picture(_("Coverage"), ".0%", (0.0, 1.0))
    small_maps.draw(next(iter(made.values())).problem.regions, shown, picture, ground, key="policies_maps")


def rivals(plan: Plan, every: Callable[[], Mapping[str, Plan] | None], *, is_large: bool) -> Mapping[str, Plan]:
    """Show what the other policies would do, and return their plans; on request where making them takes long."""
    if is_large or (needs_program(plan.problem) and plan.units.size > MANY):
        takes = plan.seconds * len(CATALOGUE)
        text = _("Make the plans of the other policies too, which takes about {seconds} s")
        seconds = words.number(takes, 0)
        if not st.toggle(text.format(seconds=seconds), key="rival_policies"):
            return {}
    # of a large problem jobs find them, and say how far they are
    with nullcontext() if is_large else st.spinner(_("The other policies' plans are made …")):
        made = every() or {}
    if made:
        side_by_side(made)
    return made


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
    printed.grid(
        rows,
        column_config={
            "policy": st.column_config.TextColumn(_("Policy")),
            "persons": st.column_config.NumberColumn(words.in_unit(_("Served [{unit}]")), format="%,.0f"),
            "coverage": st.column_config.NumberColumn(_("Coverage [%]"), format="%.1f"),
            "lowest": st.column_config.NumberColumn(_("Lowest coverage [%]"), format="%.1f"),
            "gini": st.column_config.NumberColumn(_("Gini of coverage"), format="%.3f"),
            "given_up": st.column_config.NumberColumn(_("Given up against the most people served [%]"), format="%.1f"),
        },
        alt=_("The policies side by side"),
    )
