"""Can the floors be kept at all? In closed form: every limit they break, and what would make them fit."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.closed_forms.bundle import floor_persons, persons_within
from medalloc.allocation.closed_forms.cells import as_cells, cell_name
from medalloc.allocation.fitting.broken import Broken, broken_by, largest_common, largest_share_of_floors
from medalloc.allocation.fitting.conflict_words import (
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
from medalloc.allocation.program.needed import has_choices
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import Sentence, sentence


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
    several = has_choices(problem)
    if not (several and problem.demand_of is not None) and not _breaks(problem):
        return []
    cells = as_cells(problem)
    found = _in_closed_form(cells)
    if several and (found or problem.demand_of is not None):
        return _by_program(problem)
    return [_of_region(each, problem) for each in found] if problem.demand_of is not None else found


def _breaks(problem: Problem) -> bool:
    """Whether the floors break a limit if nothing moves and nothing stands in."""
    free = without_locks(problem)
    return broken_by(free, floor_persons(free)).any


def _in_closed_form(whole: Problem) -> list[Conflict]:
    """Return every limit that the floors break if nothing moves and nothing stands in."""
    problem = without_locks(whole)
    broken = broken_by(problem, floor_persons(problem))
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
    require_feasible(problem.derived(common_floor=0.0))
    return largest_common(problem)


def _lower_floors(problem: Problem) -> Sentence:
    """Return how far the floors must come down: the common one if that is enough, otherwise all in proportion."""
    if problem.common_floor > 0 and _own_floors_fit(problem):
        fits = at_most(largest_common(problem))
        return sentence("lower the common floor: the largest that fits is {floor} ({percent} %).", **fraction(fits))
    fits = at_most(largest_share_of_floors(problem))
    return sentence(
        "lower all floors in proportion: the largest share of them that fits is {floor} ({percent} %).",
        **fraction(fits),
    )


def _own_floors_fit(problem: Problem) -> bool:
    own = problem.derived(common_floor=0.0)
    return not (shortfall(own).any if has_choices(problem) else _breaks(own))


def _cell_conflicts(problem: Problem, broken: Broken, settled: Array) -> list[Conflict]:
    """Return every cap and every lock that the floors break, row by row."""
    rows, places = np.nonzero(broken.crowded)
    locked = ~np.isnan(problem.locked[rows, places])
    if not locked.any():
        return cap_conflicts(problem, rows, places, broken.need[rows, places])
    free = iter(cap_conflicts(problem, rows[~locked], places[~locked], broken.need[rows, places][~locked]))
    needed = (broken.need + settled)[rows, places][locked]
    held = iter(lock_conflicts_with_floors(problem, rows[locked], places[locked], needed))
    return [next(held if is_locked else free) for is_locked in locked.tolist()]
