"""How much care, and in which region."""

from medalloc.ui import chain, demand, layout
from medalloc.ui.words import _

expected = None
with layout.failures_as_sentences():
    expected = chain.demand()
layout.opening(_("Demand"), demand.in_one_sentence(expected) if expected else None)
with layout.failures_as_sentences():
    if expected is None:
        layout.missing_step()
    else:
        demand.population()
        demand.result(expected)
        layout.glossary("demand", "interval", "calibration")
        layout.lead_to("allocate", _("Allocate: which region gets what"))
