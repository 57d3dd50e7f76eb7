"""Who will need care, and how well that is known."""

from medalloc.study.steps import needs, tables
from medalloc.ui import state
from medalloc.ui.data import meaning
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _
from medalloc.ui.need import apply, leaderboard, parts, training

layout.opening(_("Need"), leaderboard.in_one_sentence())
with layout.failures_as_sentences():
    table, every = state.ask(tables.table), state.ask(needs.assessments)
    if table is None or table.column("need") is None:
        layout.missing_step()
    else:
        meaning.means_need()
        training.controls()
        if every:
            leaderboard.leaderboard(every)
            chosen = leaderboard.choose(every)
            leaderboard.warnings(chosen)
            parts.show(chosen, every)
            layout.glossary("roc auc", "brier", "calibration")
            layout.lead_to("demand", _("Demand: how much care, in which region"))
    if not every:
        # a model that was kept needs no training here
        apply.section()
