"""Can the floors be kept at all? In closed form: every limit they break, and what would make them fit."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.bundle import CANCELLATION, floor_persons, persons_within, units_for
from medalloc.allocation.locks import lock_conflicts, locked_units, without_locks
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.water import water_level
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import Sentence, sentence

ROUNDING = 1e-9
"""A limit counts as kept when it is exceeded by no more than this share of itself."""

SMALLEST = 1e-300
"""Below this, a number is shown as 0."""


def conflicts(problem: Problem) -> list[Conflict]:
    """Return every limit that the floors break; none if and only if some plan keeps them all.

    Notes
    -----
    A floor asks for ``need = max(0, requirement * floor * demand - existing)`` units of each resource, whatever else
    is decided. So the floors fit if and only if these fit every stock, every cap and the budget: no solver is asked.
    """
    locked = lock_conflicts(problem)
    if locked:
        return locked
    whole, problem = problem, without_locks(problem)
    need = units_for(problem, floor_persons(problem))
    gross = problem.requirement * floor_persons(problem)[:, None]
    short = _exceeds(need.sum(axis=0), problem.stock, gross.sum(axis=0))
    crowded = _exceeds(need, problem.cap, gross)
    costs = float((need * problem.unit_cost).sum())
    dear = problem.budget is not None and bool(
        _exceeds(np.array(costs), np.array(problem.budget), (gross * problem.unit_cost).sum())
    )
    full = _exceeds(need @ problem.unit_space, problem.space, gross @ problem.unit_space)
    if not (short.any() or crowded.any() or full.any() or dear):
        return []
    lower, settled = _lower_floors(whole), locked_units(whole)
    required = need.sum(axis=0) + settled.sum(axis=0)
    found = [_stock_conflict(whole, place, float(required[place]), lower) for place in np.flatnonzero(short).tolist()]
    found += [
        _cap_conflict(problem, row, place, float(need[row, place]))
        if np.isnan(whole.locked[row, place])
        else _lock_conflict(whole, row, place, float(need[row, place] + settled[row, place]))
        for row, place in np.argwhere(crowded).tolist()
    ]
    found += [
        _space_conflict(whole, row, float((need + settled)[row] @ whole.unit_space))
        for row in np.flatnonzero(full).tolist()
    ]
    costs += float((settled * problem.unit_cost).sum())
    return found + ([_budget_conflict(whole, costs, lower)] if dear else [])


def require_feasible(problem: Problem) -> None:
    """Pass a problem on whose floors fit.

    Raises
    ------
    InfeasibleError
        With every conflict.
    """
    found = conflicts(problem)
    if found:
        raise InfeasibleError(found)


def largest_floor(problem: Problem) -> float:
    """Return the largest common floor that every limit allows, beside the regions' own floors. [fraction].

    Raises
    ------
    InfeasibleError
        If the regions' own floors do not fit even without a common one.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> largest_floor(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),)))
    0.5
    """
    without = replace(problem, common_floor=0.0)
    require_feasible(without)
    without = without_locks(without)
    return _largest(without, problem.demand, units_for(without, floor_persons(without)))


def largest_share_of_floors(problem: Problem) -> float:
    """Return the largest share of all floors, kept in proportion, that every limit allows. [fraction]."""
    problem = without_locks(problem)
    return _largest(problem, floor_persons(problem), np.zeros_like(problem.existing))


def _largest(problem: Problem, persons: Array, base: Array) -> float:
    """Return the largest t <= 1 at which serving t * persons everywhere fits, where `base` units are needed anyway."""
    rates = problem.requirement * persons[:, None]
    per_cell = np.divide(problem.existing + problem.cap, rates, out=np.full_like(rates, np.inf), where=rates > 0)
    roomy = np.divide(persons_within(problem), persons, out=np.full_like(persons, np.inf), where=persons > 0)
    levels = [1.0, float(per_cell.min()), float(roomy.min())]
    # The base is known to fit; where it fills a limit exactly, rounding must not make it look as if it did not.
    for place, stock in enumerate(problem.stock.tolist()):
        rate, lower, there = rates[:, place], base[:, place], problem.existing[:, place]
        levels.append(water_level(rate, lower, np.inf, max(stock, float(lower.sum())), offset=there))
    if problem.budget is not None:
        rate, lower, there = (units * problem.unit_cost for units in (rates, base, problem.existing))
        levels.append(water_level(rate, lower, np.inf, max(problem.budget, float(lower.sum())), offset=there))
    return min(levels)


def _exceeds(required: Array, available: Array, gross: Array) -> NDArray[np.bool_]:
    """Return where more is required than available, beyond what rounding explains."""
    return np.asarray(required > available * (1 + ROUNDING) + CANCELLATION * gross)


def _lower_floors(problem: Problem) -> Sentence:
    """Return how far the floors must come down: the common one if that is enough, otherwise all in proportion."""
    if problem.common_floor > 0 and not conflicts(replace(problem, common_floor=0.0)):
        fits = _at_most(largest_floor(problem))
        return sentence("lower the common floor: the largest that fits is {floor} ({percent} %).", **_fraction(fits))
    fits = _at_most(largest_share_of_floors(problem))
    return sentence(
        "lower all floors in proportion: the largest share of them that fits is {floor} ({percent} %).",
        **_fraction(fits),
    )


def _stock_conflict(problem: Problem, place: int, required: float, lower: Sentence) -> Conflict:
    resource = problem.resources[place]
    return Conflict(
        sentence(
            "Stock of {resource}: the floors need {required}, in stock are {available}.",
            resource=resource.name,
            required=_at_least(required),
            available=resource.stock,
        ),
        required,
        resource.stock,
        sentence(
            "Raise the stock of {resource} to at least {required}, or {lower}",
            resource=resource.name,
            required=_at_least(required),
            lower=lower,
        ),
        ({"what": "stock", "resource": resource.name, "value": _at_least(required)},),
    )


def _cap_conflict(problem: Problem, row: int, place: int, required: float) -> Conflict:
    region, resource, cap = problem.regions[row], problem.resources[place], float(problem.cap[row, place])
    fits = (float(problem.existing[row, place]) + cap) / (
        float(problem.requirement[row, place]) * float(problem.demand[row])
    )
    return Conflict(
        sentence(
            "{region} can take {available} more {resource}, but its floor needs {required}.",
            region=region,
            resource=resource.name,
            available=cap,
            required=_at_least(required),
        ),
        required,
        cap,
        sentence(
            "Raise the cap on {resource} in {region} to at least {required}, or lower its floor to at most"
            " {floor} ({percent} %).",
            region=region,
            resource=resource.name,
            required=_at_least(required),
            **_fraction(_at_most(fits)),
        ),
        ({"what": "cap", "resource": resource.name, "region": region, "value": _at_least(required)},),
    )


def _space_conflict(problem: Problem, row: int, required: float) -> Conflict:
    region, available = problem.regions[row], float(problem.space[row])
    fits = float(persons_within(without_locks(problem))[row] / problem.demand[row])
    return Conflict(
        sentence(
            "{region} has space for {available}, but what its floor needs takes {required}.",
            region=region,
            available=available,
            required=_at_least(required),
        ),
        required,
        available,
        sentence(
            "Raise the space in {region} to at least {required}, or lower its floor to at most {floor} ({percent} %).",
            region=region,
            required=_at_least(required),
            **_fraction(_at_most(max(0.0, fits))),
        ),
        ({"what": "space", "region": region, "value": _at_least(required)},),
    )


def _lock_conflict(problem: Problem, row: int, place: int, required: float) -> Conflict:
    names = {"region": problem.regions[row], "resource": problem.resources[place].name}
    locked = float(problem.locked[row, place])
    return Conflict(
        sentence(
            "{region} is locked at {available} {resource}, but its floor needs {required}.",
            available=locked,
            required=_at_least(required),
            **names,
        ),
        required,
        locked,
        sentence("Unlock {resource} in {region}, or lock at least {required}.", required=_at_least(required), **names),
        ({"what": "locked", "value": "unlimited", **names},),
    )


def _budget_conflict(problem: Problem, required: float, lower: Sentence) -> Conflict:
    available = float(problem.budget or 0.0)
    return Conflict(
        sentence(
            "Budget: the floors cost {required}, available are {available}.",
            required=_at_least(required),
            available=available,
        ),
        required,
        available,
        sentence("Raise the budget to at least {required}, or {lower}", required=_at_least(required), lower=lower),
        ({"what": "budget", "value": _at_least(required)},),
    )


def _fraction(fits: float) -> dict[str, float]:
    return {"floor": fits, "percent": round(100 * fits, 10)}


def _at_least(number: float) -> float:
    """Round up to what is shown, so that following the advice is enough."""
    step = _step(number)
    return math.ceil(number / step - 1e-9) * step


def _at_most(number: float) -> float:
    """Round down to what is shown, so that following the advice is enough."""
    step = _step(number)
    return math.floor(number / step + 1e-9) * step


def _step(number: float) -> float:
    """Return the last place that is shown: units from 1,000 on, otherwise the third digit."""
    # below that the step itself would be no number
    if number < SMALLEST:
        return 1.0
    return 1.0 if number >= 1000 else 10.0 ** (math.floor(math.log10(number)) - 2)
