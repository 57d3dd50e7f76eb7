"""What is handed over."""

from medalloc.report.embedding import holds_patients
from medalloc.report.task import MakeReport
from medalloc.study.steps import plans, worlds
from medalloc.ui import asking
from medalloc.ui.allocate import plan
from medalloc.ui.kit import layout, path, promises, runs
from medalloc.ui.kit.words import _
from medalloc.ui.report import making, pack

found, conflict, problem = None, None, None
with layout.failures_as_sentences():
    problem = asking.ask(plans.problem)
    found, conflict = asking.attempt(plans.plan)
layout.opening(_("Report"), plan.answer(found) if found else None)
with layout.failures_as_sentences():
    path.older()
    if problem is None or not (found or conflict):
        path.missing_step()
    else:
        promises.show(asking.known(worlds.kept_promises) or ())
        making.controls(asking.answers)
        runs.show(
            making.TASK,
            cancelled=_("The report was not made: it was cancelled."),
            lost=_("The report was lost when the server ended: make it again."),
        )
        ticket = runs.last_done(making.TASK)
        if ticket is not None:
            older = not making.is_of_now(ticket, asking.answers())
            has_rows = holds_patients(asking.answers())
            pack.show(runs.result(ticket, MakeReport), "report", older=older, holds_patients=has_rows)
