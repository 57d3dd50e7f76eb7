"""Why a region gets what it gets, in one sentence that is true."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.bundle import floor_persons, most_persons, units_for
from medalloc.allocation.locks import locked_units, without_locks
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import RULES
from medalloc.allocation.problem import Array
from medalloc.allocation.rules import shares
from medalloc.sentences import Sentence, sentence

NEAR = 1e-7
"""Share of itself by which a number may miss a limit and still be at it."""


@dataclass(frozen=True)
class _Limits:
    """What holds every region back, worked out once for a plan."""

    floor: Array
    """Persons the floors ask for, shape (n_regions,). [persons]"""

    floor_places: NDArray[np.bool_]
    """Whether the floor takes units to be placed, shape (n_regions,)."""

    most: Array
    """Persons who can be served at most, shape (n_regions,). [persons]"""

    share: Array | None
    """Units a rule gives, what serves nobody included, shape (n_regions, n_resources); None without a rule. [units]"""


def reason(plan: Plan, index: int) -> Sentence:
    """Return why the region in this place gets what it gets.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), floor=[0, 0.9]))
    >>> str(reason(plan, 0)), str(reason(plan, 1))
    ('The stock of beds is used up.', 'Its floor of 90% sets what it gets: 9 beds.')
    """
    free = _unlocked(plan)
    return _reason(free, index, _limits(free), _settled(plan, index))


def reasons(plan: Plan) -> tuple[Sentence, ...]:
    """Return why every region gets what it gets, in the problem's order."""
    free = _unlocked(plan)
    limits = _limits(free)
    return tuple(_reason(free, index, limits, _settled(plan, index)) for index in range(len(plan.problem.regions)))


def _unlocked(plan: Plan) -> Plan:
    """Return the plan as one of what is free, to which locked units are as good as existing."""
    if plan.problem.aim.name == "today":
        return plan
    return replace(plan, problem=without_locks(plan.problem), units=plan.units - locked_units(plan.problem))


def _settled(plan: Plan, index: int) -> NDArray[np.bool_]:
    return np.asarray(~np.isnan(plan.problem.locked[index]))


def _limits(plan: Plan) -> _Limits:
    floor = floor_persons(plan.problem)
    return _Limits(
        floor,
        np.asarray(units_for(plan.problem, floor).any(axis=1)),
        most_persons(plan.problem),
        shares(plan.problem).units if plan.problem.aim.name in RULES else None,
    )


def _reason(plan: Plan, index: int, limits: _Limits, settled: NDArray[np.bool_]) -> Sentence:
    problem = plan.problem
    served, demand = float(plan.served[index]), float(problem.demand[index])
    if demand <= 0:
        return sentence("Nobody is in need here.")
    if _reaches(served, demand):
        if not plan.units[index].any():
            if settled.any():
                return sentence("Fully covered by what is locked or already there.")
            return sentence("Fully covered by what is already there.")
        return sentence("Fully covered.")
    if problem.aim.name == "today":
        return sentence("Nothing is placed; what is already there serves no more.")
    short = settled & _tight(plan, index, problem.existing[index])
    if short.any():
        return sentence("What is locked here serves no more: {resources}.", resources=_names(plan, short))
    if _reaches(float(limits.floor[index]), served) and limits.floor_places[index]:
        return sentence(
            "Its floor of {percent}% sets what it gets: {units}.",
            percent=round(100 * float(problem.effective_floor[index]), 10),
            units=_units(plan, index),
        )
    if _reaches(served, float(limits.most[index])):
        full = _tight(plan, index, problem.existing[index] + problem.cap[index])
        return sentence("Its cap is reached: {resources}.", resources=_names(plan, full))
    if limits.share is None:
        return _limits_of_optimum(plan, index)
    return _limits_of_rule(plan, index, limits.share[index])


def _limits_of_optimum(plan: Plan, index: int) -> Sentence:
    """Return what one more person here would take that there is none of."""
    problem = plan.problem
    takes = problem.requirement[index] * plan.served[index] * (1 + NEAR) >= problem.existing[index]
    gone = takes & (plan.left <= NEAR * np.maximum(problem.stock, plan.used))
    costs = bool((takes * problem.unit_cost[index]).any())
    broke = costs and problem.budget is not None and problem.budget - plan.spent <= NEAR * problem.budget
    stock = sentence("The stock of {resources} is used up.", resources=_names(plan, gone))
    if gone.any() and broke:
        return sentence("{stock} The budget is spent.", stock=stock)
    if gone.any():
        return stock
    if broke:
        return sentence("The budget is spent.")
    return sentence("Serving more here would serve fewer elsewhere.")


def _limits_of_rule(plan: Plan, index: int, share: Array) -> Sentence:
    problem = plan.problem
    short = _names(plan, _tight(plan, index, problem.existing[index] + share))
    if problem.policy == "per-head":
        return sentence("Its share of {resources} by population serves no more.", resources=short)
    return sentence("Its share of {resources} by demand serves no more.", resources=short)


def _tight(plan: Plan, index: int, units: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which resources serve nobody beyond those served, if a region has this many units."""
    return np.asarray(units <= plan.problem.requirement[index] * plan.served[index] * (1 + NEAR))


def _reaches(number: float, target: float) -> bool:
    return number >= target * (1 - NEAR)


def _names(plan: Plan, which: NDArray[np.bool_]) -> str:
    return ", ".join(name for name, named in zip(plan.problem.resource_names, which, strict=True) if named)


def _units(plan: Plan, index: int) -> Sentence:
    """Return the units placed in a region, one resource after the other."""
    return _one_by_one(
        [
            sentence("{amount} {resource}", amount=float(units), resource=name)
            for name, units in zip(plan.problem.resource_names, plan.units[index], strict=True)
            if units > 0
        ]
    )


def _one_by_one(parts: Sequence[Sentence]) -> Sentence:
    if len(parts) == 1:
        return parts[0]
    return sentence("{first}, {rest}", first=parts[0], rest=_one_by_one(parts[1:]))
