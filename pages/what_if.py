"""What changes if the world changes."""

import streamlit as st

from medalloc.allocation.program.needed import takes_long
from medalloc.scenarios.sensitivity import ways
from medalloc.study.entries import entries
from medalloc.study.steps import plans, rivals, worlds
from medalloc.ui import asking, state
from medalloc.ui.allocate import fairness, plan
from medalloc.ui.kit import layout, path, promises, searching
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import (
    base_and_scenario,
    closer,
    epidemic,
    futures,
    grid,
    nearly,
    robust,
    scenarios,
    views,
    without,
)

scenario, large = asking.known(worlds.scenario), asking.known(plans.large_problem)
large_change = asking.known(worlds.large_change) if scenario and scenario.changes else None
base = searching.in_reach(asking.known(plans.plan), plans.searched_plan, large)
now = searching.in_reach(asking.known(worlds.changed_plan), worlds.searched_change, large_change)
layout.opening(_("What if"), base_and_scenario.answer(base, now, scenario))
with layout.failures_as_sentences():
    path.older()
    searching.progress(plans.searched_plan, large, base)
    searching.progress(worlds.searched_change, large_change, now)
    problem, chosen = asking.ask(plans.problem), asking.study().what_if
    if problem is None:
        path.missing_step()
        st.stop()
    if shown := now or base:
        layout.figures(plan.figures(shown, base))
        promises.show(state.keep(worlds.kept_promises, shown, chosen.promises))
    layout.counted_in()
    view, kept = views.view(), entries(scenarios=chosen.scenarios).scenarios
    if view == "change":
        base_and_scenario.changes_on_paper(scenario)
        # a telephone shows the map before what changes it
        inputs, result = st.container(key="what_if_answer").columns([2, 3], gap="large")
        with inputs, layout.failures_as_sentences():
            further, known = entries(changes=chosen.changes).changes, asking.map_ground().points
            base_and_scenario.sliders(
                problem,
                further,
                asking.known(rivals.other_models) or (),
                () if known is None else known["region"].tolist(),
                budget=asking.study().limits.budget is not None,
            )
            scenarios.keep(scenario, kept)
        with result, layout.failures_as_sentences():
            changed, conflict = asking.ask(worlds.changed_problem), asking.attempt(worlds.changed_plan)[1]
            if conflict and changed:
                base_and_scenario.conflicts(conflict, changed, asking.study().limits.floor)
            if base:
                demands = asking.known(rivals.model_demands) or {}
                base_and_scenario.on_the_map(base, now, scenario, demands, asking.map_ground())
        if base:
            base_and_scenario.by_region(base, now)
        epidemic.section(problem, lambda: asking.ask(worlds.epidemic))
    elif view == "compare":
        scenarios.compared(base, problem, kept, lambda: asking.sure(worlds.kept_scenarios), asking.map_ground)
    else:
        question = views.question()
        if scenario and scenario.changes:
            st.caption(_("What follows is of the base, without what is changed."))
        if question == "futures":
            if futures.can_be_planned(problem, base):
                futures.section(
                    problem,
                    chosen,
                    asking.sure(worlds.futures_sources),
                    lambda: asking.ask(worlds.futures),
                    asking.ask(worlds.held_futures),
                    older=asking.answers().is_older(worlds.held_futures),
                )
                robust.section(asking.ask(worlds.scenario_regrets) if kept else None)
        elif question == "fair":
            fairness.frontier(problem)
        elif base is None:
            st.info(_("There is nothing to look at until the base keeps its limits."))
        elif takes_long(problem):
            closer.takes_long()
        elif question == "hangs":
            closer.tornado(base, asking.sure(worlds.plan_sensitivity))
            pair = worlds.grid_ways(problem, chosen.grid_down, chosen.grid_across)
            grid.section(list(ways(problem)), pair, lambda: asking.sure(worlds.plan_grid))
        elif question == "true":
            closer.goal(base)
        elif question == "plans":
            nearly.section(base, asking.sure(worlds.near_plans))
        else:
            without.section(asking.sure(worlds.plan_replacements))
