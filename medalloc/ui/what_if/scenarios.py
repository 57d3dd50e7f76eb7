"""Scenarios that were kept by name: side by side, on the map against each other, loaded and deleted."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.geography.matching import Ground
from medalloc.scenarios import Scenario
from medalloc.scenarios.looking import BASE, Looked
from medalloc.scenarios.side_by_side import MOST, Tried
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, maps, palette, printed, regional, small_maps, words
from medalloc.ui.kit.words import _


def keep(now: Scenario | None, kept: Sequence[Scenario]) -> None:
    """Let the visitor keep what is tried now under a name."""
    if now is None or not now.changes:
        if not kept:
            st.caption(_("Move a slider, then keep what you tried as a scenario, to compare up to six side by side."))
        return
    if len(kept) >= MOST:
        st.caption(_("There are {most} scenarios, which is all that fit side by side; delete one.").format(most=MOST))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name of the scenario"), key="scenario_name", max_chars=60).strip()
        taken = name in {each.name for each in kept}
        if st.button(_("Keep as a scenario"), icon=":material/bookmark_add:", disabled=state.locked(not name or taken)):
            state.revise(at.study.what_if.scenarios, lambda every: (*every, Scenario(name, now.changes).to_json()))
            st.rerun()
    if taken:
        st.caption(_("There is a scenario of this name; choose another."))


def compared(
    base: Plan | None,
    problem: Problem,
    named: Sequence[Scenario],
    worked_out: Callable[[], Sequence[Tried]],
    ground: Callable[[], Ground],
) -> None:
    """Compare the scenarios that were kept; where the base has changed since, first show what they gave before.

    Parameters
    ----------
    base : Plan, optional
        The plan as it is; None where limits cannot be kept.
    """
    looked = state.look().scenarios_looked
    if not named:
        st.info(_("Nothing is kept yet: try something under “Change”, and keep it as a scenario under a name."))
    elif base is None:
        st.info(_("There is nothing to compare with until the base keeps its limits."))
    elif looked.is_stale(problem):
        st.warning(_("The base has changed since these scenarios were worked out; they are of the earlier one."))
        st.button(
            _("Work them out again"),
            type=palette.main_button(),
            icon=":material/refresh:",
            on_click=state.change,
            kwargs={"scenarios_looked": looked.anew(problem)},
        )
        earlier(looked)
    else:
        kept = worked_out()
        if (now := looked.filled(base, kept)) != looked:
            state.change(scenarios_looked=now)
        section(base, kept, now, ground())


def earlier(looked: Looked) -> None:
    """Show what scenarios gave on the earlier base."""
    rows = [(name or _("Base"), *(found or (np.nan,) * 3)) for name, found in looked.figures.items()]
    shown = pd.DataFrame(rows, columns=["scenario", "served", "coverage", "lowest"])
    shown = shown.assign(coverage=100 * shown["coverage"], lowest=100 * shown["lowest"])
    config = {name: each for name, each in _columns().items() if name in shown}
    printed.grid(shown, column_config=config, alt=_("Scenarios on the earlier base"))


def section(base: Plan, kept: Sequence[Tried], looked: Looked, ground: Ground) -> None:
    """Show the scenarios side by side, what each changes, and the difference between any two on the map."""
    table = frame(base, kept)
    if looked.before:
        moved = [looked.moved(name) for name in (BASE, *(each.scenario.name for each in kept))]
        table.insert(3, "moved", [np.nan if each is None else each for each in moved])
        st.markdown(_("Worked out again on the changed base; the table says what moved."))
    # what is different is a sentence or two: beside numbers it would be cut
    printed.grid(
        table,
        column_order=[name for name in table if name != "changes"],
        column_config=_columns(),
        alt=_("Scenarios side by side"),
    )
    downloads.offer(table, "scenarios", key="scenarios")
    drawn = {_("Base"): base, **{each.scenario.name: each.plan for each in kept if each.plan is not None}}
    same = {name: plan.coverage for name, plan in drawn.items() if plan.problem.regions == base.problem.regions}
    small_maps.draw(
        base.problem.regions, same, maps.Picture(_("Coverage"), ".0%", (0.0, 1.0)), ground, key="scenario_maps"
    )
    for place, each in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words.escape(each.scenario.name)}**", width="stretch")
            st.button(
                _("Load"),
                key=f"load_scenario_{place}",
                on_click=_load,
                args=(each.scenario,),
                type="tertiary",
                disabled=state.locked(),
            )
            st.button(
                _("Delete"),
                key=f"delete_scenario_{place}",
                on_click=_delete,
                args=(place,),
                type="tertiary",
                disabled=state.locked(),
            )
        st.caption(words.escape(_told(each)))
    _against(base, kept, ground)


def _columns() -> dict[str, Any]:
    return {
        "scenario": st.column_config.TextColumn(_("Scenario"), pinned=True),
        "served": st.column_config.NumberColumn(words.in_unit(_("Served [{unit}]")), format="%,.0f"),
        "change": st.column_config.NumberColumn(words.in_unit(_("Change in served [{unit}]")), format="%+,.0f"),
        "coverage": st.column_config.ProgressColumn(_("Coverage [%]"), min_value=0.0, max_value=100.0, format="%.1f"),
        "lowest": st.column_config.ProgressColumn(
            _("Lowest coverage [%]"), min_value=0.0, max_value=100.0, format="%.1f"
        ),
        "gini": st.column_config.NumberColumn(_("Gini of coverage"), format="%.3f"),
        "spent": st.column_config.NumberColumn(_("Spent [money]"), format="%,.0f"),
        "changes": st.column_config.TextColumn(_("What is different"), width="large"),
        "moved": st.column_config.NumberColumn(words.in_unit(_("Since the earlier base [{unit}]")), format="%+,.0f"),
    }


def frame(base: Plan, kept: Sequence[Tried]) -> pd.DataFrame:
    """Return the base and every scenario as a table, a row each; blank where there is no plan."""
    return pd.DataFrame(
        [_row(_("Base"), base, base, "")] + [_row(each.scenario.name, each.plan, base, _told(each)) for each in kept]
    )


def _told(each: Tried) -> str:
    if each.why_not is not None:
        return words.plainly(each.why_not)
    return "; ".join(words.plainly(change.sentence) for change in each.scenario.changes)


def _row(name: str, plan: Plan | None, base: Plan, changes: str) -> dict[str, object]:
    served = np.nan if plan is None else float(plan.served.sum())
    return {
        "scenario": name,
        "served": served,
        "change": served - float(base.served.sum()),
        "coverage": np.nan if plan is None else 100 * plan.total_coverage,
        "lowest": np.nan if plan is None else 100 * plan.lowest_coverage,
        "gini": np.nan if plan is None else plan.gini,
        "spent": np.nan if plan is None else plan.spent,
        "changes": changes,
    }


def _against(base: Plan, kept: Sequence[Tried], ground: Ground) -> None:
    """Show the difference between any two plans on the map."""
    plans = {_("Base"): base, **{each.scenario.name: each.plan for each in kept if each.plan is not None}}
    if len(plans) < 2:
        return
    names = list(plans)
    left, right = st.columns(2)
    one = left.selectbox(_("From scenario"), names, index=0, key="scenario_from")
    other = right.selectbox(_("To scenario"), names, index=1, key="scenario_to")
    before, now = plans[one], plans[other]
    if before.problem.regions != now.problem.regions:
        return
    moved = 100 * (now.coverage - before.coverage)
    picture = maps.Picture(_("Change of coverage [points]"), "+.1f", regional.both_sides(moved), change=True)
    extra = {words.in_unit(_("Demand [{unit}]")): now.problem.demand}
    regional.draw(now.problem.regions, moved, picture, extra=extra, ground=ground, key="scenarios_map")


def _load(scenario: Scenario) -> None:
    changes = tuple(each.to_json() for each in scenario.changes)
    nothing = {"demand_change": 0, "stock_change": 0, "budget_change": 0, "floor_change": 0, "epidemic_on": False}
    state.change(**nothing, changes=changes, what_if_view="change")


def _delete(place: int) -> None:
    state.revise(at.study.what_if.scenarios, lambda every: (*every[:place], *every[place + 1 :]))
