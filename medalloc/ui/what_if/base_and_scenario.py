"""Parts of the What-if screen: sliders, deltas against the base, both plans by region."""

import pandas as pd
import streamlit as st

from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.plan import Plan
from medalloc.errors import InfeasibleError, MedallocError
from medalloc.scenarios import without_effect
from medalloc.study.steps import plans, worlds
from medalloc.ui import state
from medalloc.ui.allocate import fairness, plan, repairs
from medalloc.ui.choices import at
from medalloc.ui.kit import charts, downloads, layout, palette, words
from medalloc.ui.kit.words import _

MOST_MOVED = 20
"""Regions drawn; the table shows all."""

ROUNDING = 1e-6
"""Part of a percentage point by which a floor that fits exactly may miss a whole one. [percentage points]"""


def sliders() -> None:
    """Let the visitor move the world."""
    st.slider(
        _("Demand changes by [%]"),
        -50,
        100,
        step=5,
        help=_("In every region alike."),
        **state.bound(at.study.what_if.demand_change),
    )
    st.slider(
        _("Stock of every resource changes by [%]"), -100, 200, step=5, **state.bound(at.study.what_if.stock_change)
    )
    if state.study().limits.budget is None:
        st.caption(_("No budget limits the base, so there is none to change; set one on the Allocate screen."))
    else:
        st.slider(_("Budget changes by [%]"), -100, 100, step=5, **state.bound(at.study.what_if.budget_change))
    st.slider(
        _("Floor changes by [percentage points]"), -100, 100, step=1, **state.bound(at.study.what_if.floor_change)
    )
    st.button(_("Back to the base"), on_click=back_to_base, icon=":material/undo:")


def back_to_base() -> None:
    """Take every change back."""
    state.change(demand_change=0, stock_change=0, budget_change=0, floor_change=0, epidemic_on=False)


def _changes() -> bool:
    scenario = state.ask(worlds.scenario)
    return scenario is not None and bool(scenario.changes)


def both_plans() -> tuple[Plan, Plan] | None:
    """Return the base plan and the what-if plan.

    Raises
    ------
    InfeasibleError
        If the changed limits cannot be kept together.
    """
    base, now = state.ask(plans.plan), state.ask(worlds.changed_plan)
    return None if base is None or now is None else (base, now)


def answer() -> str | None:
    """Answer the screen's question in one sentence."""
    try:
        both = both_plans()
    except MedallocError:
        return None
    if both is None:
        return None
    base, now = both
    if not _changes():
        return _("This is the base: {coverage} of expected need is met. Move a slider.").format(
            coverage=words.percent(base.total_coverage)
        )
    return _(
        "Then {coverage} of expected need is met instead of {before}; the worst-off region gets {lowest} "
        "instead of {lowest_before}."
    ).format(
        coverage=words.percent(now.total_coverage),
        before=words.percent(base.total_coverage),
        lowest=words.percent(now.lowest_coverage),
        lowest_before=words.percent(base.lowest_coverage),
    )


def figures() -> None:
    """Show the figures with their change against the base, or why the changed limits cannot be kept."""
    try:
        both = both_plans()
    except InfeasibleError as error:
        repairs.conflicts_table(error)
        _largest_floor()
        return
    if both is not None:
        layout.figures(plan.figures(both[1], both[0]))


def _largest_floor() -> None:
    """Offer the largest floor that fits under the changes, if any does."""
    try:
        changed = state.ask(worlds.changed_problem)
        fits = 100 if changed is None else int(100 * largest_floor(changed) + ROUNDING)
    except InfeasibleError:
        # locks or floors of single regions break a limit, whatever the common floor is
        st.markdown(_("No common floor fits; take a change back, or change locks and floors of single regions."))
        return
    st.button(
        _("Back to {floor} %, the largest floor that fits").format(floor=fits),
        type=palette.main_button(),
        icon=":material/build:",
        on_click=state.change,
        kwargs={"floor_change": fits - round(100 * state.study().limits.floor)},
    )


def result() -> None:
    """Show both plans by region, and which slider had no effect."""
    try:
        both = both_plans()
    except InfeasibleError:
        return
    if both is None:
        return
    base, now = both
    scenario = state.ask(worlds.scenario)
    for inert in () if scenario is None else without_effect(base, scenario):
        st.info(words.say(inert))
    by_region(base, now)
    layout.glossary("demand", "coverage", "floor", "gini")


def trade_off() -> None:
    """Show how many fewer are served when the worst-off region gets more; drawn when somebody asks for it."""
    st.subheader(_("Efficiency against fairness"), anchor=False)
    st.markdown(_("Each point serves the most persons that its common floor allows, within the base's limits."))
    if st.toggle(_("Draw the frontier"), key="draw_frontier"):
        fairness.frontier()


def by_region(base: Plan, now: Plan) -> None:
    """Show base and what-if side by side for every region."""
    shown = pd.DataFrame({"region": base.problem.regions, "before": base.coverage, "now": now.coverage})
    few = (
        shown.assign(moved=(shown["now"] - shown["before"]).abs())
        .sort_values("moved", ascending=False)
        .head(MOST_MOVED)
    )
    st.altair_chart(
        charts.before_and_now(few, title=_("Coverage: hollow is the base, filled is what if")),
        alt=_("Coverage of every region in the base and in the what-if"),
    )
    table = shown.assign(
        before=100 * shown["before"],
        now=100 * shown["now"],
        change=100 * (shown["now"] - shown["before"]),
        served=now.served - base.served,
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "before": st.column_config.NumberColumn(_("Coverage in the base [%]"), format="%.1f"),
            "now": st.column_config.NumberColumn(_("Coverage what if [%]"), format="%.1f"),
            "change": st.column_config.NumberColumn(_("Change [points]"), format="%+.1f"),
            "served": st.column_config.NumberColumn(_("Change in served [persons]"), format="%,.0f"),
        },
        alt=_("Base and what-if by region"),
    )
    downloads.offer(table, "what_if", key="what_if")
