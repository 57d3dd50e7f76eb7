"""Who is first among patients who wait."""

import streamlit as st

from medalloc.study.steps import needs, priorities, tables
from medalloc.ui import asking
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _
from medalloc.ui.patients import fairness, given, listing, missing, rule

found, other = asking.known(priorities.priority_list), asking.known(priorities.other_list)
layout.opening(_("Patients"), listing.in_one_sentence(found, other) if found and other else None)
with layout.failures_as_sentences():
    waiting = asking.ask(priorities.waiting)
    if waiting is None:
        missing.said(asking.ask(tables.table))
    else:
        chosen, standing = asking.study().priority, asking.sure(priorities.rule_in_use)
        columns = [str(each) for each in waiting.table.frame.columns]
        missing.model(waiting, older=asking.answers().is_older(needs.training))
        units, against = st.columns(2)
        with units:
            given.units(asking.sure(priorities.units_in_use), chosen.units_given)
        with against:
            given.other_rule(chosen.other_rule, missing.numbers(waiting), standing.waiting)
        placed = asking.known(priorities.placement)
        with layout.failures_as_sentences():
            found, other = asking.ask(priorities.priority_list), asking.ask(priorities.other_list)
            if found and other:
                layout.figures(listing.figures(found, other))
                listing.table(found, other, placed)
        for note in asking.known(priorities.priority_notes) or ():
            st.caption(words.say(note))
        if found:
            listing.overriding(found, chosen.overrides)
        with_places = chosen.facilities_file is not None
        rule.editor(standing, columns, suggested=chosen.priority_rule is None, with_places=with_places)
        given.facilities(placed, chosen.facilities_name)
        if found:
            with layout.failures_as_sentences():
                by = asking.sure(priorities.fairness_columns)
                fairness.choose(columns, by)
                if (outcomes := asking.ask(priorities.group_outcomes)) is not None:
                    fairness.groups(outcomes, by)
                if (shifts := asking.ask(priorities.label_shifts)) is not None:
                    fairness.labels(shifts, by)
        layout.notes(asking.ask(tables.table))
        layout.in_detail(_("How the list is made"), *missing.method())
