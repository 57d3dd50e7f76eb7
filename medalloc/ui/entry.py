"""The frame around every screen: pages, language, and where the visitor stands."""

import streamlit as st

from medalloc.ui import frame, state

st.set_page_config(page_title="medalloc", page_icon=frame.ICON, layout="wide")
page = st.navigation(frame.pages(), position="sidebar")
# a link of the sidebar drops the address's parameters
state.keep_token_in_address()
frame.sidebar()
page.run()
