"""Who will need care, and how well that is known."""

import streamlit as st

from medalloc.study.steps import needs, plans, tables
from medalloc.ui import asking
from medalloc.ui.data import meaning
from medalloc.ui.kit import layout, path
from medalloc.ui.kit.words import _
from medalloc.ui.need import amount_parts, amounts, apply, leaderboard, parts, training
from medalloc.ui.need.explained import Trained

looked_at, of_amounts = asking.ask(needs.assessment), asking.ask(needs.amount_assessment)
unit = asking.known(needs.amount_unit) or ""
said = amounts.in_one_sentence(of_amounts, unit) if of_amounts else None
layout.opening(_("Need"), leaderboard.in_one_sentence(looked_at) if looked_at else said)
with layout.failures_as_sentences():
    table, answers, chosen = asking.ask(tables.table), asking.answers(), asking.study().need
    if table is None or table.column("need") is None:
        path.missing_step("need")
    else:
        training.progress(older=answers.is_older(needs.training))
        # the picture comes before what makes another one of it
        picture = st.container()
        meaning.means_need(table, lambda: asking.ask(needs.need_meaning))
        if asking.known(needs.learns_amounts):
            training.controls_of_amounts(chosen.model_options)
        else:
            training.controls(chosen, len(table.frame))
            path.other_model()
        trained, run = answers(needs.training), answers.ticket(needs.training)
        if looked_at and trained and run:
            every, compared = trained.assessments, leaderboard.compared(trained.assessments)
            with picture:
                leaderboard.picture(compared, looked_at)
            leaderboard.table(compared, every, trained.refused)
            of = leaderboard.choose(every, looked_at.choice.kind)
            leaderboard.warnings(of.warnings)
            searched = parts.Searched(
                answers(needs.option_search), answers.is_older(needs.option_search), chosen.model_options
            )
            every_run = tuple(answers.result(needs.training, each) for each in answers.done(needs.training))
            parts.show(
                Trained(of, trained, run.id, every_run),
                searched,
                lambda: asking.ask(plans.plan),
            )
            layout.glossary("roc auc", "brier", "calibration")
        elif of_amounts and trained:
            with picture:
                amounts.picture(trained.amounts, unit)
            amounts.leaderboard(trained.amounts, unit)
            leaderboard.refused(trained.refused)
            measured = amounts.choose(trained.amounts, of_amounts.choice.kind)
            leaderboard.warnings(measured.warnings)
            model, learned_from = trained.model(measured.choice.kind), trained.learned_from
            amount_parts.show(amount_parts.TrainedAmount(measured, model, learned_from, unit))
        if looked_at or of_amounts:
            layout.lead_to("demand", _("Demand: how much care, in which region"))
            layout.lead_to("patients", _("Patients: who is first"))
    if not looked_at and not of_amounts:
        # a model that was kept needs no training here
        apply.section(None)
