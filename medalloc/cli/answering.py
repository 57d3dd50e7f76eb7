"""Asks a study for its plan: what takes long is done first, and what is doubtful is said beside the answer."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medalloc.cli.found import found_of_table
from medalloc.cli.output import INFEASIBLE, print_json, read_bytes, sure, write
from medalloc.cli.remembered import told
from medalloc.cli.watching import watching
from medalloc.errors import InfeasibleError, InputError
from medalloc.sentences import sentence

if TYPE_CHECKING:
    from medalloc.allocation.plan import Plan
    from medalloc.need.evaluation.amount_assessment import AmountAssessment
    from medalloc.need.evaluation.assessment import Assessment
    from medalloc.study import Answers


def read_study(file: Path) -> "Answers":
    """Return the answers of a study that was saved: packed with its files, or naming them as seen from its folder."""
    from medalloc.cli.progress import Told
    from medalloc.jobs.here import JobsHere
    from medalloc.saved import read_form
    from medalloc.study import Answers, Study
    from medalloc.study.files import FilesInMemory, NamedFiles
    from medalloc.workspace.packed import SUFFIX, unpack

    if file.suffix == SUFFIX:
        files = FilesInMemory()
        return Answers(unpack(read_bytes(file), file.name, files.keep).study, files, JobsHere(Told()))
    return Answers(read_form(file, Study, sentence("study")), NamedFiles(file.parent), JobsHere(Told()))


def worked_out(answers: "Answers") -> "Answers":
    """Return the answers with everything done that takes long and the demand needs.

    Warnings go to standard error, so that JSON stays one line.
    """
    from medalloc.study.steps import demands, needs, plans, tables

    table = answers(tables.table)
    if answers(tables.is_from_counts):
        answers = answers.after(answers.study, submitted(answers, demands.outlook))
    elif table is None:
        raise InputError(sentence("This study names no table; make it with “study FILE”."))
    elif table.kind == "patients":
        table.required("region")
        answers = answers.after(answers.study, submitted(answers, needs.training))
        _require_model(answers)
        answers = answers.after(answers.study, submitted(answers, demands.partition_sums))
    for said in _warnings(answers):
        click.echo(str(said), err=True)
    if answers(plans.problem) is None:
        raise InputError(sentence("Say what is placed: --resource NAME=STOCK, --resources FILE, or both."))
    return answers


def tell(answers: "Answers", *, frontier: int, out: Path | None, as_json: bool) -> None:
    """Say or write the plan of a study, or which limits cannot be kept together, with the exit code for that."""
    import numpy as np

    from medalloc.allocation.explaining.answer import answer_json, no_answer_json
    from medalloc.allocation.plan import plan_frame
    from medalloc.allocation.waiting.of_plan import in_one_sentence, waits_of
    from medalloc.demand.region_table import SET_BY_HAND, reasons_of
    from medalloc.study.steps import demands, plans

    answers = worked_out(answers)
    try:
        with watching():
            answers = answers.after(answers.study, submitted(answers, plans.searched_plan))
            found = sure(answers, plans.plan)
    except InfeasibleError as error:
        print_json({**no_answer_json(error), **_notes(answers)}) if as_json else click.echo(str(error), err=True)
        sys.exit(INFEASIBLE)
    held, by_hand = _held_against(answers), reasons_of(sure(answers, demands.region_table))
    frame = plan_frame(found)
    if hidden := answers(plans.hidden_demand):
        # what is no interval is known
        ends = [hidden.get(name, (known, known)) for name, known in zip(frame["region"], frame["demand"], strict=True)]
        frame["demand_low"], frame["demand_high"] = np.array(ends, float).T
    if by_hand:
        frame[SET_BY_HAND] = frame["region"].map(by_hand).fillna("")
    if out is not None:
        write(frame, out)
    if as_json:
        noted = {SET_BY_HAND: by_hand} if by_hand else {}
        beside = {
            **noted,
            **_observed(answers),
            **_equity(answers),
            **promises_json(answers),
            **requirements_json(answers),
            **_frontier(answers, frontier),
            **held,
        }
        print_json({**answer_json(found), **_notes(answers), **learnt_json(answers), **unit_json(answers), **beside})
        return
    click.echo(in_words(found))
    for said in learnt_in_words(answers):
        click.echo(said)
    for aim in sure(answers, plans.plan_aims):
        click.echo(f"{aim.name}: {aim.meaning}")
    for promise in promises_json(answers).get("promises", ()):
        click.echo(promise["said"])
    for compared in _equity(answers).values():
        click.echo(compared["said"])
    for assumed in requirements_json(answers)["assumed_requirements"]:
        click.echo(assumed)
    click.echo(frame.to_string(index=False))
    for resource, waited in waits_of(found).items():
        click.echo(str(in_one_sentence(resource, found.problem.regions, waited)))
    for each in held["futures"]["plans"] if held else ():
        click.echo(
            f"In {held['futures']['futures']} futures, {each['plan']} serves {each['expected_served']:,.1f} on average"
            f" and {each['served_in_worst_tenth']:,.1f} in the worst tenth."
        )


def learnt_json(answers: "Answers") -> dict[str, Any]:
    """Return what was taken for need and what to know of what was learnt; nothing where nothing was."""
    from medalloc.study.steps import needs

    meaning, assessment = answers(needs.need_meaning), _assessment(answers)
    if meaning is None or assessment is None:
        return {}
    return {"need": meaning.to_json(), "learning_warnings": [str(each) for each in assessment.warnings]}


def unit_json(answers: "Answers") -> dict[str, str]:
    """Return what demand is counted in, where that is not people."""
    from medalloc.study.steps import demands

    unit = answers(demands.demand_unit)
    return {} if unit is None else {"unit": unit}


def learnt_in_words(answers: "Answers") -> list[str]:
    """Return what was taken for need, and in what demand is counted, in words; nothing where nothing was learnt."""
    from medalloc.study.steps import demands, needs

    meaning, unit = answers(needs.need_meaning), answers(demands.demand_unit)
    learnt = [] if meaning is None or _assessment(answers) is None else [str(meaning.said)]
    counted = sentence("Demand is the sum of what is expected, counted in: {unit}.", unit=unit)
    return learnt if unit is None else [*learnt, str(counted)]


def _assessment(answers: "Answers") -> "Assessment | AmountAssessment | None":
    from medalloc.study.steps import needs

    return answers(needs.assessment) or answers(needs.amount_assessment)


def in_words(plan: "Plan") -> str:
    """Return in a sentence how good a plan is."""
    return (
        f"{plan.total_coverage:.1%} of expected need is met; the worst-off region, {plan.worst_region}, "
        f"gets {plan.lowest_coverage:.1%} ({plan.status}, {plan.method})."
    )


def submitted(answers: "Answers", step: Any) -> tuple[Any, ...]:
    """Return the tickets of a study after a step that takes long was submitted."""
    ticket = answers.submit(step)
    return answers.tickets if ticket is None else (ticket, *answers.tickets)


def _require_model(answers: "Answers") -> None:
    """Refuse to go on with another model than the one that was asked for."""
    from medalloc.study.steps import needs

    model, found = answers.study.need.model, sure(answers, needs.training)
    trained = {**found.assessments, **found.amounts}
    if model is not None and model not in trained:
        known = ", ".join(trained)
        unknown = sentence("There is no model “{kind}”; use one of: {known}.", kind=model, known=known)
        raise InputError(found.refused.get(model, unknown))


def _notes(answers: "Answers") -> dict[str, list[str]]:
    """Return what must be known before a number is quoted, as JSON has it beside the answer."""
    return {"notes": [str(each) for each in _warnings(answers)]}


def promises_json(answers: "Answers") -> dict[str, Any]:
    """Return which promises the plan keeps; nothing where none were made."""
    from medalloc.study.steps import worlds

    kept = sure(answers, worlds.kept_promises)
    told = [{"promise": each.text, "value": each.value, "kept": each.kept, "said": str(each.said)} for each in kept]
    return {"promises": told} if told else {}


def requirements_json(answers: "Answers") -> dict[str, Any]:
    """Return which requirements are assumptions, and the sources of those that are confirmed."""
    from medalloc.study.steps import plans

    assumed = [str(each) for each in sure(answers, plans.assumed_requirements)]
    return {"assumed_requirements": assumed, "requirement_sources": dict(sure(answers, plans.requirements_confirmed))}


def _equity(answers: "Answers") -> dict[str, Any]:
    """Return who is served by the column that was asked for; nothing where none was."""
    from medalloc.study.steps import plans

    asked, columns = answers.study.limits.equity_by, sure(answers, plans.equity_columns)
    if asked is None:
        return {}
    if asked not in columns:
        names = ", ".join(columns) or sentence("none")
        raise InputError(
            sentence("Coverage cannot be compared by “{column}”; columns that can: {names}.", column=asked, names=names)
        )
    return {"equity": sure(answers, plans.plan_equity).to_json()}


def _observed(answers: "Answers") -> dict[str, Any]:
    """Return observed beside predicted need by region, where demand comes from patients."""
    from medalloc.demand import calibration_json
    from medalloc.study.steps import demands, tables

    demand = None if answers(tables.is_from_counts) else answers(demands.patients_demand)
    return {} if demand is None else {"observed_over_predicted": calibration_json(demand)}


def _warnings(answers: "Answers") -> list[Any]:
    """Return what a reader must know before quoting a number, each once."""
    return list({str(each): each for each in _every_warning(answers)}.values())


def _every_warning(answers: "Answers") -> Iterator[Any]:
    from medalloc.study.steps import demands, needs, plans, tables

    for step in (tables.table, tables.own_counts, tables.regions, tables.regions_of_counts):
        read = answers(step)
        yield from () if read is None else read.notes
    yield from told(answers)
    yield from found_of_table(answers)
    yield from answers(plans.understood_columns) or ()
    yield from answers(plans.idle_choices) or ()
    training, assessment, outlook = answers(needs.training), _assessment(answers), answers(demands.outlook)
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


def _held_against(answers: "Answers") -> dict[str, Any]:
    """Return how the plan and its rivals fare in the futures of a file; nothing without one."""
    from medalloc.study.steps import worlds

    chosen = answers.study.what_if
    if chosen.futures_from != "file" or chosen.futures_file is None:
        return {}
    held = answers.after(answers.study, submitted(answers, worlds.held_futures))(worlds.held_futures)
    return {"futures": held}


def _frontier(answers: "Answers", points: int) -> dict[str, Any]:
    from medalloc.allocation.policy import MOST_SERVED
    from medalloc.scenarios.frontier import frontier
    from medalloc.study.steps import plans

    if not points:
        return {}
    asked = replace(sure(answers, plans.problem), policy=MOST_SERVED)
    return {"frontier": [each.to_json() for each in frontier(asked, points)]}
