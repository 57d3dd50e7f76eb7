"""Why a region gets what it gets, in sentences that are true."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import floor_persons, most_persons, units_for
from medalloc.allocation.closed_forms.rules import shares
from medalloc.allocation.explaining.exchange import exchanged
from medalloc.allocation.explaining.giving_way import verified
from medalloc.allocation.explaining.limiting import Shortage, listed
from medalloc.allocation.explaining.next_unit import NextUnit, without_others
from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.kind import Rule
from medalloc.allocation.problem import Array
from medalloc.allocation.problem.locks import locked_units, without_locks
from medalloc.allocation.program.needed import needs_program
from medalloc.quantities.units_named import all_of, so_many
from medalloc.resource_names import named
from medalloc.sentences import Sentence, counted, sentence, together

Mask = NDArray[np.bool_]

NEAR = 1e-7
"""Share of itself by which a number may miss a limit and still be at it."""

DUST = 1e-9
"""Units that serve nobody to speak of. [units]"""


@dataclass(frozen=True)
class _Told:
    """What a reason is made of, for every region at once: there may be thousands."""

    names: tuple[str, ...]
    """The resources."""

    others: tuple[str, ...]
    """For which resource each one stands in; empty for none."""

    units: list[list[float]]
    """Units placed, locked ones included, region by region. [units]"""

    moved: list[list[float]]
    """Units that came from elsewhere, below 0 where they went there. [units]"""

    standing_in: list[list[float]]
    """Units that do the work of another resource. [units]"""

    in_need: list[bool]
    """Whether anybody is."""

    covered: list[bool]
    """Whether all of them are served."""

    by_units: list[bool]
    """Whether units are placed that are not locked, or stand in."""

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
    return together([_reason(told, index, {}) for told in _parts(plan)])


def reasons(plan: Plan) -> tuple[Sentence, ...]:
    """Return the reason of every region, in the problem's order; one a resource if each has persons of its own."""
    told = [_each(part) for part in _parts(plan)]
    return tuple(told[0] if len(told) == 1 else map(together, zip(*told, strict=True)))


def _each(told: _Told) -> list[Sentence]:
    known: dict[object, Sentence] = {}
    return [_reason(told, index, known) for index in range(len(told.units))]


def _parts(plan: Plan) -> list[_Told]:
    """Return what there is to tell of a plan, or one after the other if resources have persons of their own."""
    alone = [plan]
    if plan.problem.demand_of is not None:
        alone = [without_others(plan, place) for place in range(len(plan.problem.resources))]
    return [_told(each) for each in alone]


def _told(plan: Plan) -> _Told:
    problem, free, nothing = plan.problem, plan, np.zeros_like(plan.units)
    settled, places_units = ~np.isnan(problem.locked), problem.aim.places
    at_cap = settled & (problem.cap <= locked_units(problem) * (1 + NEAR))
    if places_units:
        # to what is free, locked units are as good as existing
        free = replace(plan, problem=without_locks(problem), units=plan.units - locked_units(problem))
    helping = nothing if plan.standing_in is None else plan.standing_in
    return _Told(
        names=problem.resource_names,
        others=tuple(one.stands_in_for for one in problem.resources),
        units=plan.units.tolist(),
        moved=(nothing if plan.moved is None else plan.moved).tolist(),
        standing_in=helping.tolist(),
        in_need=(problem.demand > 0).tolist(),
        covered=_reaches(plan.served, problem.demand).tolist(),
        by_units=np.any((free.units != 0) | (helping != 0), axis=1).tolist(),
        by_locks=np.any(settled, axis=1).tolist(),
        limit=verified(plan, _limits(free, settled, at_cap), ~_floor_binds(plan)) if places_units else [],
        next_unit=NextUnit.of(free),
    )


def _reason(told: _Told, index: int, known: dict[object, Sentence]) -> Sentence:
    """Return the reason of a region; `known` is what those with as many units get, who are many where units are few."""
    units = (*told.units[index], *told.moved[index], *told.standing_in[index])
    if (gets := known.get(units)) is None:
        gets = known[units] = _gets(told, index)
    if not told.in_need[index]:
        why = sentence("nobody is in need here")
        if not any(told.units[index]):
            return sentence("Nobody is in need here.", why=why)
    elif told.covered[index] and told.by_units[index]:
        why = sentence("fully covered")
    elif told.covered[index] and told.by_locks[index]:
        why = sentence("fully covered by what is locked or already there")
    elif told.covered[index]:
        why = sentence("fully covered by what is already there")
    elif not told.limit:
        why = sentence("what is already there serves no more")
    else:
        limit, next_unit = told.limit[index], told.next_unit.said(index)
        return sentence("{gets}: {why}. {next_unit}", gets=gets, why=limit, next_unit=next_unit)
    return sentence("{gets}: {why}.", gets=gets, why=why)


