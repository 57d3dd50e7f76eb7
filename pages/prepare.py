"""How the table is cleaned."""

import streamlit as st

from medalloc.study.steps import tables
from medalloc.ui import asking, prepare
from medalloc.ui.kit import layout, path
from medalloc.ui.kit.words import _

recipe = asking.sure(tables.recipe_in_use)
layout.opening(_("Prepare"), prepare.in_one_sentence(recipe))
with layout.failures_as_sentences():
    table = asking.ask(tables.table)
    if table is None or table.column("need") is None:
        path.missing_step()
    else:
        prepare.built_in(recipe)
        prepare.steps(recipe)
        prepare.add_step(recipe, table.columns("feature"))
        st.subheader(_("Every column before and after"), anchor=False)
        with layout.failures_as_sentences():
            compared = asking.ask(tables.cleaned_columns)
            if compared is not None:
                prepare.before_and_after(compared)
        prepare.exchange(recipe)
        layout.lead_to("need", _("Need: who will need care"))
