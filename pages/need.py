"""Who will need care, and how well that is known."""

import streamlit as st

from medalloc.ui import chain, layout
from medalloc.ui.need import (
    apply,
    card,
    certainty,
    curves,
    deciding,
    effects,
    groups,
    importances,
    leaderboard,
    losses,
    one_patient,
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
            losses.learned(training.model_names())
            st.subheader(_("What calibration changes"), anchor=False)
            certainty.calibration(chosen)
            st.subheader(_("For whom the answer is clear"), anchor=False)
            certainty.answers(chosen)
            st.subheader(_("What the model relies on"), anchor=False)
            importances.importances(chosen)
            st.subheader(_("What one column does"), anchor=False)
            effects.effects(chosen)
            st.subheader(_("One patient"), anchor=False)
            one_patient.one_patient(chosen)
            st.subheader(_("For whom it is wrong"), anchor=False)
            groups.groups(chosen)
            card.card(chosen)
    apply.section()
    if chain.assessments():
        layout.glossary("roc auc", "brier", "calibration")
        layout.lead_to("demand", _("Demand: how much care, in which region"))
