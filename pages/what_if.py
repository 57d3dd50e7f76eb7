"""What changes if the world changes."""

import streamlit as st

from medalloc.study.entries import entries
from medalloc.study.steps import plans, worlds
from medalloc.ui import asking, state
from medalloc.ui.allocate import plan
from medalloc.ui.kit import layout, path, promises, searching
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import base_and_scenario, closer, epidemic, futures, scenarios

scenario, large = asking.known(worlds.scenario), asking.known(plans.large_problem)
large_change = asking.known(worlds.large_change) if scenario and scenario.changes else None
base = searching.in_reach(asking.known(plans.plan), plans.searched_plan, large)
now = searching.in_reach(asking.known(worlds.changed_plan), worlds.searched_change, large_change)
layout.opening(_("What if"), base_and_scenario.answer(base, now, scenario))
with layout.failures_as_sentences():
    path.older()
    searching.progress(plans.searched_plan, large, base)
    searching.progress(worlds.searched_change, large_change, now)
    problem, chosen = asking.ask(plans.problem), asking.study()
    if problem is None:
        path.missing_step()
    else:
        if shown := now or base:
            layout.figures(plan.figures(shown, base))
            promises.show(state.keep(worlds.kept_promises, shown, chosen.what_if.promises))
        layout.counted_in()
        inputs, result = st.columns([2, 3], gap="large")
        with inputs, layout.failures_as_sentences():
            further = entries(changes=chosen.what_if.changes).changes
            base_and_scenario.sliders(problem, further, budget=chosen.limits.budget is not None)
        with result, layout.failures_as_sentences():
            changed, conflict = asking.ask(worlds.changed_problem), asking.attempt(worlds.changed_plan)[1]
            if conflict and changed:
                base_and_scenario.conflicts(conflict, changed, chosen.limits.floor)
            if base:
                base_and_scenario.result(base, now, scenario, asking.map_ground())
        kept = asking.sure(worlds.kept_scenarios)
        st.subheader(_("Scenarios"), anchor=False)
        scenarios.keep(scenario, kept)
        if base and kept:
            scenarios.section(base, kept, asking.map_ground())
        epidemic.section(problem, lambda: asking.ask(worlds.epidemic))
        if base:
            closer.section(base, lambda: asking.ask(worlds.plan_sensitivity))
        base_and_scenario.trade_off(problem)
        st.subheader(_("Robustness to demand"), anchor=False)
        if futures.can_be_planned(problem, base):
            futures.section(
                problem,
                chosen.what_if,
                asking.sure(worlds.futures_sources),
                lambda: asking.ask(worlds.futures),
                asking.ask(worlds.held_futures),
                older=asking.answers().is_older(worlds.held_futures),
            )
