"""What changes if the world changes."""

import streamlit as st

from medalloc.ui import chain, futures, layout, what_if
from medalloc.ui.epidemic import section
from medalloc.ui.words import _

layout.opening(_("What if"), what_if.answer())
with layout.failures_as_sentences():
    if chain.problem() is None:
        layout.missing_step()
    else:
        what_if.figures()
        inputs, result = st.columns([2, 3], gap="large")
        with inputs:
            what_if.sliders()
        with result:
            what_if.result()
        section.section()
        what_if.trade_off()
        futures.section()