def _limits(plan: Plan, settled: Mask, at_cap: Mask) -> list[Sentence]:
    """Return the limits that keep each region from being served in full, were it not covered.

    What is locked counts as existing; some of it at the cap of its cell.
    """
    problem, shortage, rule = plan.problem, Shortage.of(plan), plan.problem.aim.rule
    there = problem.existing + exchanged(plan)
    said = shortage.said() if rule is None else _limits_of_rule(plan, rule)
    # what counts for more is said instead of what was there before
    full, filled = _tight(plan, there + shortage.cap), shortage.filled
    for row, names in _named(plan, filled, np.asarray(filled.any(axis=1))):
        said[row] = sentence("its space has no room for more {resources}", resources=names)
    if needs_program(problem) and rule is None:
        at_most = full.any(axis=1)
    else:
        at_most = _reaches(plan.served, most_persons(problem))
    for row, names in _named(plan, full, np.asarray(at_most)):
        said[row] = (
            sentence("its cap is reached ({resources})", resources=names) if names else sentence("its space is full")
        )
    percent = np.round(100 * problem.effective_floor, 10).tolist()
    for row in np.flatnonzero(_floor_binds(plan)).tolist():
        said[row] = sentence("its floor of {percent}% binds", percent=percent[row])
    short = settled & _tight(plan, there)
    locked = np.asarray(short.any(axis=1))
    capped = dict(_named(plan, full & ~(settled & ~at_cap), locked))
    for row, names in _named(plan, short, locked):
        parts = [sentence("what is locked here serves no more ({resources})", resources=names)]
        parts += [sentence("its cap is reached ({resources})", resources=capped[row])] if capped[row] else []
        parts += [sentence("its space is full")] if filled[row].any() else []
        said[row] = listed(parts)
    return said


def _floor_binds(plan: Plan) -> Mask:
    """Whether a region is served what its floor asks for and no more, though more or fewer units could be there."""
    persons = floor_persons(plan.problem)
    asked = units_for(plan.problem, persons)
    could = (persons > 0) & (asked.any(axis=1) | (plan.units < 0).any(axis=1))
    at_floor = _reaches(persons, plan.served)
    if plan.standing_in is None:
        # a whole unit serves more than the floor asks for, but one fewer would be too few
        at_floor |= (plan.problem.whole & (asked > 0) & (plan.units <= asked * (1 + NEAR))).any(axis=1)
    return np.asarray(could & at_floor)


def _limits_of_rule(plan: Plan, rule: Rule) -> list[Sentence]:
    """Return what each region has no more of among what the rule gives it, what serves nobody included."""
    tight = _tight(plan, plan.problem.existing + shares(plan.problem, rule).units)
    return [rule.short(names) if names else sentence("its share serves no more") for _, names in _named(plan, tight)]


def _tight(plan: Plan, units: Array) -> Mask:
    """Return which resources serve nobody beyond those served, if the regions have this many units."""
    return np.asarray(units <= plan.problem.requirement * plan.served[:, None] * (1 + NEAR) + DUST)


def _reaches(number: Array, target: Array) -> Mask:
    return np.asarray(number >= target * (1 - NEAR))


def _named(plan: Plan, which: Mask, rows: Mask | None = None) -> Iterator[tuple[int, str]]:
    """Give the names of the resources that are marked in each of some regions, with its place."""
    places = range(len(which)) if rows is None else np.flatnonzero(rows).tolist()
    marked = which if rows is None else which[rows]
    for place, row in zip(places, marked.tolist(), strict=True):
        yield place, ", ".join(compress(plan.problem.resource_names, row))


def _gets(told: _Told, index: int) -> Sentence:
    """Return the units that come to a region and leave it, and which stand in, one resource after the other."""
    comes: list[Sentence] = []
    goes: list[Sentence] = []
    for name, units, moved in zip(told.names, told.units[index], told.moved[index], strict=True):
        if units > 0 and moved > 0:
            comes.append(sentence("{units} ({moved} from elsewhere)", units=so_many(name, units), moved=moved))
        elif units != 0:
            (comes if units > 0 else goes).append(so_many(name, abs(units)))
    gets = sentence("Gets {units}", units=all_of(comes)) if comes else sentence("Gets nothing")
    if goes and comes:
        gets = sentence("Gets {units}, gives up {given}", units=all_of(comes), given=all_of(goes))
    elif goes:
        gets = sentence("Gives up {given}", given=all_of(goes))
    helps = [
        counted(
            "{units} stands in for {other}",
            "{units} stand in for {other}",
            by="number",
            units=so_many(name, units),
            number=units,
            other=named(other),
        )
        for name, other, units in zip(told.names, told.others, told.standing_in[index], strict=True)
        if other and units > 0
    ]
    return sentence("{gets}; {standing_in}", gets=gets, standing_in=all_of(helps)) if helps else gets
