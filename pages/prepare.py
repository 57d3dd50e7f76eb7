"""How the table is cleaned."""

import streamlit as st

from medalloc.errors import InputError
from medalloc.study.steps import tables
from medalloc.ui import asking
from medalloc.ui.kit import layout, path
from medalloc.ui.kit.words import _
from medalloc.ui.prepare import steps, values

recipe = asking.sure(tables.recipe_in_use)
layout.opening(_("Prepare"), steps.in_one_sentence(recipe))
with layout.failures_as_sentences():
    table = asking.ask(tables.table)
    if table is None or table.column("need") is None:
        path.missing_step()
    else:
        features = table.columns("feature")
        steps.built_in(recipe)
        steps.steps(recipe)
        steps.add_step(recipe, features)
        st.subheader(_("Every column before and after"), anchor=False)
        try:
            compared = asking.ask(tables.cleaned_columns)
        except InputError as error:
            compared = None
            layout.faults(error.faults)
            steps.does_not_fit(recipe, asking.sure(tables.feature_kinds))
        if compared is not None:
            values.before_and_after(compared)
        steps.exchange(recipe)
        layout.lead_to("need", _("Need: who will need care"))
