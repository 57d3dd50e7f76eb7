"""How much care, and in which region."""

import streamlit as st

from medalloc.study.steps import demands, tables
from medalloc.ui import state
from medalloc.ui.demand import counts, from_patients, in_units, source
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

expected, counted, said = None, False, None
with layout.failures_as_sentences():
    counted = state.sure(tables.is_from_counts)
    expected = state.ask(demands.patients_demand)
    said = counts.sentence_on_top() if counted else from_patients.in_one_sentence(expected) if expected else None
layout.opening(_("Demand"), said)
with layout.failures_as_sentences():
    source.choose()
    layout.older()
    if counted:
        counts.screen()
    elif expected is None:
        layout.missing_step()
        with st.expander(_("Or start from counts over time"), expanded=state.ask(tables.table) is None):
            source.take()
    else:
        from_patients.population()
        from_patients.result(expected)
        in_units.section(expected)
        layout.glossary("demand", "interval", "calibration")
        layout.lead_to("allocate", _("Allocate: which region gets what"))
