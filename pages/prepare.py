"""How the table is cleaned."""

import streamlit as st

from medalloc.errors import InputError
from medalloc.sentences import Sentence
from medalloc.study.steps import needs, tables
from medalloc.ui import asking
from medalloc.ui.kit import layout, path
from medalloc.ui.kit.words import _
from medalloc.ui.prepare import exchanging, steps, values

recipe = asking.sure(tables.recipe_in_use)
layout.opening(_("Prepare"), steps.in_one_sentence(recipe))
with layout.failures_as_sentences():
    unprepared = asking.ask(tables.unprepared)
    if unprepared is None or unprepared.column("need") is None:
        path.missing_step("prepare")
    else:
        compared, shaped = None, asking.known(tables.table)
        faults: tuple[Sentence, ...] = ()
        try:
            compared = asking.ask(tables.cleaned_columns)
        except InputError as error:
            faults = error.faults
        steps.built_in(recipe)
        if recipe.fitted_on == "whole table":
            steps.leaks(asking.known(needs.recipe_leak))
        of_table = list(dict.fromkeys(str(each) for found in (unprepared, shaped) if found for each in found.frame))
        features = (shaped or unprepared).columns("feature")
        effects = None if compared is None else compared.effects
        steps.steps(recipe, effects, of_table=of_table, features=features)
        steps.add_step(recipe, of_table=of_table, features=features)
        st.subheader(_("Every column before and after"), anchor=False)
        if faults:
            layout.faults(faults)
            if shaped is None:
                exchanging.does_not_shape(recipe, unprepared)
            else:
                exchanging.does_not_fit(recipe, asking.sure(tables.feature_kinds))
        if compared is not None:
            values.before_and_after(compared)
        exchanging.exchange(recipe)
        layout.lead_to("need", _("Need: who will need care"))
