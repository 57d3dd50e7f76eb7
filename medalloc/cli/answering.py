"""Asks a study for its plan: what takes long is done first, and what is doubtful is said beside the answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from medalloc.allocation.plan import told_of
from medalloc.cli.found import found_of_table
from medalloc.cli.output import read_bytes, sure
from medalloc.cli.progress import Told
from medalloc.cli.remembered import told
from medalloc.errors import InputError, refused
from medalloc.jobs.here import JobsHere
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.evaluation.assessment import Assessment
from medalloc.saved import read_form
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.files import FilesInMemory, NamedFiles
from medalloc.study.steps import demands, needs, plans, tables


def read_study(file: Path) -> Answers:
    """Return the answers of a study that was saved: packed with its files, or naming them as seen from its folder."""
    from medalloc.workspace.packed import SUFFIX, unpack
    from medalloc.workspace.trained import with_models

    if file.suffix == SUFFIX:
        files, packed = FilesInMemory(), read_bytes(file)
        found = unpack(packed, file.name, files.keep)
        answers = Answers(found.study, files, JobsHere(Told()))
        return answers.after(answers.study, with_models(answers, packed, file.name, found))
    return Answers(read_form(file, Study, sentence("study")), NamedFiles(file.parent), JobsHere(Told()))


def worked_out(answers: Answers) -> Answers:
    """Return the answers with everything done that takes long and the demand needs.

    Warnings go to standard error, so that JSON stays one line.
    """
    table = answers(tables.table)
    if answers(tables.is_from_counts):
        answers = answers.after(answers.study, submitted(answers, demands.outlook))
    elif table is None:
        raise refused("This study names no table; make it with “study FILE”.")
    elif table.kind == "patients":
        table.required("region")
        answers = answers.after(answers.study, submitted(answers, needs.training))
        _require_model(answers)
        answers = answers.after(answers.study, submitted(answers, demands.partition_sums))
    for said in warnings(answers):
        click.echo(str(said), err=True)
    if answers(plans.problem) is None:
        raise refused("Say what is placed: --resource NAME=STOCK, --resources FILE, or both.")
    return answers


def assessed(answers: Answers) -> Assessment | AmountAssessment | None:
    """Return what was found about the model of need or of amounts that is in use; None without one."""
    return answers(needs.assessment) or answers(needs.amount_assessment)


def submitted(answers: Answers, step: Any) -> tuple[Any, ...]:
    """Return the tickets of a study after a step that takes long was submitted, unless it is answered already."""
    if answers.standing(step) == "ready":
        return answers.tickets
    ticket = answers.submit(step)
    return answers.tickets if ticket is None else (ticket, *answers.tickets)


def _require_model(answers: Answers) -> None:
    """Refuse to go on with another model than the one that was asked for."""
    model, found = answers.study.need.model, sure(answers, needs.training)
    trained = {**found.assessments, **found.amounts}
    if model is not None and model not in trained:
        known = ", ".join(trained)
        unknown = sentence("There is no model “{kind}”; use one of: {known}.", kind=model, known=known)
        raise InputError(found.refused.get(model, unknown))


def warnings(answers: Answers) -> list[Any]:
    """Return what a reader must know before quoting a number, each once."""
    return list({str(each): each for each in _every_warning(answers)}.values())


def _every_warning(answers: Answers) -> Iterator[Any]:
    for step in (tables.table, tables.own_counts, tables.regions, tables.regions_of_counts):
        read = answers(step)
        yield from () if read is None else read.notes
    yield from told(answers)
    yield from found_of_table(answers)
    yield from answers(plans.understood_columns) or ()
    yield from answers(plans.idle_choices) or ()
    if (unit := answers(demands.demand_unit)) is not None:
        yield told_of(unit)
    training, assessment, outlook = answers(needs.training), assessed(answers), answers(demands.outlook)
    if training is not None and assessment is not None:
        yield from (f"{kind}: {said}" for kind, said in training.refused.items())
        compared = answers(needs.leaderboard) or answers(needs.amount_leaderboard)
        yield from () if answers.study.need.model or compared is None else compared.verdict
        yield from assessment.warnings
        yield from sure(answers, demands.patients_demand).warnings
    if outlook is not None:
        yield from (*outlook.notes, *outlook.verdict.said)
    if answers.study.limits.resources is None:
        placed = ", ".join(f"{each.name}={each.stock:g}" for each in answers(plans.resources_in_use) or ())
        yield f"Nothing was said of what is placed; an example is: {placed}."
