"""Who will need care, and how well that is known."""

from medalloc.study.steps import needs, plans, tables
from medalloc.ui import asking
from medalloc.ui.data import meaning
from medalloc.ui.kit import layout, path
from medalloc.ui.kit.words import _
from medalloc.ui.need import apply, leaderboard, parts, training
from medalloc.ui.need.explained import Trained

looked_at = asking.ask(needs.assessment)
layout.opening(_("Need"), leaderboard.in_one_sentence(looked_at) if looked_at else None)
with layout.failures_as_sentences():
    table, answers, chosen = asking.ask(tables.table), asking.answers(), asking.study().need
    if table is None or table.column("need") is None:
        path.missing_step()
    else:
        meaning.means_need(table, lambda: asking.ask(needs.need_meaning))
        training.controls(chosen, len(table.frame), older=answers.is_older(needs.training))
        path.other_model()
        trained, run = answers(needs.training), answers.ticket(needs.training)
        if looked_at and trained and run:
            every = trained.assessments
            leaderboard.leaderboard(every, trained.refused)
            of = leaderboard.choose(every, looked_at.choice.kind)
            leaderboard.warnings(of)
            searched = parts.Searched(
                answers(needs.option_search), answers.is_older(needs.option_search), chosen.model_options
            )
            parts.show(
                Trained(of, trained, run.id),
                searched,
                lambda: (asking.ask(plans.problem), asking.ask(plans.plan)),
            )
            layout.glossary("roc auc", "brier", "calibration")
            layout.lead_to("demand", _("Demand: how much care, in which region"))
    if not looked_at:
        # a model that was kept needs no training here
        apply.section(None)
