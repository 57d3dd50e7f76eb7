"""Which region gets what, and why."""

import streamlit as st

from medalloc.errors import InfeasibleError
from medalloc.study.steps import demands, plans, tables
from medalloc.ui import state
from medalloc.ui.allocate import limits, plan, plan_map, plan_words, regions, repairs, resources
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

found, conflict = None, None
with layout.failures_as_sentences():
    try:
        found = state.ask(plans.plan)
    except InfeasibleError as error:
        conflict = error

layout.opening(_("Allocate"), plan.answer(found) if found else None)
with layout.failures_as_sentences():
    layout.older()
    if state.ask(demands.region_table) is None:
        layout.missing_step()
    else:
        if found:
            plan_words.in_short(found)
            layout.figures(plan.figures(found))
        elif conflict:
            repairs.conflicts(conflict)
        layout.notes(state.ask(tables.table), state.ask(tables.regions), state.ask(tables.regions_of_counts))
        st.subheader(_("What there is to place"), anchor=False)
        resources.table()
        with layout.failures_as_sentences():
            regions.table()
        inputs, result = st.columns([5, 6], gap="large")
        with inputs:
            limits.limits()
        if found:
            with result:
                picked = plan_map.draw(found)
            plan.in_full(found, picked)
