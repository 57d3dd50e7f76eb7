"""What changes if the world changes."""

import streamlit as st

from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import base_and_scenario, epidemic, futures

layout.opening(_("What if"), base_and_scenario.answer())
with layout.failures_as_sentences():
    layout.older()
    if state.ask(plans.problem) is None:
        layout.missing_step()
    else:
        base_and_scenario.figures()
        inputs, result = st.columns([2, 3], gap="large")
        with inputs:
            base_and_scenario.sliders()
        with result:
            base_and_scenario.result()
        epidemic.section()
        base_and_scenario.trade_off()
        futures.section()
