"""Why a region gets what it gets, in sentences that are true."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.bundle import floor_persons, most_persons, units_for
from medalloc.allocation.locks import locked_units, without_locks
from medalloc.allocation.next_unit import NextUnit, without_others
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import RULES
from medalloc.allocation.problem import Array
from medalloc.allocation.rules import shares
from medalloc.sentences import Sentence, sentence, together

Mask = NDArray[np.bool_]

NEAR = 1e-7
"""Share of itself by which a number may miss a limit and still be at it."""


@dataclass(frozen=True)
class _Told:
    """What a reason is made of, for every region at once: there may be thousands."""

    names: tuple[str, ...]
    """The resources."""

    placed: list[list[float]]
    """Units placed, locked ones included, region by region. [units]"""

    in_need: list[bool]
    """Whether anybody is."""

    covered: list[bool]
    """Whether all of them are served."""

    by_units: list[bool]
    """Whether units are placed that are not locked."""

    by_locks: list[bool]
    """Whether units are locked."""

    limit: list[Sentence]
    """What keeps the region from being served in full; empty where no policy places anything."""

    next_unit: NextUnit
    """Whom one more unit would serve."""


def reason(plan: Plan, index: int) -> Sentence:
    """Return what the region in this place gets, which limit binds, and what one more unit would serve.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), floor=[0, 0.9]))
    >>> print(reason(plan, 0))
    Gets 11 beds: the stock of beds is used up. One more unit of beds would serve 1 here, and nowhere more.
    >>> print(reason(plan, 1))
    Gets 9 beds: its floor of 90% binds. One more unit of beds would serve 1 here, and nowhere more.
    """
    return together([_reason(told, index) for told in _parts(plan)])


def reasons(plan: Plan) -> tuple[Sentence, ...]:
    """Return the reason of every region, in the problem's order; one a resource if each has persons of its own."""
    parts = _parts(plan)
    if len(parts) == 1:
        return tuple(_reason(parts[0], index) for index in range(len(plan.problem.regions)))
    return tuple(together([_reason(told, index) for told in parts]) for index in range(len(plan.problem.regions)))


def _parts(plan: Plan) -> list[_Told]:
    """Return what there is to tell of a plan, or one after the other if resources have persons of their own."""
    alone = [plan]
    if plan.problem.demand_of is not None:
        alone = [without_others(plan, place) for place in range(len(plan.problem.resources))]
    return [_told(each) for each in alone]


def _told(plan: Plan) -> _Told:
    problem, free = plan.problem, plan
    settled, places_units = ~np.isnan(problem.locked), problem.aim.name != "today"
    if places_units:
        # to what is free, locked units are as good as existing
        free = replace(plan, problem=without_locks(problem), units=plan.units - locked_units(problem))
    # what misses a whole number by rounding alone is told as that number
    near = np.round(plan.units)
    placed = np.where(np.abs(plan.units - near) <= NEAR, near, plan.units)
    return _Told(
        problem.resource_names,
        placed.tolist(),
        (problem.demand > 0).tolist(),
        _reaches(plan.served, problem.demand).tolist(),
        np.any(free.units, axis=1).tolist(),
        np.any(settled, axis=1).tolist(),
        _limits(free, settled) if places_units else [],
        NextUnit.of(free),
    )


def _reason(told: _Told, index: int) -> Sentence:
    gets = _gets(told.names, told.placed[index])
    if not told.in_need[index]:
        if not any(told.placed[index]):
            return sentence("Nobody is in need here.")
        return sentence("{gets}: nobody is in need here.", gets=gets)
    if told.covered[index]:
        if told.by_units[index]:
            return sentence("{gets}: fully covered.", gets=gets)
        if told.by_locks[index]:
            return sentence("{gets}: fully covered by what is locked or already there.", gets=gets)
        return sentence("{gets}: fully covered by what is already there.", gets=gets)
    if not told.limit:
        return sentence("{gets}: what is already there serves no more.", gets=gets)
    return sentence(
        "{gets}: {limit}. {next_unit}", gets=gets, limit=told.limit[index], next_unit=told.next_unit.said(index)
    )


