"""The plan that serves the most: a linear program over kinds of persons, then shared out as equally as it can be."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import CANCELLATION, units_for
from medalloc.allocation.closed_forms.decomposition import MANY, maximise_many
from medalloc.allocation.closed_forms.laminar import Cells, Limits, most_persons_in, most_served_in
from medalloc.allocation.closed_forms.nested import is_nested, nested_cells, served_in_all
from medalloc.allocation.closed_forms.pieces import Integers, Pieces, pieces_of, start_of, sums_by
from medalloc.allocation.closed_forms.simplex import METHOD
from medalloc.allocation.closed_forms.water import at_level, water_level
from medalloc.allocation.problem import Array, Problem

SORTED = "sorting by value"
"""The method where limits lie within limits."""

DECOMPOSED = "price decomposition"
"""The method for very many kinds of persons."""

NOTHING_TO_CHOOSE = "nothing to choose"
"""The method when floors, existing units and caps settle everything."""

ROUNDING = 1e-10
"""Share of a limit by which it may be exceeded before the plan is drawn back."""


@dataclass(frozen=True)
class MostServed:
    """The optimum and its proof."""

    served: Array
    """Shape (n_regions,), or (n_regions, n_resources) where each has persons of its own. [persons]"""

    value: float
    """Persons served, each counted with the value of its region. [persons]"""

    bound: float
    """What no plan can exceed, from the prices alone. [persons]"""

    price: Array
    """Duals of the limits, shape (n_limits,): stocks [persons/unit], then the budget if any [persons/money]; >= 0."""

    method: str
    """How it was found."""

    cells: tuple[Cells, Limits] | None = None
    """What was sorted, where limits lie within limits."""


def most_served(problem: Problem) -> MostServed:
    """Return the plan of a feasible problem that serves the most persons, weighted by value.

    Parameters
    ----------
    problem : Problem
        Whose floors fit; in cells (see `as_cells`) where each resource has persons of its own, unless it is nested.

    Notes
    -----
    Where every person takes one resource only, the worthiest are served first (see `most_served_in`). Otherwise it is
    a program: everybody in a kind takes the same from every limit and counts for the same, so it has one column per
    kind and decides how many of each are served. Who they are is then decided by one water level on coverage, lowest
    first, over all kinds that count for the same and take the same from every *scarce* limit. That costs nobody's
    care; it may place more of what is not scarce, within its limit. Where it would break such a limit, that limit
    counts as scarce too. The result does not depend on the order of the regions.
    """
    if is_nested(problem):
        return _by_sorting(problem)
    start = start_of(problem)
    pieces = pieces_of(problem, start)
    if not pieces.length.size:
        value = math.fsum((problem.value * start.served).tolist())
        return MostServed(start.served, value, value, np.zeros(start.room.size), NOTHING_TO_CHOOSE)
    counted = pieces.kind_value > 0
    amounts, price = _optimum(pieces, start.room, counted)
    # Persons of value 0 cannot change the optimum, but are not left unserved while something for them is left.
    spare = np.maximum(0.0, start.room - pieces.uses @ amounts)
    amounts = amounts + _optimum(pieces, spare, ~counted)[0]
    served = start.served + _shared_out(problem, pieces, start.room, amounts, price)
    served = drawn_back(problem, start.served, served)
    return MostServed(
        served=served,
        value=math.fsum((problem.value * served).tolist()),
        bound=_bound(problem, pieces, start.served, start.room, price),
        price=price,
        method=METHOD if pieces.kind_value.size <= MANY else DECOMPOSED,
    )


def most_persons_served(problem: Problem, best: MostServed | None = None) -> float:
    """Return the most persons that can be served when everyone counts the same; `best` is the most served, if known."""
    if best is not None and np.ptp(problem.value) == 0 and problem.value[0] > 0:
        return float(best.served.sum())
    if not problem.is_uniform or not is_nested(problem):
        return most_served(problem.derived(value=np.ones_like(problem.value))).value
    return most_persons_in(*(nested_cells(problem) if best is None or best.cells is None else best.cells))


def _by_sorting(problem: Problem) -> MostServed:
    cells, limits = nested_cells(problem)
    best = most_served_in(cells, limits)
    already = float((cells.value * cells.bottom).sum())
    return MostServed(
        served=served_in_all(problem, cells, best.amount),
        value=best.value + already,
        bound=best.bound + already,
        price=best.price if problem.budget is None else np.append(best.price, best.budget_price),
        method=SORTED if (cells.upper > cells.lower).any() else NOTHING_TO_CHOOSE,
        cells=(cells, limits),
    )


def _optimum(pieces: Pieces, room: Array, chosen: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return how many of every chosen kind are served (others: 0), and the prices of the limits."""
    amounts, price = np.zeros(chosen.size), np.zeros(room.size)
    if not chosen.any():
        return amounts, price
    value, uses, length = pieces.kind_value[chosen], pieces.uses[:, chosen], pieces.kind_length[chosen]
    best = maximise_many(np.where(value > 0, value, 1.0), uses, room, length)
    amounts[chosen] = best.amount
    # Where nobody who needs a resource is left, more of it serves nobody: of the duals that fit, that one is true.
    wanted = (uses > 0) & (best.amount < length * (1 - ROUNDING))
    return amounts, np.where(wanted.any(axis=1), best.price, 0.0)


