"""From a study to what another world would change: the plan as it is, and the plan as it would be."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from medalloc.allocation.explaining.answer import answer_json, no_answer_json
from medalloc.allocation.plan import Plan
from medalloc.cli.answering import read_study, submitted, worked_out
from medalloc.cli.large import CLUSTER, on_cluster
from medalloc.cli.looking_closer import LOOKS, closer_in_words, closer_json, grid_chosen
from medalloc.cli.options import JSON, PATH, options
from medalloc.cli.output import INFEASIBLE, print_json, sure
from medalloc.cli.telling import in_words, learnt_in_words, learnt_json, requirements_json, unit_json
from medalloc.cli.watching import watching
from medalloc.errors import InfeasibleError
from medalloc.scenarios import Change, Scenario, apply, parse_change
from medalloc.scenarios.parsing import in_every_region
from medalloc.study import Answers
from medalloc.study.parts import WhatIf
from medalloc.study.steps import measures, plans, rivals, worlds


@click.command("what-if")
@options(
    click.argument("study", type=PATH),
    click.option(
        "--change",
        "changes",
        multiple=True,
        metavar="WHAT=CHANGE",
        help="Such as demand=+10%, stock:beds=+50 or policy=alpha:2; demand:province=East=+20% for all regions with "
        "that cell; site:West=120 and cap:beds:West=30 for a new region; model=forest for another model or forecaster "
        "that was tried; what the study tries when left out.",
    ),
    *LOOKS,
    CLUSTER,
    JSON,
)
def what_if(
    study: Path,
    changes: tuple[str, ...],
    grid: tuple[str, str] | None,
    aim: str | None,
    grid_step: int | None,
    without: bool,
    near: bool,
    regrets: bool,
    epsilons: tuple[float, ...],
    as_json: bool,
    **chosen: Any,
) -> None:
    """Compute the plan of STUDY beside that of a changed world."""
    looks = {"without": without, "near": near, "regrets": regrets, "epsilons": epsilons}
    with on_cluster(chosen):
        answers = _with_changes(grid_chosen(worked_out(read_study(study)), grid, aim, grid_step), changes)
        _tell(answers, {"grid": bool(grid or aim or grid_step), **looks}, as_json=as_json)


def _tell(answers: Answers, looks: dict[str, Any], *, as_json: bool) -> None:
    """Say what the changed world comes to, and what else was asked for."""
    scenario = sure(answers, worlds.scenario)
    found: dict[str, Plan | InfeasibleError] = {}
    asked = (("base", plans.plan, plans.searched_plan), ("scenario", worlds.changed_plan, worlds.searched_change))
    for name, step, search in asked:
        try:
            with watching():
                answers = answers.after(answers.study, submitted(answers, search))
                found[name] = sure(answers, step)
        except InfeasibleError as error:
            found[name] = error
    if not any(isinstance(each, InfeasibleError) for each in found.values()):
        for inert in answers(worlds.inert_changes) or ():
            click.echo(str(inert), err=True)
    closer = closer_json(answers, **looks)
    if as_json:
        print_json(_side_by_side(answers, found, scenario, closer))
    else:
        for line, is_refused in _in_lines(answers, found, scenario, closer):
            click.echo(line, err=is_refused)
    if any(isinstance(each, InfeasibleError) for each in found.values()):
        sys.exit(INFEASIBLE)


def _with_changes(answers: Answers, changes: tuple[str, ...]) -> Answers:
    """Return the answers with changes as they were written; what the study itself tries where there are none."""
    if not changes:
        return answers
    problem = base = sure(answers, plans.problem)
    parsed: list[Change] = []
    groups = sure(answers, measures.region_groups)
    for text in (each for change in changes for each in in_every_region(change, groups)):
        parsed.append(parse_change(text, problem))
        tried = WhatIf(changes=tuple(each.to_json() for each in parsed))
        answers = answers.after(answers.study.changed(**vars(tried)), answers.tickets)
        # what is added is added to what the changes before have made of it
        problem = apply(base, Scenario("before", tuple(parsed)), sure(answers, rivals.model_demands))
    return answers


def _side_by_side(
    answers: Answers, found: Mapping[str, Plan | InfeasibleError], scenario: Scenario, closer: dict[str, Any]
) -> dict[str, Any]:
    """Return base, scenario and what else was asked as plain values."""
    said, kept = {name: _json(each) for name, each in found.items()}, _kept(answers)
    said["base"] |= requirements_json(answers)
    return {
        **said,
        **learnt_json(answers),
        **unit_json(answers),
        "changes": [each.to_json() for each in scenario.changes],
        **({"scenarios": kept} if kept else {}),
        **closer,
    }


def _in_lines(
    answers: Answers, found: Mapping[str, Plan | InfeasibleError], scenario: Scenario, closer: dict[str, Any]
) -> Iterator[tuple[str, bool]]:
    """Yield the same in words, line by line, and whether a line says that there is no plan."""
    lines = [*(str(change.sentence) for change in scenario.changes), *learnt_in_words(answers)]
    yield from ((line, False) for line in lines)
    for name, each in found.items():
        is_refused = isinstance(each, InfeasibleError)
        yield f"{name.capitalize()}: {str(each) if isinstance(each, InfeasibleError) else in_words(each)}", is_refused
    yield from ((assumed, False) for assumed in requirements_json(answers)["assumed_requirements"])
    yield from ((f"{each['name']}: {each['said']}", False) for each in _kept(answers))
    yield from ((line, False) for line in closer_in_words(closer))


def _kept(answers: Answers) -> list[dict[str, Any]]:
    """Return the scenarios that the study keeps by name, each with what came of it."""
    return [
        {
            **each.scenario.to_json(),
            "said": str(each.why_not) if each.plan is None else in_words(each.plan),
            "served": None if each.plan is None else float(each.plan.served.sum()),
            "coverage": None if each.plan is None else each.plan.total_coverage,
            "lowest_coverage": None if each.plan is None else each.plan.lowest_coverage,
        }
        for each in answers(worlds.kept_scenarios) or ()
    ]


def _json(found: Plan | InfeasibleError) -> dict[str, Any]:
    return no_answer_json(found) if isinstance(found, InfeasibleError) else answer_json(found)
