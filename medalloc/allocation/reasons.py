"""Why a region gets what it gets, in sentences that are true."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.bundle import floor_persons, most_persons, units_for
from medalloc.allocation.exchange import exchanged
from medalloc.allocation.limiting import Shortage, names_of
from medalloc.allocation.locks import locked_units, without_locks
from medalloc.allocation.next_unit import NextUnit, without_others
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import RULES
from medalloc.allocation.problem import Array
from medalloc.allocation.program.needed import needs_program
from medalloc.allocation.rules import shares
from medalloc.sentences import Sentence, sentence, together

NEAR = 1e-7
"""Share of itself by which a number may miss a limit and still be at it."""


@dataclass(frozen=True)
class _Limits:
    """What holds every region back, worked out once for a plan."""

    floor: Array
    """Persons the floors ask for, shape (n_regions,). [persons]"""

    floor_units: Array
    """Units to be placed which that takes, shape (n_regions, n_resources). [units]"""

    most: Array
    """Persons who can be served at most, shape (n_regions,). [persons]"""

    share: Array | None
    """Units a rule gives, what serves nobody included, shape (n_regions, n_resources); None without a rule. [units]"""

    there: Array
    """Existing units, less those that went elsewhere, with what standing in changes, shape (n_regions, n_resources).
    [units]"""

    shortage: Shortage
    """What there is none of any more."""

    next_unit: NextUnit
    """Whom one more unit would serve."""


@dataclass(frozen=True)
class _Free:
    """A plan of what is free, to which locked units are as good as existing, with what holds it back."""

    plan: Plan
    settled: NDArray[np.bool_]
    """Whether units are locked, shape (n_regions, n_resources)."""
    told: Plan
    """The plan, locked units included, in numbers that can be told."""
    limits: _Limits


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
    return together([_reason(free, index) for free in _parts(plan)])


def reasons(plan: Plan) -> tuple[Sentence, ...]:
    """Return the reason of every region, in the problem's order; one a resource if each has persons of its own."""
    parts = _parts(plan)
    if len(parts) == 1:
        return tuple(_reason(parts[0], index) for index in range(len(plan.problem.regions)))
    return tuple(together([_reason(free, index) for free in parts]) for index in range(len(plan.problem.regions)))


def _parts(plan: Plan) -> list[_Free]:
    """Return the plan of what is free, or one a resource if each has persons of its own."""
    alone = [plan]
    if plan.problem.demand_of is not None:
        alone = [without_others(plan, place) for place in range(len(plan.problem.resources))]
    return [_free(each) for each in alone]


def _free(plan: Plan) -> _Free:
    problem, free = plan.problem, plan
    if problem.aim.name != "today":
        free = replace(plan, problem=without_locks(problem), units=plan.units - locked_units(problem))
    floor = floor_persons(free.problem)
    limits = _Limits(
        floor,
        units_for(free.problem, floor),
        most_persons(free.problem),
        shares(free.problem).units if free.problem.aim.name in RULES else None,
        free.problem.existing + exchanged(free),
        Shortage.of(free),
        NextUnit.of(free),
    )
    return _Free(free, np.asarray(~np.isnan(problem.locked)), _tellable(plan), limits)


def _tellable(plan: Plan) -> Plan:
    """Return a plan in which what misses a whole number by rounding alone is that number."""

    def near(units: Array) -> Array:
        whole = np.round(units)
        return np.where(np.abs(units - whole) <= NEAR * np.maximum(1.0, np.abs(units)), whole, units)

    return replace(
        plan,
        units=near(plan.units),
        moved=None if plan.moved is None else near(plan.moved),
        standing_in=None if plan.standing_in is None else near(plan.standing_in),
    )


def _reason(free: _Free, index: int) -> Sentence:
    problem = free.plan.problem
    served, demand = float(free.plan.served[index]), float(problem.demand[index])
    gets, units = gets_of(free.told, index), free.told.units[index]
    if demand <= 0:
        if not units.any():
            return sentence("Nobody is in need here.")
        return sentence("{gets}: nobody is in need here.", gets=gets)
    if _reaches(served, demand):
        if free.plan.units[index].any() or _is_helped(free.told, index):
            return sentence("{gets}: fully covered.", gets=gets)
        if free.settled[index].any():
            return sentence("{gets}: fully covered by what is locked or already there.", gets=gets)
        return sentence("{gets}: fully covered by what is already there.", gets=gets)
    if problem.aim.name == "today":
        return sentence("{gets}: what is already there serves no more.", gets=gets)
    return sentence(
        "{gets}: {limit}. {next_unit}",
        gets=gets,
        limit=_limit(free, index),
        next_unit=free.limits.next_unit.said(index),
    )


