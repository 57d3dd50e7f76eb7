"""From a study to what another world would change: the plan as it is, and the plan as it would be."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medalloc.cli.answering import (
    in_words,
    learnt_in_words,
    learnt_json,
    read_study,
    requirements_json,
    submitted,
    unit_json,
    worked_out,
)
from medalloc.cli.looking_closer import LOOKS, closer_in_words, closer_json, grid_chosen
from medalloc.cli.options import JSON, PATH, options
from medalloc.cli.output import INFEASIBLE, print_json, sure
from medalloc.cli.watching import watching
from medalloc.errors import InfeasibleError

if TYPE_CHECKING:
    from medalloc.allocation.plan import Plan
    from medalloc.study import Answers


@click.command("what-if")
@options(
    click.argument("study", type=PATH),
    click.option(
        "--change",
        "changes",
        multiple=True,
        metavar="WHAT=CHANGE",
        help="Such as demand=+10% or stock:beds=+50; what the study itself tries when left out.",
    ),
    *LOOKS,
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
    as_json: bool,
) -> None:
    """Compute the plan of STUDY beside that of a changed world."""
    from medalloc.scenarios import Scenario, apply, parse_change, without_effect
    from medalloc.study.parts import WhatIf
    from medalloc.study.steps import plans, worlds

    answers = grid_chosen(worked_out(read_study(study)), grid, aim, grid_step)
    if changes:
        problem = sure(answers, plans.problem)
        parsed = []
        for text in changes:
            parsed.append(parse_change(text, problem))
            # what is added is added to what the changes before have made of it
            problem = apply(problem, Scenario("before", (parsed[-1],)))
        tried = WhatIf(changes=tuple(each.to_json() for each in parsed))
        answers = answers.after(answers.study.changed(**vars(tried)), answers.tickets)
    scenario = sure(answers, worlds.scenario)
    made = scenario.changes
    found: dict[str, Plan | InfeasibleError] = {}
    asked = (("base", plans.plan, plans.searched_plan), ("scenario", worlds.changed_plan, worlds.searched_change))
    for name, step, search in asked:
        try:
            with watching():
                answers = answers.after(answers.study, submitted(answers, search))
                found[name] = sure(answers, step)
        except InfeasibleError as error:
            found[name] = error
    if not isinstance(base := found["base"], InfeasibleError):
        for inert in without_effect(base, scenario):
            click.echo(str(inert), err=True)
    closer = closer_json(answers, grid=bool(grid or aim or grid_step), without=without, near=near, regrets=regrets)
    if as_json:
        said = {name: _json(each) for name, each in found.items()}
        said["base"] |= requirements_json(answers)
        kept = _kept(answers)
        beside = {"scenarios": kept} if kept else {}
        print_json(
            {
                **said,
                **learnt_json(answers),
                **unit_json(answers),
                "changes": [each.to_json() for each in made],
                **beside,
                **closer,
            }
        )
    else:
        for said_of_it in (*(str(change.sentence) for change in made), *learnt_in_words(answers)):
            click.echo(said_of_it)
        for name, each in found.items():
            told = str(each) if isinstance(each, InfeasibleError) else in_words(each)
            click.echo(f"{name.capitalize()}: {told}", err=isinstance(each, InfeasibleError))
        for assumed in requirements_json(answers)["assumed_requirements"]:
            click.echo(assumed)
        for scenario_kept in _kept(answers):
            click.echo(f"{scenario_kept['name']}: {scenario_kept['said']}")
        for line in closer_in_words(closer):
            click.echo(line)
    if any(isinstance(each, InfeasibleError) for each in found.values()):
        sys.exit(INFEASIBLE)


def _kept(answers: "Answers") -> list[dict[str, Any]]:
    """Return the scenarios that the study keeps by name, each with what came of it."""
    from medalloc.study.steps import worlds

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


def _json(found: "Plan | InfeasibleError") -> dict[str, Any]:
    from medalloc.allocation.explaining.answer import answer_json, no_answer_json

    return no_answer_json(found) if isinstance(found, InfeasibleError) else answer_json(found)
