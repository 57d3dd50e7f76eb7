"""Who will need care, and how well that is known."""

import streamlit as st

from medalloc.ui import chain, layout
from medalloc.ui.need import (
    certainty,
    curves,
    deciding,
    importances,
    leaderboard,
    searching,
    threshold,
    training,
)
from medalloc.ui.words import _

layout.opening(_("Need"), leaderboard.in_one_sentence())
with layout.failures_as_sentences():
    table = chain.table()
    if table is None or table.column("need") is None:
        layout.missing_step()
    else:
        training.controls()
        every = chain.assessments()
        if every:
            leaderboard.leaderboard(every)
            searching.section()
            chosen = leaderboard.choose(every)
            leaderboard.warnings(chosen)
            st.subheader(_("At a threshold"), anchor=False)
            threshold.at_threshold(chosen)
            st.subheader(_("By what errors cost"), anchor=False)
            deciding.by_cost(chosen)
            st.subheader(_("Whether acting on it is worth it"), anchor=False)
            deciding.decision(chosen)
            curves.curves(every)
            st.subheader(_("What calibration changes"), anchor=False)
            certainty.calibration(chosen)
            st.subheader(_("For whom the answer is clear"), anchor=False)
            certainty.answers(chosen)
            st.subheader(_("What the model relies on"), anchor=False)
            importances.importances(chosen)
            layout.glossary("roc auc", "brier", "calibration")
            layout.lead_to("demand", _("Demand: how much care, in which region"))