def _limit(free: _Free, index: int) -> Sentence:
    """Return the limit that keeps a region from being served in full."""
    plan, limits = free.plan, free.limits
    problem, served = plan.problem, float(plan.served[index])
    there, within = limits.there[index], limits.shortage.cap[index]
    short = free.settled[index] & _tight(plan, index, there)
    if short.any():
        return sentence("what is locked here serves no more ({resources})", resources=names_of(plan, short))
    if _floor_binds(free, index):
        return sentence("its floor of {percent}% binds", percent=round(100 * float(problem.effective_floor[index]), 10))
    if needs_program(problem) and limits.share is None:
        full = _tight(plan, index, there + within)
        if full.any():
            return sentence("its cap is reached ({resources})", resources=names_of(plan, full))
        return limits.shortage.said(index)
    if _reaches(served, float(limits.most[index])):
        full = _tight(plan, index, there + within)
        if full.any():
            return sentence("its cap is reached ({resources})", resources=names_of(plan, full))
        return sentence("its space is full")
    return limits.shortage.said(index) if limits.share is None else _limit_of_rule(plan, index, limits.share[index])


def _floor_binds(free: _Free, index: int) -> bool:
    """Whether a region is served what its floor asks for and no more, though more or fewer units could be there."""
    units, asked = free.plan.units[index], free.limits.floor_units[index]
    if not asked.any() and not (units < 0).any():
        return False
    if _reaches(float(free.limits.floor[index]), float(free.plan.served[index])):
        return True
    # a whole unit serves more than the floor asks for, but one fewer would be too few
    if free.plan.standing_in is not None:
        return False
    whole = free.plan.problem.whole
    return bool((whole & (asked > 0) & (units <= asked * (1 + NEAR))).any())


def _limit_of_rule(plan: Plan, index: int, share: Array) -> Sentence:
    problem = plan.problem
    short = names_of(plan, _tight(plan, index, problem.existing[index] + share))
    if not short:
        return sentence("its share serves no more")
    if problem.policy == "per-head":
        return sentence("its share of {resources} by population serves no more", resources=short)
    return sentence("its share of {resources} by demand serves no more", resources=short)


def _tight(plan: Plan, index: int, units: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which resources serve nobody beyond those served, if a region has this many units."""
    return np.asarray(units <= plan.problem.requirement[index] * plan.served[index] * (1 + NEAR))


def _reaches(number: float, target: float) -> bool:
    return number >= target * (1 - NEAR)


def _is_helped(plan: Plan, index: int) -> bool:
    return plan.standing_in is not None and bool(plan.standing_in[index].any())


def gets_of(plan: Plan, index: int) -> Sentence:
    """Return the units that come to a region and leave it, and which stand in, one resource after the other."""
    names = plan.problem.resource_names
    moved = np.zeros(len(names)) if plan.moved is None else plan.moved[index]
    comes: list[Sentence] = []
    goes: list[Sentence] = []
    for name, units, other in zip(names, plan.units[index].tolist(), moved.tolist(), strict=True):
        about = {"amount": abs(units), "resource": name}
        if units > 0 and other > 0:
            comes.append(sentence("{amount} {resource} ({moved} from elsewhere)", moved=other, **about))
        elif units != 0:
            (comes if units > 0 else goes).append(sentence("{amount} {resource}", **about))
    gets = sentence("Gets {units}", units=_one_by_one(comes)) if comes else sentence("Gets nothing")
    if goes and comes:
        gets = sentence("Gets {units}, gives up {given}", units=_one_by_one(comes), given=_one_by_one(goes))
    elif goes:
        gets = sentence("Gives up {given}", given=_one_by_one(goes))
    helps = [
        sentence("{amount} {resource} stand in for {other}", amount=units, resource=one.name, other=one.stands_in_for)
        for one, units in zip(plan.problem.resources, _standing_in(plan, index), strict=True)
        if one.stands_in_for and units > 0
    ]
    return sentence("{gets}; {standing_in}", gets=gets, standing_in=_one_by_one(helps)) if helps else gets


def _standing_in(plan: Plan, index: int) -> list[float]:
    none = [0.0] * len(plan.problem.resources)
    return none if plan.standing_in is None else plan.standing_in[index].tolist()


def _one_by_one(parts: Sequence[Sentence]) -> Sentence:
    if len(parts) == 1:
        return parts[0]
    return sentence("{first}, {rest}", first=parts[0], rest=_one_by_one(parts[1:]))