def _bound(problem: Problem, pieces: Pieces, served: Array, room: Array, price: Array) -> float:
    """Return the dual objective: for any prices at all, no plan can be worth more than this."""
    surplus = np.maximum(0.0, pieces.kind_value - price @ pieces.uses)
    return math.fsum(
        [
            *(problem.value * served).tolist(),
            *(price * room).tolist(),
            *(surplus * pieces.kind_length).tolist(),
        ]
    )


def _shared_out(problem: Problem, pieces: Pieces, room: Array, amounts: Array, price: Array) -> Array:
    """Return the persons served above the start, by region, with every kind's amount spread over its regions."""
    scarce = price > 0
    while True:
        group = _groups(pieces, scarce)
        filled = _filled(problem, pieces, group[pieces.kind], amounts, group)
        taken = pieces.uses @ sums_by(pieces.kind, filled, pieces.kind_value.size)
        allowed = np.maximum(room, pieces.uses @ amounts) * (1 + ROUNDING)
        broken = (taken > allowed) & ~scarce
        if not broken.any():
            return np.bincount(pieces.region, weights=filled, minlength=len(problem.regions)).astype(np.float64)
        scarce |= broken


def _groups(pieces: Pieces, scarce: NDArray[np.bool_]) -> Integers:
    """Return the group of every kind: same value, same use of every scarce limit."""
    keys = np.vstack([pieces.kind_value, pieces.uses[scarce]])
    return np.unique(keys, axis=1, return_inverse=True)[1].ravel()


def _filled(problem: Problem, pieces: Pieces, group: Integers, amounts: Array, group_of_kind: Integers) -> Array:
    """Return the persons served in every piece: per group one level of coverage, reached by all who can."""
    totals, lengths = np.bincount(group_of_kind, amounts), np.bincount(group_of_kind, pieces.kind_length)
    everyone = totals >= lengths * (1 - CANCELLATION)
    filled = np.where(everyone[group], pieces.length, 0.0)
    # Few groups are served in part: at an optimum hardly more than there are limits.
    for number in np.flatnonzero((totals > 0) & ~everyone):
        members = np.flatnonzero(group == number)
        demand, bottom = problem.demand[pieces.region[members]], pieces.bottom[members]
        lower, upper = np.zeros(members.size), pieces.length[members]
        level = water_level(demand, lower, upper, float(totals[number]), offset=bottom)
        filled[members] = at_level(level, demand, lower, upper, offset=bottom)
    return filled


def drawn_back(problem: Problem, start: Array, served: Array) -> Array:
    """Return the plan moved toward its start until no limit is exceeded by more than rounding.

    The units a plan needs are a convex function of whom it serves, so the share found for the units is enough.
    """
    served = np.minimum(served, problem.demand)
    taken = [units_for(problem, persons) for persons in (start, served)]
    begun, placed, gross = (_taken(problem, units) for units in (*taken, problem.requirement * served[:, None]))
    limit = problem.stock if problem.budget is None else np.append(problem.stock, problem.budget)
    limit = np.maximum(limit, begun)
    over = placed > limit * (1 + ROUNDING) + CANCELLATION * gross
    if not over.any():
        return served
    share = float(((limit - begun)[over] / (placed - begun)[over]).min())
    return np.asarray(start + share * (served - start))


def _taken(problem: Problem, units: Array) -> Array:
    """Return the sum of the units of each resource, and behind them what they cost if there is a budget."""
    every = np.asarray(units.sum(axis=0))
    return every if problem.budget is None else np.append(every, (units * problem.unit_cost).sum())
