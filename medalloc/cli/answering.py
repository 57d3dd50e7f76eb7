"""Asks a study for its plan: what takes long is done first, and what is doubtful is said beside the answer."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medalloc.cli.output import INFEASIBLE, print_json, sure, write
from medalloc.cli.watching import watching
from medalloc.errors import InfeasibleError, InputError
from medalloc.sentences import sentence

if TYPE_CHECKING:
    from medalloc.allocation.plan import Plan
    from medalloc.study import Answers


def read_study(file: Path) -> "Answers":
    """Return the answers of a study that was saved; its files lie where it says, as seen from its own folder."""
    from medalloc.jobs.here import JobsHere
    from medalloc.saved import read_form
    from medalloc.study import Answers, Study
    from medalloc.study.files import NamedFiles

    return Answers(read_form(file, Study, sentence("study")), NamedFiles(file.parent), JobsHere())


def worked_out(answers: "Answers") -> "Answers":
    """Return the answers with everything done that takes long and the demand needs.

    Warnings go to standard error, so that JSON stays one line.
    """
    from medalloc.study.steps import demands, needs, plans, tables

    table = answers(tables.table)
    if answers(tables.is_from_counts):
        answers = answers.after(answers.study, _tickets(answers, demands.outlook))
    elif table is None:
        raise InputError(sentence("This study names no table; make it with “study FILE”."))
    elif table.kind == "patients":
        table.required("region")
        answers = answers.after(answers.study, _tickets(answers, needs.training))
        _require_model(answers)
    for said in _warnings(answers):
        click.echo(str(said), err=True)
    if answers(plans.problem) is None:
        raise InputError(sentence("Say what is placed: --resource NAME=STOCK, --resources FILE, or both."))
    return answers


def tell(answers: "Answers", *, frontier: int, out: Path | None, as_json: bool) -> None:
    """Say or write the plan of a study, or which limits cannot be kept together, with the exit code for that."""
    from medalloc.allocation.explaining.answer import answer_json, no_answer_json
    from medalloc.allocation.plan import plan_frame
    from medalloc.demand.region_table import SET_BY_HAND, reasons_of
    from medalloc.study.steps import demands, plans

    answers = worked_out(answers)
    try:
        with watching():
            found = sure(answers, plans.plan)
    except InfeasibleError as error:
        print_json(no_answer_json(error)) if as_json else click.echo(str(error), err=True)
        sys.exit(INFEASIBLE)
    held, by_hand = _held_against(answers), reasons_of(sure(answers, demands.region_table))
    frame = plan_frame(found)
    if by_hand:
        frame[SET_BY_HAND] = frame["region"].map(by_hand).fillna("")
    if out is not None:
        write(frame, out)
    if as_json:
        noted = {SET_BY_HAND: by_hand} if by_hand else {}
        print_json({**answer_json(found), **noted, **_frontier(answers, frontier), **held})
        return
    click.echo(in_words(found))
    click.echo(frame.to_string(index=False))
    for each in held["futures"]["plans"] if held else ():
        click.echo(
            f"In {held['futures']['futures']} futures, {each['plan']} serves {each['expected_served']:,.1f} on average"
            f" and {each['served_in_worst_tenth']:,.1f} in the worst tenth."
        )


def in_words(plan: "Plan") -> str:
    """Return in a sentence how good a plan is."""
    return (
        f"{plan.total_coverage:.1%} of expected need is met; the worst-off region, {plan.worst_region}, "
        f"gets {plan.lowest_coverage:.1%} ({plan.status}, {plan.method})."
    )


def _tickets(answers: "Answers", step: Any) -> tuple[Any, ...]:
    ticket = answers.submit(step)
    return answers.tickets if ticket is None else (ticket, *answers.tickets)


def _require_model(answers: "Answers") -> None:
    """Refuse to go on with another model than the one that was asked for."""
    from medalloc.study.steps import needs

    model, found = answers.study.need.model, sure(answers, needs.training)
    if model is not None and model not in found.assessments:
        known = ", ".join(found.assessments)
        unknown = sentence("There is no model “{kind}”; use one of: {known}.", kind=model, known=known)
        raise InputError(found.refused.get(model, unknown))


def _warnings(answers: "Answers") -> Iterator[Any]:
    """Yield what a reader must know before quoting a number."""
    from medalloc.study.steps import demands, needs, plans

    training, assessment, outlook = answers(needs.training), answers(needs.assessment), answers(demands.outlook)
    if training is not None and assessment is not None:
        yield from (f"{kind}: {said}" for kind, said in training.refused.items())
        yield from () if answers.study.need.model else sure(answers, needs.leaderboard).verdict
        yield from assessment.warnings
        yield from sure(answers, demands.patients_demand).warnings
    if outlook is not None:
        yield from (*outlook.notes, *outlook.verdict.said)
    if answers.study.limits.resources is None:
        placed = ", ".join(f"{each.name}={each.stock:g}" for each in answers(plans.resources_in_use) or ())
        yield f"Nothing was said of what is placed; an example is: {placed}."


def _held_against(answers: "Answers") -> dict[str, Any]:
    """Return how the plan and its rivals fare in the futures of a file; nothing without one."""
    from medalloc.study.steps import worlds

    chosen = answers.study.what_if
    if chosen.futures_from != "file" or chosen.futures_file is None:
        return {}
    held = answers.after(answers.study, _tickets(answers, worlds.held_futures))(worlds.held_futures)
    return {"futures": held}


def _frontier(answers: "Answers", points: int) -> dict[str, Any]:
    from medalloc.allocation.policy import MOST_SERVED
    from medalloc.scenarios.frontier import frontier
    from medalloc.study.steps import plans

    if not points:
        return {}
    asked = replace(sure(answers, plans.problem), policy=MOST_SERVED)
    return {"frontier": [each.to_json() for each in frontier(asked, points)]}
