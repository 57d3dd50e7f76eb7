"""Where the visitor is, and what can be done from here."""

import streamlit as st

from medalloc.ui import state
from medalloc.ui.home import managing, parts, recent, stories
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

layout.opening("medalloc", parts.in_one_sentence())
with layout.failures_as_sentences():
    stories.go_on()
    parts.current_plan()
    recent.recent()
    if state.allowed("change"):
        st.subheader(_("Open a finished plan"), anchor=False)
        stories.cards()
        parts.begin()
        recent.open_file()
    parts.path_in_words()
    managing.workspace()
    layout.in_detail(_("What happens to my data?"), parts.about_data())
