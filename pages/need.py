"""Who will need care, and how well that is known."""

import streamlit as st

from medalloc.ui import chain, layout, need, training
from medalloc.ui.words import _

layout.opening(_("Need"), need.in_one_sentence())
with layout.failures_as_sentences():
    table = chain.table()
    if table is None or table.column("need") is None:
        layout.missing_step()
    else:
        training.controls()
        every = chain.assessments()
        if every:
            need.leaderboard(every)
            chosen = need.choose(every)
            need.warnings(chosen)
            st.subheader(_("At a threshold"), anchor=False)
            need.at_threshold(chosen)
            need.curves(every)
            st.subheader(_("What the model relies on"), anchor=False)
            need.importances(chosen)
            layout.glossary("roc auc", "brier", "calibration")
            layout.lead_to("demand", _("Demand: how much care, in which region"))