def _limits(plan: Plan, settled: Mask) -> list[Sentence]:
    """Return the limit that keeps each region from being served in full, were it not covered."""
    problem = plan.problem
    follows = problem.aim.name in RULES
    said = _limits_of_rule(plan, shares(problem).units) if follows else _limits_of_optimum(plan)
    # what counts for more is said instead of what was there before
    full = _tight(plan, problem.existing + problem.cap)
    for row, names in _named(plan, full, np.asarray(_reaches(plan.served, most_persons(problem)))):
        said[row] = (
            sentence("its cap is reached ({resources})", resources=names) if names else sentence("its space is full")
        )
    percent = np.round(100 * problem.effective_floor, 10).tolist()
    for row in np.flatnonzero(_floor_binds(plan)).tolist():
        said[row] = sentence("its floor of {percent}% binds", percent=percent[row])
    short = settled & _tight(plan, problem.existing)
    for row, names in _named(plan, short, np.asarray(short.any(axis=1))):
        said[row] = sentence("what is locked here serves no more ({resources})", resources=names)
    return said


def _floor_binds(plan: Plan) -> Mask:
    """Whether a region is served what its floor asks for and no more, though more or fewer units could be there."""
    persons = floor_persons(plan.problem)
    asked = units_for(plan.problem, persons)
    could = asked.any(axis=1) | (plan.units < 0).any(axis=1)
    # a whole unit serves more than the floor asks for, but one fewer would be too few
    last = plan.problem.whole & (asked > 0) & (plan.units <= asked * (1 + NEAR))
    return np.asarray(could & (_reaches(persons, plan.served) | last.any(axis=1)))


def _limits_of_optimum(plan: Plan) -> list[Sentence]:
    """Return what one more person in each region would take that there is none of."""
    problem = plan.problem
    takes = _tight(plan, problem.existing)
    least = np.where(problem.whole, 1 - NEAR, 0.0)
    gone = takes & (plan.left <= np.maximum(least, NEAR * problem.stock))
    broke = np.zeros(len(problem.regions), dtype=np.bool_)
    if problem.budget is not None:
        costs = takes * problem.unit_cost
        most = np.maximum(NEAR * problem.budget, (least * costs).max(axis=1))
        broke = costs.any(axis=1) & (problem.budget - plan.spent <= most)
    said = []
    for (_, names), is_broke in zip(_named(plan, gone), broke.tolist(), strict=True):
        if names and is_broke:
            said.append(sentence("the stock of {resources} is used up and the budget is spent", resources=names))
        elif names:
            said.append(sentence("the stock of {resources} is used up", resources=names))
        elif is_broke:
            said.append(sentence("the budget is spent"))
        else:
            said.append(sentence("serving more here would serve fewer elsewhere"))
    return said


def _limits_of_rule(plan: Plan, share: Array) -> list[Sentence]:
    """Return what each region has no more of; a rule gives it these units, what serves nobody included."""
    per_head, said = plan.problem.policy == "per-head", []
    for _, names in _named(plan, _tight(plan, plan.problem.existing + share)):
        if not names:
            said.append(sentence("its share serves no more"))
        elif per_head:
            said.append(sentence("its share of {resources} by population serves no more", resources=names))
        else:
            said.append(sentence("its share of {resources} by demand serves no more", resources=names))
    return said


def _tight(plan: Plan, units: Array) -> Mask:
    """Return which resources serve nobody beyond those served, if the regions have this many units."""
    return np.asarray(units <= plan.problem.requirement * plan.served[:, None] * (1 + NEAR))


def _reaches(number: Array, target: Array) -> Mask:
    return np.asarray(number >= target * (1 - NEAR))


def _named(plan: Plan, which: Mask, rows: Mask | None = None) -> Iterator[tuple[int, str]]:
    """Give the names of the resources that are marked in each of some regions, with its place."""
    places = range(len(which)) if rows is None else np.flatnonzero(rows).tolist()
    marked = which if rows is None else which[rows]
    for place, row in zip(places, marked.tolist(), strict=True):
        yield place, ", ".join(compress(plan.problem.resource_names, row))


def _gets(names: Sequence[str], units: Sequence[float]) -> Sentence:
    """Return the units that come to a region and those that leave it, one resource after the other."""
    named = list(zip(names, units, strict=True))
    comes = [sentence("{amount} {resource}", amount=one, resource=name) for name, one in named if one > 0]
    goes = [sentence("{amount} {resource}", amount=-one, resource=name) for name, one in named if one < 0]
    if comes and goes:
        return sentence("Gets {units}, gives up {given}", units=_one_by_one(comes), given=_one_by_one(goes))
    if goes:
        return sentence("Gives up {given}", given=_one_by_one(goes))
    return sentence("Gets {units}", units=_one_by_one(comes)) if comes else sentence("Gets nothing")


def _one_by_one(parts: Sequence[Sentence]) -> Sentence:
    if len(parts) == 1:
        return parts[0]
    return sentence("{first}, {rest}", first=parts[0], rest=_one_by_one(parts[1:]))
