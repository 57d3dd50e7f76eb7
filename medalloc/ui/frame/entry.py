"""The frame around every screen: pages, language, and where the visitor stands."""

from pathlib import Path

import streamlit as st

from medalloc.ui import asking, state, visit
from medalloc.ui.frame import navigation
from medalloc.ui.kit import pressed

# its words are short: the rest of the width is for pictures
SIDEBAR = 232
st.set_page_config(page_title="medalloc", page_icon=navigation.ICON, layout="wide", initial_sidebar_state=SIDEBAR)
st.html(Path(__file__).with_name("screen.css"))
if navigation.door():
    pressed.act()
    asking.begin()
    page = st.navigation(navigation.pages(state.hidden()), position="sidebar")
    # a link of the sidebar drops the address's parameters
    visit.keep_token_in_address()
    navigation.sidebar()
    navigation.lost()
    page.run()
else:
    # whoever is not in sees none of the screens; their addresses are known, so that signing in leads there
    st.navigation(navigation.pages(), position="hidden")
