"""Within which limits capacity can be chosen before the future is known."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.closed_forms.bundle import persons_within
from medalloc.allocation.fitting.conflicts import require_feasible
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import without_locks
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.served import capacity_of, require_understood

ROUNDING = 1e-10
"""Share of a limit by which rounding may exceed it."""

CANCELLATION = 1e-12
"""Share of the units in use that may be left over, by rounding alone, when existing units are taken off."""


@dataclass(frozen=True)
class Room:
    """The choice: a capacity for every region, between these ends and within the limits of the problem."""

    problem: Problem
    """Whose stocks, budget, existing units and values count; without locks, whose units already stand there."""

    demand: Array
    """Of every future, columns as in the problem, shape (n_futures, n_regions). [persons/period]"""

    lower: Array
    """What floors demand and existing units serve alone, shape (n_regions,). [persons/period]"""

    upper: Array
    """What caps allow and some future needs, at least the lower end, shape (n_regions,). [persons/period]"""


def room_of(problem: Problem, futures: Futures) -> Room:
    """Return the choice that a problem leaves when demand is not known.

    Locked units are placed whatever the future, so what is left to choose is the choice beside them.

    Raises
    ------
    InputError
        If regions differ or the problem holds a setting that is not taken into account.
    InfeasibleError
        With every limit that the floors break.
    """
    require_understood(problem)
    demand = futures.ordered_as(problem.regions)
    require_feasible(problem)
    problem = without_locks(problem)
    floor = problem.effective_floor * problem.demand
    most = np.minimum(capacity_of(problem, problem.cap), persons_within(problem))
    upper = np.maximum(floor, np.minimum(demand.max(axis=0), most))
    alone = capacity_of(problem, np.zeros_like(problem.existing))
    return Room(problem, demand, np.maximum(floor, np.minimum(alone, upper)), upper)


def units_of(problem: Problem, capacity: Array) -> Array:
    """Return the fewest units to place for a capacity, shape (n_regions, n_resources). [units]."""
    gross = problem.requirement * capacity[:, None]
    units = gross - problem.existing
    return np.where(units > CANCELLATION * gross, units, 0.0)


def limits_of(problem: Problem) -> Array:
    """Return stocks [units] and, if there is one, the budget [money], shape (n_limits,)."""
    return problem.stock if problem.budget is None else np.append(problem.stock, problem.budget)


def taken_by(problem: Problem, capacity: Array) -> Array:
    """Return what a capacity takes from every limit, shape (n_limits,)."""
    return _taken(problem, units_of(problem, capacity))


def _taken(problem: Problem, units: Array) -> Array:
    every = np.asarray(units.sum(axis=0))
    return every if problem.budget is None else np.append(every, (units * problem.unit_cost).sum())


def fits(room: Room, capacity: Array) -> bool:
    """Whether a capacity is within every limit, but for rounding."""
    gross = _taken(room.problem, room.problem.requirement * capacity[:, None])
    # Floors that fit may themselves exceed a limit by rounding, which no choice can mend.
    allowed = np.maximum(limits_of(room.problem), taken_by(room.problem, room.lower))
    taken = taken_by(room.problem, capacity)
    return bool((taken <= allowed * (1 + ROUNDING) + CANCELLATION * gross).all())


def drawn_back(room: Room, capacity: Array) -> Array:
    """Return a solver's capacity moved toward the lower ends until no limit is exceeded by more than rounding.

    What a capacity takes is convex in it, so the share found for what is taken is enough.
    """
    capacity = np.clip(capacity, room.lower, room.upper)
    if fits(room, capacity):
        return capacity
    begun, placed = taken_by(room.problem, room.lower), taken_by(room.problem, capacity)
    over = placed > np.maximum(limits_of(room.problem), begun)
    share = ((np.maximum(limits_of(room.problem), begun) - begun)[over] / (placed - begun)[over]).min()
    return np.asarray(room.lower + share * (capacity - room.lower))


def expected_served(room: Room, capacity: Array) -> Array:
    """Return the persons a capacity serves on average over the futures, shape (n_regions,). [persons/period]."""
    return np.asarray(np.minimum(room.demand, capacity).mean(axis=0))
