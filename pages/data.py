"""What came in, and whether it can be trusted."""

import streamlit as st

from medalloc.ui import chain, columns, data, findings, layout
from medalloc.ui.words import _

layout.opening(_("Data"), data.in_one_sentence())
with layout.failures_as_sentences():
    data.choose_file("data")
    table = chain.read()
    if table is not None:
        data.remarks(table)
        st.subheader(_("What was found"), anchor=False)
        findings.by_repair(chain.found())
        findings.rejected(table)
        st.subheader(_("What each column is for"), anchor=False)
        columns.roles_editor(table)
        st.subheader(_("The table"), anchor=False)
        data.preview(table)
        data.reading_options(table)
        data.next_step()
