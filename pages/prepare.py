"""How the table is cleaned."""

import streamlit as st

from medalloc.ui import chain, layout, preparation
from medalloc.ui.words import _

layout.opening(_("Prepare"), preparation.in_one_sentence())
with layout.failures_as_sentences():
    table = chain.table()
    if table is None or table.column("need") is None:
        layout.missing_step()
    else:
        preparation.built_in()
        preparation.steps()
        preparation.add_step(table.columns("feature"))
        st.subheader(_("Every column before and after"), anchor=False)
        with layout.failures_as_sentences():
            preparation.before_and_after()
        preparation.exchange()
        layout.lead_to("need", _("Need: who will need care"))
