"""The plan that serves the most on average over sampled futures."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units
from medalloc.allocation.uncertainty.coupled import most_within_all
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.marginal import Placed, most_within, single_limits
from medalloc.allocation.uncertainty.plan import FuturesPlan
from medalloc.allocation.uncertainty.room import Room, expected_served, fits, room_of, units_of

MARGINAL = "marginal probabilities"
"""The method where one limit decides: exact, without a solver."""

COUPLED = "HiGHS over marginal probabilities"
"""The method where several limits decide at once."""


def sample_average(problem: Problem, futures: Futures) -> FuturesPlan:
    """Return the plan with the most persons served on average, each counted with the value of its region.

    Parameters
    ----------
    problem : Problem
        Stocks, budget, caps, locks and existing units. Floors are shares of its own demand, the expected one: whatever
        the future, capacity for them is there. Its policy does not matter.
    futures : Futures
        What demand may be, each as likely as the others; the same regions in any order.

    Returns
    -------
    FuturesPlan
        Proved best for these futures.

    Raises
    ------
    InputError
        If regions differ, or the problem holds a setting that is not taken into account.
    InfeasibleError
        With every limit that the floors break.

    Notes
    -----
    Maximises ``sum_r value_r E[min(demand_r, capacity_r)]``. If the best plan under one of the limits keeps all the
    others it is the best plan, and no solver is asked: always so where a person uses and costs the same everywhere and
    there is one resource, or nothing exists yet.
    The average is over the futures given: with few of them the plan fits those few too well.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> futures = Futures(("Steady", "Erratic"), [[10, 0], [10, 0], [10, 40]])
    >>> problem = Problem(futures.regions, futures.mean, (Resource("beds", stock=15),))
    >>> plan = sample_average(problem, futures)
    >>> plan.capacity.tolist(), plan.method
    ([10.0, 5.0], 'marginal probabilities')
    """
    begun = perf_counter()
    room = room_of(problem, futures)
    placed, method = placed_within(room)
    return FuturesPlan(
        problem=problem,
        futures=futures,
        units=units_of(room.problem, placed.capacity) + locked_units(problem),
        capacity=placed.capacity,
        expected_served=expected_served(room, placed.capacity),
        aim="most served on average",
        status="optimal",
        method=method,
        value=float(problem.value @ expected_served(room, placed.capacity)),
        bound=placed.bound,
        seconds=perf_counter() - begun,
    )


def placed_within(room: Room) -> tuple[Placed, str]:
    """Return the capacity that serves the most on average, and how it was found."""
    ordered = np.sort(np.ascontiguousarray(room.demand.T), axis=1)
    placed, method = _best(room, ordered, room.problem.value)
    last = room.problem.value == 0
    if not last.any():
        return placed, method
    # Persons of value 0 cannot change the optimum, but are not left unserved while something for them is left.
    rest, method_of_rest = _best(replace(room, lower=placed.capacity), ordered, last.astype(np.float64))
    return Placed(rest.capacity, placed.bound), COUPLED if COUPLED in (method, method_of_rest) else MARGINAL


def _best(room: Room, ordered: Array, value: Array) -> tuple[Placed, str]:
    for limit in single_limits(room.problem):
        placed = most_within(room, ordered, value, limit)
        if fits(room, placed.capacity):
            return placed, MARGINAL
    return most_within_all(room, ordered, value), COUPLED
