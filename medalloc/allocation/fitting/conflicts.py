"""Can floors and locks be kept at all? Every limit they break, and what would make them fit."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import floor_persons
from medalloc.allocation.closed_forms.cells import as_cells, cell_name
from medalloc.allocation.fitting.broken import ROUNDING, Broken, broken_by, largest_common, largest_share_of_floors
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
from medalloc.allocation.problem.locks import locked_units
from medalloc.allocation.program.elastic import shortfall
from medalloc.allocation.program.needed import as_followed, has_choices
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import Sentence, sentence

Mask = NDArray[np.bool_]
InCells = Callable[[Problem, NDArray[np.intp], NDArray[np.intp], Array], list[Conflict]]


def conflicts(problem: Problem) -> list[Conflict]:
    """Return every limit that floors and locks break; none if and only if some plan keeps them all.

    Each must give way. What would make it fit does so for all of them together.

    Notes
    -----
    A floor asks for ``need = max(0, requirement * floor * demand - existing)`` units of each resource, whatever else
    is decided, and a lock for what is locked. So they fit if and only if these fit every stock, every cap, every space
    and the budget: no solver is asked, unless units may be moved, may stand in, or share space.
    """
    asked = as_followed(problem)
    several = has_choices(asked)
    if not (several and asked.demand_of is not None) and not _broken(asked).any:
        return []
    if several:
        return _by_program(asked)
    found = _in_closed_form(as_cells(asked))
    return [_of_region(each, asked) for each in found] if asked.demand_of is not None else found


def _broken(problem: Problem) -> Broken:
    """Return what floors and locks break if nothing moves and nothing stands in."""
    return broken_by(problem, floor_persons(problem))


def _in_closed_form(problem: Problem) -> list[Conflict]:
    """Return every limit that floors and locks break if nothing moves and nothing stands in."""
    broken = _broken(problem)
    if not broken.any:
        return []
    lower, required = _lower_floors(problem), broken.need.sum(axis=0)
    found = [
        stock_conflict(problem, place, float(required[place]), lower) for place in np.flatnonzero(broken.short).tolist()
    ]
    found += _cell_conflicts(problem, broken.crowded, broken.held, broken.need)
    rows = np.flatnonzero(broken.full)
    found += space_conflicts(problem, rows, broken.need[rows] @ problem.unit_space)
    costs = float((broken.need * problem.unit_cost).sum())
    return found + ([budget_conflict(problem, costs, lower)] if broken.dear else [])


def _cell_conflicts(problem: Problem, crowded: Mask, held: Mask, required: Array) -> list[Conflict]:
    """Return every cap and every lock that the floors break, row by row; a cell may have both."""
    ways = ((cap_conflicts, crowded), (lock_conflicts_with_floors, held))
    told = [(cell, each) for way, which in ways for cell, each in _in_cells(way, problem, which, required)]
    return [each for _, each in sorted(told, key=itemgetter(0))]


def _in_cells(way: InCells, problem: Problem, which: Mask, required: Array) -> Iterator[tuple[int, Conflict]]:
    rows, places = np.nonzero(which)
    return zip(np.flatnonzero(which).tolist(), way(problem, rows, places, required[rows, places]), strict=True)


def _by_program(problem: Problem) -> list[Conflict]:
    """Return the limits that must give way although units may be moved, may stand in, or share space."""
    short = shortfall(problem)
    # what is locked by itself takes more than there is, also where that is less than a solver can tell
    locked = locked_units(problem).sum(axis=0)
    over = np.where(locked > problem.stock * (1 + ROUNDING), locked - problem.stock, 0.0)
    short = replace(short, stock=np.maximum(short.stock, over))
    if not short.any:
        return []
    lower = _lower_floors(problem)
    found = [
        stock_conflict(problem, place, float((problem.stock + short.stock)[place]), lower)
        for place in np.flatnonzero(short.stock).tolist()
    ]
    required = np.where(short.locked > 0, locked_units(problem) + short.locked, problem.cap + short.cap)
    found += _cell_conflicts(problem, short.cap > 0, short.locked > 0, required)
    rows = np.flatnonzero(short.space)
    found += space_conflicts(problem, rows, (problem.space + short.space)[rows])
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
    return largest_common(as_followed(problem))


def _lower_floors(problem: Problem) -> Sentence | None:
    """Return how far the floors must come down: the common one if that is enough, otherwise all in proportion.

    None where that is not enough, because locks alone break a limit.
    """
    if problem.is_locked and not _fits(problem, floor=np.zeros_like(problem.floor)):
        return None
    if problem.common_floor > 0 and _fits(problem):
        fits = at_most(largest_common(problem))
        return sentence("lower the common floor: the largest that fits is {floor} ({percent}%).", **fraction(fits))
    fits = at_most(largest_share_of_floors(problem))
    return sentence(
        "lower all floors in proportion: the largest share of them that fits is {floor} ({percent}%).",
        **fraction(fits),
    )


def _fits(problem: Problem, **floors: Array) -> bool:
    """Whether everything fits with these floors and without a common one."""
    own = problem.derived(common_floor=0.0, **floors)
    return not (shortfall(own).any if has_choices(problem) else _broken(own).any)
