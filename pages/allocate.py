"""Which region gets what, and why."""

import streamlit as st

from medalloc.errors import InfeasibleError
from medalloc.ui import allocation, chain, layout, plan
from medalloc.ui.words import _

found, conflict = None, None
with layout.failures_as_sentences():
    try:
        found = chain.plan()
    except InfeasibleError as error:
        conflict = error

layout.opening(_("Allocate"), plan.answer(found) if found else None)
with layout.failures_as_sentences():
    if chain.region_table() is None:
        layout.missing_step()
    else:
        if found:
            layout.figures(plan.figures(found))
        elif conflict:
            allocation.conflicts(conflict)
        st.subheader(_("What there is to place"), anchor=False)
        allocation.resources_editor()
        inputs, result = st.columns([5, 6], gap="large")
        with inputs:
            allocation.limits()
        if found:
            with result:
                picked = plan.map_of(found)
            plan.in_full(found, picked)
