"""How the table is cleaned."""

import streamlit as st

from medalloc.study.steps import tables
from medalloc.ui import prepare, state
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

layout.opening(_("Prepare"), prepare.in_one_sentence())
with layout.failures_as_sentences():
    table = state.ask(tables.table)
    if table is None or table.column("need") is None:
        layout.missing_step()
    else:
        prepare.built_in()
        prepare.steps()
        prepare.add_step(table.columns("feature"))
        st.subheader(_("Every column before and after"), anchor=False)
        with layout.failures_as_sentences():
            prepare.before_and_after()
        prepare.exchange()
        layout.lead_to("need", _("Need: who will need care"))
