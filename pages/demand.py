"""How much care, and in which region."""

import streamlit as st

from medalloc.study.steps import demands, needs, plans, tables
from medalloc.ui import asking, state
from medalloc.ui.demand import counts, from_patients, from_regions, in_units, source
from medalloc.ui.kit import layout, path, telling, uploads
from medalloc.ui.kit.words import _

expected, unit, counted, said, stated = None, None, False, None, None
with layout.failures_as_sentences():
    counted = asking.sure(tables.is_from_counts)
    expected, unit = asking.ask(demands.patients_demand), asking.known(needs.amount_unit)
    if counted:
        said = counts.sentence_on_top()
    elif expected:
        said = from_patients.in_one_sentence(expected.regions, expected.mean, unit)
    elif stated := asking.known(plans.problem):
        said = from_patients.in_one_sentence(stated.regions, stated.demand, state.counted_in())
layout.opening(_("Demand"), said)
with layout.failures_as_sentences():
    table, chosen = asking.ask(tables.table), asking.study().demand
    choosing = None if asking.ask(tables.table_holds_counts) else table
    if choosing is not None and (counted or expected is None) and stated is None:
        source.choose(choosing)
    path.older()
    if counted:
        counts.screen()
        telling.price(lambda: asking.known(plans.plan))
    elif stated is not None:
        from_regions.figures(stated)
        picture, controls = st.columns([7, 5], gap="large")
        with controls:
            if choosing is not None:
                source.choose(choosing)
            with uploads.folded(_("Or start from counts over time"), source.UPLOAD):
                counts.take()
        with picture:
            from_regions.on_the_map(stated, asking.map_ground())
        from_regions.by_region(stated)
        layout.glossary("demand")
        layout.lead_to("allocate", _("Allocate: which region gets what"))
    elif expected is None:
        path.missing_step()
        with uploads.folded(_("Or start from counts over time"), source.UPLOAD, expanded=table is None):
            counts.take()
    else:
        from_patients.figures(expected, unit)
        layout.counted_in()
        picture, controls = st.columns([7, 5], gap="large")
        with controls:
            if choosing is not None:
                source.choose(choosing)
            from_patients.population(
                asking.ask(tables.regions),
                chosen.population_name if chosen.population_file else None,
                lambda file, name: asking.would(demands.patients_demand, population_file=file, population_name=name),
            )
        with picture:
            from_patients.on_the_map(expected, asking.map_ground(), unit)
        by_region, trust, units = st.tabs([_("Regions"), _("Can the sums be trusted?"), in_units.title()])
        with by_region:
            from_patients.by_region(expected, unit)
        with trust:
            from_patients.trust(expected, unit)
            telling.price(lambda: asking.known(plans.plan))
        with units:
            in_units.section(expected, chosen.conversions, asking.known(plans.stated_resources) or ())
        layout.glossary("demand", "interval", "calibration")
        layout.lead_to("allocate", _("Allocate: which region gets what"))
