"""Can the floors be kept at all? In closed form: every limit they break, and what would make them fit."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import CANCELLATION, floor_persons, persons_within, units_for
from medalloc.allocation.closed_forms.cells import as_cells, cell_name
from medalloc.allocation.closed_forms.water import water_level
from medalloc.allocation.explaining.conflict_words import (
    at_most,
    budget_conflict,
    cap_conflicts,
    fraction,
    lock_conflicts_with_floors,
    space_conflicts,
    stock_conflict,
)
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import lock_conflicts, locked_units, without_locks
from medalloc.allocation.program.elastic import shortfall
from medalloc.allocation.program.levels import highest_level
from medalloc.allocation.program.model import model_of
from medalloc.allocation.program.needed import has_choices
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import Sentence, sentence

ROUNDING = 1e-9
"""A limit counts as kept when it is exceeded by no more than this share of itself."""

HALVED = 1e-15
"""Distance at which halving ends. [fraction]"""


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
    cells = as_cells(problem)
    found = _in_closed_form(cells)
    if has_choices(problem) and (found or problem.demand_of is not None):
        return _by_program(problem)
    return [_of_region(each, problem) for each in found] if problem.demand_of is not None else found


def _in_closed_form(whole: Problem) -> list[Conflict]:
    """Return every limit that the floors break if nothing moves and nothing stands in."""
    problem = without_locks(whole)
    broken = _broken_by(problem, floor_persons(problem))
    if not broken.any:
        return []
    lower, settled = _lower_floors(whole), locked_units(whole)
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


def _by_program(problem: Problem) -> list[Conflict]:
    """Return the limits that must give way although units may be moved, may stand in, or share space."""
    short = shortfall(problem)
    if not short.any:
        return []
    lower = _lower_floors(problem)
    found = [
        stock_conflict(problem, place, float((problem.stock + short.stock)[place]), lower)
        for place in np.flatnonzero(short.stock).tolist()
    ]
    rows, places = np.nonzero(short.cap)
    found += cap_conflicts(problem, rows, places, (problem.cap + short.cap)[rows, places])
    rows, places = np.nonzero(short.locked)
    found += lock_conflicts_with_floors(problem, rows, places, (problem.locked + short.locked)[rows, places])
    rows = np.flatnonzero(short.space)
    if rows.size:
        found += space_conflicts(problem, rows, (problem.space + short.space)[rows], persons_within(problem))
    if short.budget > 0:
        found.append(budget_conflict(problem, float(problem.budget or 0.0) + short.budget, lower))
    return found


def _of_region(conflict: Conflict, problem: Problem) -> Conflict:
    """Return a conflict of a region's part as one that can be repaired in the region."""
    cells = {cell_name(region, resource): region for region in problem.regions for resource in problem.resource_names}
    remedies = tuple(
        {**each, "region": cells.get(str(each["region"]), each["region"])} if "region" in each else each
        for each in conflict.remedies
    )
    return replace(conflict, remedies=remedies)


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
    if conflicts(replace(problem, common_floor=0.0)):
        require_feasible(replace(problem, common_floor=0.0))
    return _largest_common(problem)


def _largest_common(problem: Problem) -> float:
    if has_choices(problem):
        return highest_level(model_of(replace(problem, common_floor=0.0)))
    free = without_locks(as_cells(problem))
    return _largest(free, free.demand, free.floor * free.demand)


def largest_share_of_floors(problem: Problem) -> float:
    """Return the largest share of all floors, kept in proportion, that every limit allows. [fraction]."""
    if has_choices(problem):
        bare = replace(problem, common_floor=0.0, floor=np.zeros_like(problem.floor))
        kinds = 1 if problem.demand_of is None else len(problem.resources)
        return highest_level(model_of(bare), share=np.repeat(problem.effective_floor, kinds))
    problem = without_locks(as_cells(problem))
    return _largest(problem, floor_persons(problem), np.zeros_like(problem.demand))


def _largest(problem: Problem, persons: Array, anyway: Array) -> float:
    """Return the largest t <= 1 at which serving ``max(anyway, t * persons)`` fits; `anyway` by itself does."""
    if problem.whole.any():
        return _largest_of_whole(problem, persons, anyway)
    base = units_for(problem, anyway)
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


def _largest_of_whole(problem: Problem, persons: Array, anyway: Array) -> float:
    """Return the same where units are whole: what floors take then grows in steps, and halving finds the last."""
    low, high = 0.0, 1.0
    if not _broken_by(problem, np.maximum(anyway, persons)).any:
        return 1.0
    while high - low > HALVED:
        middle = (low + high) / 2
        fits = not _broken_by(problem, np.maximum(anyway, middle * persons)).any
        low, high = (middle, high) if fits else (low, middle)
    return low


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
    if problem.common_floor > 0 and _own_floors_fit(problem):
        fits = at_most(_largest_common(problem))
        return sentence("lower the common floor: the largest that fits is {floor} ({percent} %).", **fraction(fits))
    fits = at_most(largest_share_of_floors(problem))
    return sentence(
        "lower all floors in proportion: the largest share of them that fits is {floor} ({percent} %).",
        **fraction(fits),
    )


def _own_floors_fit(problem: Problem) -> bool:
    own = replace(problem, common_floor=0.0)
    if has_choices(problem):
        return not shortfall(own).any
    free = without_locks(as_cells(own))
    return not _broken_by(free, floor_persons(free)).any


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
