"""Named scenarios on one base: each with its plan, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.needed import takes_long
from medalloc.allocation.solving import solve
from medalloc.errors import MedallocError
from medalloc.scenarios.applying import NO_OTHERS, Demands, apply
from medalloc.scenarios.change import Scenario
from medalloc.sentences import Sentence, sentence
from medalloc.spreading import for_each

MOST = 6
"""Scenarios that are looked at side by side. [count]"""


@dataclass(frozen=True, eq=False)
class Tried:
    """One scenario and what came of it."""

    scenario: Scenario
    """What is different from the base."""

    plan: Plan | None
    """The plan; None where there is none."""

    why_not: Sentence | None = None
    """Why there is none: limits that cannot be kept together, or a region that the base no longer has."""


def side_by_side(
    problem: Problem,
    scenarios: Sequence[Scenario],
    demands: Demands = NO_OTHERS,
    *,
    time_limit: float | None = None,
) -> tuple[Tried, ...]:
    """Return every scenario with its plan; one that cannot be followed does not keep the others back.

    A plan that takes long is not made: it is said, and What if searches for it.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> from medalloc.scenarios.change import Change
    >>> base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    >>> more, gone = (Change("stock", factor=1.5), Change("demand", factor=2, region="West"))
    >>> for each in side_by_side(base, [Scenario("more", (more,)), Scenario("gone", (gone,))]):
    ...     print(each.scenario.name, each.plan and each.plan.total_coverage, each.why_not)
    more 0.75 None
    gone None The scenario changes an unknown region: West; known are: North, South.
    """
    tried = partial(_tried, problem, demands, time_limit)
    return tuple(found for _, found in for_each(tried, scenarios))


def _tried(problem: Problem, demands: Demands, time_limit: float | None, scenario: Scenario) -> Tried:
    try:
        changed = apply(problem, scenario, demands)
        if takes_long(changed):
            return Tried(scenario, None, sentence("Its plan takes a search: load it to have it searched for."))
        return Tried(scenario, solve(changed, time_limit=time_limit))
    except MedallocError as error:
        return Tried(scenario, None, error.said)
