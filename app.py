"""The server: `streamlit run app.py` opens the dashboard."""

import streamlit as st

from medalloc.ui.frame import server

server.load_rooms()
# streamlit finds the application by this call, so it cannot be made elsewhere
app = st.App(server.ENTRY, routes=server.ROUTES, middleware=server.MIDDLEWARE, lifespan=server.lifespan)
