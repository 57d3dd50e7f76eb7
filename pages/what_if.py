"""What changes if the world changes."""

import streamlit as st

from medalloc.study.entries import entries
from medalloc.study.steps import measures, plans, worlds
from medalloc.ui import asking, state
from medalloc.ui.allocate import plan
from medalloc.ui.kit import layout, path, promises, searching
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import base_and_scenario, changing, looking, scenarios, views

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
        if chosen.promises:
            promises.show(state.keep(worlds.kept_promises, shown, chosen.promises, asking.sure(measures.region_groups)))
    layout.counted_in()
    view, kept = views.view(), entries(scenarios=chosen.scenarios).scenarios
    if view == "change":
        changing.show(problem, base, now, scenario, kept)
    elif view == "compare":
        scenarios.compared(base, problem, kept, lambda: asking.sure(worlds.kept_scenarios), asking.map_ground)
    else:
        looking.show(problem, base, scenario, kept)
