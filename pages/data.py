"""What came in, and whether it can be trusted."""

import streamlit as st

from medalloc.study.steps import tables
from medalloc.ui import state
from medalloc.ui.data import columns, file_choice, findings, meaning
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

layout.opening(_("Data"), file_choice.in_one_sentence())
with layout.failures_as_sentences():
    file_choice.choose_file("data")
    table = state.ask(tables.came_in)
    if table is not None:
        file_choice.remarks(table)
        st.subheader(_("What was found"), anchor=False)
        with layout.failures_as_sentences():
            findings.by_repair(state.ask(tables.table_findings) or ())
        findings.rejected(table)
        st.subheader(_("What each column is for"), anchor=False)
        columns.roles_editor(table)
        meaning.means_need()
        st.subheader(_("The table"), anchor=False)
        file_choice.preview(table)
        file_choice.reading_options(table)
        file_choice.next_step()
