"""How much care, and in which region."""

from medalloc.study.steps import demands, needs, plans, tables
from medalloc.ui import asking
from medalloc.ui.demand import counts, from_patients, in_units, source
from medalloc.ui.kit import layout, path, uploads
from medalloc.ui.kit.words import _

expected, unit, counted, said = None, None, False, None
with layout.failures_as_sentences():
    counted = asking.sure(tables.is_from_counts)
    expected, unit = asking.ask(demands.patients_demand), asking.known(needs.amount_unit)
    said = counts.sentence_on_top() if counted else from_patients.in_one_sentence(expected, unit) if expected else None
layout.opening(_("Demand"), said)
with layout.failures_as_sentences():
    table, chosen = asking.ask(tables.table), asking.study().demand
    if table is not None and not asking.ask(tables.table_holds_counts):
        source.choose(table)
    path.older()
    if counted:
        counts.screen()
    elif expected is None:
        path.missing_step()
        with uploads.folded(_("Or start from counts over time"), source.UPLOAD, expanded=table is None):
            counts.take()
    else:
        from_patients.population(
            asking.ask(tables.regions),
            chosen.population_name if chosen.population_file else None,
            lambda file, name: asking.would(demands.patients_demand, population_file=file, population_name=name),
        )
        from_patients.result(expected, asking.map_ground(), unit)
        layout.counted_in()
        in_units.section(expected, chosen.conversions, asking.known(plans.resources_in_use) or ())
        layout.glossary("demand", "interval", "calibration")
        layout.lead_to("allocate", _("Allocate: which region gets what"))
