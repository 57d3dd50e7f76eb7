"""Who will need care, and how well that is known."""

import streamlit as st

from medalloc.ui import chain, layout
from medalloc.ui.need import apply, card, curves, importances, leaderboard, threshold, training
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
            chosen = leaderboard.choose(every)
            leaderboard.warnings(chosen)
            st.subheader(_("At a threshold"), anchor=False)
            threshold.at_threshold(chosen)
            curves.curves(every)
            st.subheader(_("What the model relies on"), anchor=False)
            importances.importances(chosen)
            card.card(chosen)
    apply.section()
    if chain.assessments():
        layout.glossary("roc auc", "brier", "calibration")
        layout.lead_to("demand", _("Demand: how much care, in which region"))
