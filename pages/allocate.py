"""Which region gets what, and why."""

import streamlit as st

from medalloc.errors import InfeasibleError
from medalloc.ui import allocation, chain, layout
from medalloc.ui.words import _

plan, conflict, picked = None, None, []
with layout.failures_as_sentences():
    try:
        plan = chain.plan()
    except InfeasibleError as error:
        conflict = error

layout.opening(_("Allocate"), allocation.answer(plan) if plan else None)
with layout.failures_as_sentences():
    if chain.region_table() is None:
        layout.missing_step()
    else:
        if plan:
            layout.figures(allocation.figures(plan))
        elif conflict:
            allocation.conflicts(conflict)
        st.subheader(_("What there is to place"), anchor=False)
        allocation.resources_editor()
        inputs, result = st.columns([5, 6], gap="large")
        with inputs:
            allocation.limits()
        if plan:
            with result:
                picked = allocation.map_of(plan)
            allocation.in_full(plan, picked)
