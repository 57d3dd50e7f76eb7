"""Tells the plan of a study: as plain values, in words, and as a table."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

from medalloc.allocation.explaining.answer import answer_json, no_answer_json
from medalloc.allocation.plan import Plan
from medalloc.allocation.plan_frame import plan_frame
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.uncertainty.answer import IN_PARTS
from medalloc.allocation.waiting.of_plan import in_one_sentence, waits_of
from medalloc.cli.answering import assessed, submitted, warnings, worked_out
from medalloc.cli.output import INFEASIBLE, in_columns, print_json, sure, write
from medalloc.cli.watching import watching
from medalloc.demand import calibration_json
from medalloc.demand.region_table import SET_BY_HAND, reasons_of
from medalloc.errors import InfeasibleError, refused
from medalloc.scenarios.frontier import frontier
from medalloc.sentences import sentence
from medalloc.study import Answers
from medalloc.study.steps import demands, measures, needs, plans, sampling, tables, worlds


def tell(answers: Answers, *, frontier: int, out: Path | None, as_json: bool) -> None:
    """Say or write the plan of a study, or which limits cannot be kept together, with the exit code for that."""
    answers = worked_out(answers)
    try:
        with watching():
            answers = answers.after(answers.study, submitted(answers, plans.searched_plan))
            found = sure(answers, plans.plan)
    except InfeasibleError as error:
        print_json({**no_answer_json(error), **_notes(answers)}) if as_json else click.echo(str(error), err=True)
        sys.exit(INFEASIBLE)
    frame = _framed(answers, found)
    if out is not None:
        write(frame, out)
    if as_json:
        print_json(_plan_json(answers, found, frontier))
        return
    for line in _plan_in_words(answers, found, frame):
        click.echo(line)


def _by_hand(answers: Answers) -> dict[str, str]:
    """Return why numbers of regions were set by hand."""
    return dict(reasons_of(sure(answers, demands.region_table)))


def _framed(answers: Answers, found: Plan) -> pd.DataFrame:
    """Return the plan as a table, with the ends of hidden demand and the reasons of what was set by hand."""
    frame = plan_frame(found)
    if hidden := answers(plans.hidden_demand):
        # what is no interval is known
        ends = [hidden.get(name, (known, known)) for name, known in zip(frame["region"], frame["demand"], strict=True)]
        frame["demand_low"], frame["demand_high"] = np.array(ends, float).T
    if by_hand := _by_hand(answers):
        frame[SET_BY_HAND] = frame["region"].map(by_hand).fillna("")
    return frame


def _plan_json(answers: Answers, found: Plan, frontier: int) -> dict[str, Any]:
    """Return the plan and what stands beside it as plain values."""
    by_hand = _by_hand(answers)
    beside = {
        **({SET_BY_HAND: by_hand} if by_hand else {}),
        **_observed(answers),
        **_equity(answers),
        **promises_json(answers),
        **requirements_json(answers),
        **_frontier(answers, frontier),
        **_held_against(answers),
    }
    return {**answer_json(found), **_notes(answers), **learnt_json(answers), **unit_json(answers), **beside}


def _plan_in_words(answers: Answers, found: Plan, frame: pd.DataFrame) -> Iterator[str]:
    """Yield what is said of a plan, line by line."""
    yield in_words(found)
    yield from learnt_in_words(answers)
    yield from (f"{aim.name}: {aim.meaning}" for aim in sure(answers, measures.plan_aims))
    yield from (promise["said"] for promise in promises_json(answers).get("promises", ()))
    yield from (compared["said"] for compared in _equity(answers).values())
    yield from requirements_json(answers)["assumed_requirements"]
    yield in_columns(frame)
    for resource, waited in waits_of(found).items():
        yield str(in_one_sentence(resource, found.problem.regions, waited))
    held = _held_against(answers)
    for each in held["futures"]["plans"] if held else ():
        yield (
            f"In {held['futures']['futures']} futures, {each['plan']} serves {each['expected_served']:,.1f} on average"
            f" and {each['served_in_worst_tenth']:,.1f} in the worst tenth."
        )
    if held and held["futures"]["in_parts"]:
        yield str(IN_PARTS)


def learnt_json(answers: Answers) -> dict[str, Any]:
    """Return what was taken for need and what to know of what was learnt; nothing where nothing was."""
    meaning, assessment = answers(needs.need_meaning), assessed(answers)
    if meaning is None or assessment is None:
        return {}
    return {"need": meaning.to_json(), "learning_warnings": [str(each) for each in assessment.warnings]}


def unit_json(answers: Answers) -> dict[str, str]:
    """Return what demand is counted in, where that is not people."""
    unit = answers(demands.demand_unit)
    return {} if unit is None else {"unit": unit}


def learnt_in_words(answers: Answers) -> list[str]:
    """Return what was taken for need, and in what demand is counted, in words; nothing where nothing was learnt."""
    meaning, unit = answers(needs.need_meaning), answers(demands.demand_unit)
    learnt = [] if meaning is None or assessed(answers) is None else [str(meaning.said)]
    counted = sentence("Demand is the sum of what is expected, counted in: {unit}.", unit=unit)
    return learnt if unit is None else [*learnt, str(counted)]


def in_words(plan: Plan) -> str:
    """Return in a sentence how good a plan is."""
    return (
        f"{plan.total_coverage:.1%} of expected need is met; the worst-off region, {plan.worst_region}, "
        f"gets {plan.lowest_coverage:.1%} ({plan.status}, {plan.method})."
    )


def _notes(answers: Answers) -> dict[str, list[str]]:
    """Return what must be known before a number is quoted, as JSON has it beside the answer."""
    return {"notes": [str(each) for each in warnings(answers)]}


def promises_json(answers: Answers) -> dict[str, Any]:
    """Return which promises the plan keeps; nothing where none were made."""
    kept = sure(answers, worlds.kept_promises)
    told = [{"promise": each.text, "value": each.value, "kept": each.kept, "said": str(each.said)} for each in kept]
    return {"promises": told} if told else {}


def requirements_json(answers: Answers) -> dict[str, Any]:
    """Return which requirements are assumptions, and the sources of those that are confirmed."""
    assumed = [str(each) for each in sure(answers, plans.assumed_requirements)]
    return {"assumed_requirements": assumed, "requirement_sources": dict(sure(answers, plans.requirements_confirmed))}


def _equity(answers: Answers) -> dict[str, Any]:
    """Return who is served by the column that was asked for; nothing where none was."""
    asked, columns = answers.study.limits.equity_by, sure(answers, measures.equity_columns)
    if asked is None:
        return {}
    if asked not in columns:
        names = ", ".join(columns) or sentence("none")
        raise refused(
            "Coverage cannot be compared by “{column}”; columns that can: {names}.", column=asked, names=names
        )
    return {"equity": sure(answers, measures.plan_equity).to_json()}


def _observed(answers: Answers) -> dict[str, Any]:
    """Return observed beside predicted need by region, where demand comes from patients."""
    demand = None if answers(tables.is_from_counts) else answers(demands.patients_demand)
    return {} if demand is None else {"observed_over_predicted": calibration_json(demand)}


def _held_against(answers: Answers) -> dict[str, Any]:
    """Return how the plan and its rivals fare in the futures of a file; nothing without one."""
    chosen = answers.study.what_if
    if chosen.futures_from != "file" or chosen.futures_file is None:
        return {}
    held = answers.after(answers.study, submitted(answers, sampling.held_futures))(sampling.held_futures)
    return {"futures": held}


def _frontier(answers: Answers, points: int) -> dict[str, Any]:
    if not points:
        return {}
    asked = replace(sure(answers, plans.problem), policy=MOST_SERVED)
    return {"frontier": [each.to_json() for each in frontier(asked, points)]}
