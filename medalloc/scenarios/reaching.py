"""What would have to be true: the smallest stock or budget that reaches a coverage."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from medalloc.allocation.fitting.conflicts import require_feasible
from medalloc.allocation.policy import MOST_SERVED, Policy
from medalloc.allocation.problem import Problem
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Change, Scenario

For = Literal["all", "worst-off"]

ROUNDS = 50
"""Halvings of the range in which the number is searched for. [count]"""

LARGEST = 2.0**40
"""Times the present number beyond which nothing is tried."""

CLOSE = 1e-9
"""Coverage that may be missing to the one asked for. [fraction]"""


def smallest(
    problem: Problem, what: Literal["stock", "budget"], goal: float, *, of: For = "all", resource: str | None = None
) -> float | None:
    """Return the smallest stock or budget with which some plan within all other limits reaches a coverage.

    Parameters
    ----------
    problem : Problem
        The base; its policy does not matter, as some plan is asked for.
    what : str
        ``stock`` of a resource, or ``budget``.
    goal : float
        Coverage to reach, from 0 to 1. [fraction]
    of : str
        ``all``: served over demand of all regions; ``worst-off``: the lowest of any region.
    resource : str, optional
        Whose stock it is.

    Returns
    -------
    float or None
        Rounded up to whole units where only these can be placed; None where no number is enough. [units or money]

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), cap=[[30], [4]])
    >>> smallest(base, "stock", 0.75, resource="beds"), smallest(base, "stock", 0.9, resource="beds")
    (30.0, None)
    >>> smallest(base, "stock", 0.4, of="worst-off", resource="beds")
    16.0
    """

    def reached(number: float) -> bool:
        return _reaches(
            apply(problem, Scenario("reaching", (Change(what, value=number, resource=resource),))), goal, of
        )

    found = _least(reached, max(1.0, float(problem.demand.sum())))
    if found is None or what == "budget":
        return found
    one = next(each for each in problem.resources if each.name == resource)
    return float(-(-round(found, 6) // 1)) if one.whole else found


def _reaches(problem: Problem, goal: float, of: For) -> bool:
    try:
        if of == "all":
            return solve(replace(problem, policy=Policy(MOST_SERVED))).total_coverage >= goal - CLOSE
        floors = replace(problem, floor=problem.floor.clip(min=goal))
        require_feasible(floors)
        return True
    except InfeasibleError:
        return False


def _least(reached: Callable[[float], bool], start: float) -> float | None:
    """Return the least number from which on something holds that holds for all larger ones, too; None for none."""
    if reached(0.0):
        return 0.0
    low, high = 0.0, start
    while not reached(high):
        low, high = high, 8 * high
        if high > LARGEST * start:
            return None
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
        if high - low <= 1e-9 * high:
            break
    return round(high, 6)
