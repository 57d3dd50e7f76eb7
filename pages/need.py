"""Who will need care, and how well that is known."""

import streamlit as st

from medalloc.ui import chain, layout
from medalloc.ui.need import (
    apply,
    card,
    curves,
    effects,
    groups,
    importances,
    leaderboard,
    one_patient,
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
            chosen = leaderboard.choose(every)
            leaderboard.warnings(chosen)
            st.subheader(_("At a threshold"), anchor=False)
            threshold.at_threshold(chosen)
            curves.curves(every)
            st.subheader(_("What the model relies on"), anchor=False)
            importances.importances(chosen)
            st.subheader(_("What one column does"), anchor=False)
            effects.effects(chosen)
            st.subheader(_("One patient"), anchor=False)
            one_patient.one_patient(chosen)
            st.subheader(_("For whom it is wrong"), anchor=False)
            groups.groups(chosen)
            card.card(chosen)
            layout.glossary("roc auc", "brier", "calibration")
            layout.lead_to("demand", _("Demand: how much care, in which region"))
    apply.section()
