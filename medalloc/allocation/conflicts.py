"""Can the floors be kept at all? In closed form: every limit they break, and what would make them fit."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.bundle import CANCELLATION, floor_persons, persons_within, units_for
from medalloc.allocation.conflict_words import (
    at_most,
    budget_conflict,
    cap_conflicts,
    fraction,
    lock_conflicts_with_floors,
    space_conflicts,
    stock_conflict,
)
from medalloc.allocation.locks import lock_conflicts, locked_units, without_locks
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.water import water_level
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import Sentence, sentence

ROUNDING = 1e-9
"""A limit counts as kept when it is exceeded by no more than this share of itself."""


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
        stock_conflict(whole, place, float(required[place]), lower) for place in np.flatnonzero(broken.short).tolist()
    ]
    found += _cell_conflicts(whole, broken, settled)
    rows = np.flatnonzero(broken.full)
    if rows.size:
        found += space_conflicts(whole, rows, (broken.need + settled)[rows] @ whole.unit_space, persons_within(problem))
    costs = float(((broken.need + settled) * problem.unit_cost).sum())
    return found + ([budget_conflict(whole, costs, lower)] if broken.dear else [])


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


@dataclass(frozen=True)
class _Broken:
    """Which limits are broken when some persons must be served."""

    need: Array
    """Units that these persons take, shape (n_regions, n_resources). [units]"""

    short: NDArray[np.bool_]
    """Stocks, shape (n_resources,)."""

    crowded: NDArray[np.bool_]
    """Caps, shape (n_regions, n_resources)."""

    full: NDArray[np.bool_]
    """Spaces, shape (n_regions,)."""

    dear: bool
    """The budget."""

    @property
    def any(self) -> bool:
        """Whether any limit is broken."""
        return self.dear or any(bool(broken.any()) for broken in (self.short, self.crowded, self.full))


def _broken_by(problem: Problem, persons: Array) -> _Broken:
    """Return the limits that serving these persons breaks, in a problem without locks."""
    need = units_for(problem, persons)
    gross = problem.requirement * persons[:, None]
    dear = problem.budget is not None and bool(
        _exceeds(
            (need * problem.unit_cost).sum(), np.array(problem.budget), np.array((gross * problem.unit_cost).sum())
        )
    )
    return _Broken(
        need=need,
        short=_exceeds(need.sum(axis=0), problem.stock, gross.sum(axis=0)),
        crowded=_exceeds(need, problem.cap, gross),
        full=_exceeds(need @ problem.unit_space, problem.space, gross @ problem.unit_space),
        dear=dear,
    )


def _exceeds(required: Array, available: Array, gross: Array) -> NDArray[np.bool_]:
    """Return where more is required than available, beyond what rounding explains."""
    return np.asarray(required > available * (1 + ROUNDING) + CANCELLATION * gross)


def _lower_floors(problem: Problem) -> Sentence:
    """Return how far the floors must come down: the common one if that is enough, otherwise all in proportion."""
    own = problem.floor * problem.demand
    if problem.common_floor > 0 and not _broken_by(problem, own).any:
        fits = at_most(_largest(problem, problem.demand, units_for(problem, own)))
        return sentence("lower the common floor: the largest that fits is {floor} ({percent} %).", **fraction(fits))
    fits = at_most(largest_share_of_floors(problem))
    return sentence(
        "lower all floors in proportion: the largest share of them that fits is {floor} ({percent} %).",
        **fraction(fits),
    )


def _cell_conflicts(problem: Problem, broken: _Broken, settled: Array) -> list[Conflict]:
    """Return every cap and every lock that the floors break, row by row."""
    rows, places = np.nonzero(broken.crowded)
    locked = ~np.isnan(problem.locked[rows, places])
    if not locked.any():
        return cap_conflicts(problem, rows, places, broken.need[rows, places])
    free = iter(cap_conflicts(problem, rows[~locked], places[~locked], broken.need[rows, places][~locked]))
    needed = (broken.need + settled)[rows, places][locked]
    held = iter(lock_conflicts_with_floors(problem, rows[locked], places[locked], needed))
    return [next(held if is_locked else free) for is_locked in locked.tolist()]
