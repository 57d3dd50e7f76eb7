"""Can the floors be kept at all? In closed form: every limit they break, and what would make them fit."""

from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.bundle import CANCELLATION, floor_persons, units_for
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
    broken = _broken_by(problem, floor_persons(problem))
    if not broken.any:
        return []
    lower, settled = _lower_floors(problem), locked_units(whole)
    required = broken.need.sum(axis=0) + settled.sum(axis=0)
    found = [
        _stock_conflict(whole, place, float(required[place]), lower) for place in np.flatnonzero(broken.short).tolist()
    ]
    found += _cell_conflicts(whole, broken, settled)
    return found + ([_budget_conflict(whole, float(required @ problem.unit_cost), lower)] if broken.dear else [])


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
    own = problem.floor * problem.demand
    free = without_locks(problem)
    if lock_conflicts(problem) or _broken_by(free, own).any:
        require_feasible(replace(problem, common_floor=0.0))
    return _largest(free, free.demand, units_for(free, own))


def largest_share_of_floors(problem: Problem) -> float:
    """Return the largest share of all floors, kept in proportion, that every limit allows. [fraction]."""
    problem = without_locks(problem)
    return _largest(problem, floor_persons(problem), np.zeros_like(problem.existing))


def _largest(problem: Problem, persons: Array, base: Array) -> float:
    """Return the largest t <= 1 at which serving t * persons everywhere fits, where `base` units are needed anyway."""
    rates = problem.requirement * persons[:, None]
    per_cell = np.divide(problem.existing + problem.cap, rates, out=np.full_like(rates, np.inf), where=rates > 0)
    levels = [1.0, float(per_cell.min())]
    # The base is known to fit; where it fills a limit exactly, rounding must not make it look as if it did not.
    for place, stock in enumerate(problem.stock.tolist()):
        rate, lower, there = rates[:, place], base[:, place], problem.existing[:, place]
        levels.append(water_level(rate, lower, np.inf, max(stock, float(lower.sum())), offset=there))
    if problem.budget is not None:
        rate, lower, there = (units * problem.unit_cost for units in (rates, base, problem.existing))
        levels.append(water_level(rate, lower, np.inf, max(problem.budget, float(lower.sum())), offset=there))
    return min(levels)


@dataclass(frozen=True)
class _Broken:
    """Which limits are broken when some persons must be served."""

    need: Array
    """Units that these persons take, shape (n_regions, n_resources). [units]"""

    short: NDArray[np.bool_]
    """Stocks, shape (n_resources,)."""

    crowded: NDArray[np.bool_]
    """Caps, shape (n_regions, n_resources)."""

    dear: bool
    """The budget."""

    @property
    def any(self) -> bool:
        """Whether any limit is broken."""
        return self.dear or bool(self.short.any()) or bool(self.crowded.any())


def _broken_by(problem: Problem, persons: Array) -> _Broken:
    """Return the limits that serving these persons breaks, in a problem without locks."""
    need = units_for(problem, persons)
    gross = problem.requirement * persons[:, None]
    placed, largest = need.sum(axis=0), gross.sum(axis=0)
    dear = problem.budget is not None and bool(
        _exceeds(placed @ problem.unit_cost, np.array(problem.budget), largest @ problem.unit_cost)
    )
    return _Broken(need, _exceeds(placed, problem.stock, largest), _exceeds(need, problem.cap, gross), dear)


def _exceeds(required: Array, available: Array, gross: Array) -> NDArray[np.bool_]:
    """Return where more is required than available, beyond what rounding explains."""
    return np.asarray(required > available * (1 + ROUNDING) + CANCELLATION * gross)


def _lower_floors(problem: Problem) -> Sentence:
    """Return how far the floors must come down: the common one if that is enough, otherwise all in proportion."""
    own = problem.floor * problem.demand
    if problem.common_floor > 0 and not _broken_by(problem, own).any:
        fits = _at_most(_largest(problem, problem.demand, units_for(problem, own)))
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
    )


def _cell_conflicts(problem: Problem, broken: _Broken, settled: Array) -> list[Conflict]:
    """Return every cap and every lock that the floors break; all numbers at once, since there may be thousands."""
    rows, places = np.nonzero(broken.crowded)
    locked = ~np.isnan(problem.locked[rows, places])
    required = broken.need[rows, places] + np.where(locked, settled[rows, places], 0.0)
    available = np.where(locked, problem.locked[rows, places], problem.cap[rows, places])
    there = (problem.existing + problem.cap)[rows, places]
    fits = _at_most(there / (problem.requirement[places] * problem.demand[rows]))
    regions, names = problem.regions, problem.resource_names
    columns = (rows, places, locked, required, _at_least(required), available, fits, np.round(100 * fits, 10))
    return [
        (_lock_conflict if is_locked else _cap_conflict)(
            regions[row], names[place], needs, shown, has, {"floor": floor, "percent": percent}
        )
        for row, place, is_locked, needs, shown, has, floor, percent in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def _cap_conflict(
    region: str, resource: str, required: float, shown: float, cap: float, fits: dict[str, float]
) -> Conflict:
    return Conflict(
        sentence(
            "{region} can take {available} more {resource}, but its floor needs {required}.",
            region=region,
            resource=resource,
            available=cap,
            required=shown,
        ),
        required,
        cap,
        sentence(
            "Raise the cap on {resource} in {region} to at least {required}, or lower its floor to at most"
            " {floor} ({percent} %).",
            region=region,
            resource=resource,
            required=shown,
            **fits,
        ),
    )


def _lock_conflict(
    region: str, resource: str, required: float, shown: float, locked: float, _: dict[str, float]
) -> Conflict:
    return Conflict(
        sentence(
            "{region} is locked at {available} {resource}, but its floor needs {required}.",
            available=locked,
            required=shown,
            region=region,
            resource=resource,
        ),
        required,
        locked,
        sentence(
            "Unlock {resource} in {region}, or lock at least {required}.",
            required=shown,
            region=region,
            resource=resource,
        ),
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
    )


def _fraction(fits: float) -> dict[str, float]:
    return {"floor": fits, "percent": round(100 * fits, 10)}


@overload
def _at_least(number: float) -> float: ...
@overload
def _at_least(number: Array) -> Array: ...
def _at_least(number: float | Array) -> float | Array:
    """Round up to what is shown, so that following the advice is enough."""
    step = _step(number)
    return np.ceil(number / step - 1e-9) * step


@overload
def _at_most(number: float) -> float: ...
@overload
def _at_most(number: Array) -> Array: ...
def _at_most(number: float | Array) -> float | Array:
    """Round down to what is shown, so that following the advice is enough."""
    step = _step(number)
    return np.floor(number / step + 1e-9) * step


def _step(number: float | Array) -> Array:
    """Return the last place that is shown: units from 1,000 on, otherwise the third digit."""
    # below the smallest number the step itself would be no number
    whole = (number < SMALLEST) | (number >= 1000)
    return np.where(whole, 1.0, 10.0 ** (np.floor(np.log10(np.where(whole, 1.0, number))) - 2))
