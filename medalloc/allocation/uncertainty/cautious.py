"""The cautious plan: as few as possible unserved in the worst futures."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, vstack

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units
from medalloc.allocation.problem.scalars import is_number
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.plan import FuturesPlan
from medalloc.allocation.uncertainty.room import (
    Room,
    drawn_back,
    expected_served,
    limits_of,
    room_of,
    taken_by,
    units_of,
)
from medalloc.allocation.uncertainty.sample_average import placed_within
from medalloc.allocation.uncertainty.served import tail_mean
from medalloc.allocation.uncertainty.stretches import Stretches, stretches_of
from medalloc.errors import InputError
from medalloc.sentences import sentence

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Places = NDArray[np.intp]

METHOD = "HiGHS over every region and future"
STOPPED = "marginal probabilities; HiGHS ran out of time"
TOLERANCE = 1e-10
"""Feasibility in the scaled program."""


def cautious(problem: Problem, futures: Futures, *, level: float = 0.9, time_limit: float = 60.0) -> FuturesPlan:
    """Return the plan with the least unmet need on average over the worst futures (CVaR).

    Parameters
    ----------
    problem : Problem
        As for `sample_average`.
    futures : Futures
        What demand may be, each as likely as the others.
    level : float
        From 0 to below 1: the worst ``1 - level`` share of futures counts, 0.9 being the worst tenth. [fraction]
    time_limit : float
        When the solver is stopped, above 0. [s]

    Returns
    -------
    FuturesPlan
        Proved best, or with status ``time limit`` the best on average with a bound on how much better it could be.

    Raises
    ------
    InputError
        If a value is impossible, regions differ, or the problem holds a setting that is not taken into account.
    InfeasibleError
        With every limit that the floors break.

    Notes
    -----
    The linear program of [1]_ has a column and a row for every region and future. On two ordinary cores 50 regions x
    200 futures took half a second, 100 x 200 two, 310 x 200 twenty to fifty; beyond that, expect the time limit.
    A plan that was stopped there is the one that serves the most on average, and its gap is wide, because all that is
    then known of the worst futures is that they are no better than the average. The tail of few futures is fewer still:
    with 50 of them, the worst tenth is five. What the worst futures do not need is placed to serve the most on average,
    which takes nothing from them.

    References
    ----------
    .. [1] R. T. Rockafellar and S. Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2, 2000.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> futures = Futures(("Steady", "Erratic"), [[10, 0], [10, 0], [10, 0], [10, 0], [0, 40]])
    >>> problem = Problem(futures.regions, futures.mean, (Resource("beds", stock=15),))
    >>> cautious(problem, futures, level=0.8).capacity.round(9).tolist()
    [0.0, 15.0]
    """
    begun = perf_counter()
    _require_choices(level, time_limit)
    room = room_of(problem, futures)
    found = _least_in_the_tail(room, level, time_limit)
    capacity = placed_within(replace(room, lower=found.capacity))[0].capacity
    return FuturesPlan(
        problem=problem,
        futures=futures,
        units=units_of(room.problem, capacity) + locked_units(problem),
        capacity=capacity,
        expected_served=expected_served(room, capacity),
        aim="least unmet in the worst futures",
        status="time limit" if found.stopped else "optimal",
        method=STOPPED if found.stopped else METHOD,
        value=tail_mean(_losses(room, capacity), level),
        bound=found.bound,
        seconds=perf_counter() - begun,
    )


@dataclass(frozen=True)
class _Scale:
    """What brings the program's numbers near 1: the largest demand and value."""

    persons: float
    value: float


@dataclass(frozen=True)
class _Found:
    capacity: Array
    bound: float
    stopped: bool


def _require_choices(level: float, time_limit: float) -> None:
    faults = []
    if not is_number(level) or not 0 <= level < 1:
        faults.append(
            sentence(
                "The level is {found}; give a fraction from 0 to below 1 (0.9 is the worst tenth).", found=str(level)
            )
        )
    if not is_number(time_limit) or time_limit <= 0:
        faults.append(sentence("The time limit is {found}; give seconds above 0.", found=str(time_limit)))
    if faults:
        raise InputError(*faults)


def _losses(room: Room, capacity: Array) -> Array:
    """Return the valued persons unmet in every future, shape (n_futures,)."""
    return np.asarray(np.maximum(0.0, room.demand - capacity) @ room.problem.value)


def _least_in_the_tail(room: Room, level: float, time_limit: float) -> _Found:
    pieces = stretches_of(room, np.empty((room.lower.size, 0)))
    if not pieces.length.size or not _losses(room, room.lower).any():
        return _Found(room.lower, tail_mean(_losses(room, room.lower), level), stopped=False)
    scale = _Scale(float(room.demand.max()), float(room.problem.value.max()))
    found = _solved(room, pieces, scale, level, time_limit)
    if found.status == 1:
        return _on_average(room)
    if found.status != 0:
        raise RuntimeError(f"HiGHS stopped with: {found.message}")
    added = np.bincount(pieces.region, weights=found.x[: pieces.length.size], minlength=room.lower.size)
    capacity = drawn_back(room, room.lower + added * scale.persons)
    return _Found(capacity, max(0.0, float(found.fun) * scale.persons * scale.value), stopped=False)


def _on_average(room: Room) -> _Found:
    """Return the plan that serves the most on average; no tail is better than the least mean that it proves."""
    placed, _ = placed_within(room)
    mean = float(room.problem.value @ room.demand.mean(axis=0))
    return _Found(placed.capacity, max(0.0, mean - placed.bound), stopped=True)


def _solved(room: Room, pieces: Stretches, scale: _Scale, level: float, time_limit: float) -> "OptimizeResult":
    """Solve for capacity added in every piece, unmet by future and region, the tail's threshold, excess over it."""
    # a quarter of a second to load, which whoever plans for one future need not wait for
    from scipy.optimize import linprog

    beyond = np.maximum(0.0, room.demand - room.lower) / scale.persons
    future, region = np.nonzero(beyond)
    futures, cells, columns = room.demand.shape[0], future.size, pieces.length.size
    spare = np.maximum(0.0, limits_of(room.problem) - taken_by(room.problem, room.lower)) / scale.persons
    unbounded = [(0.0, None)]
    return linprog(
        np.concatenate([np.zeros(columns + cells), [1.0], np.full(futures, 1 / ((1 - level) * futures))]),
        A_ub=vstack(
            [
                _unmet_rows(pieces, region, futures),
                _tail_rows(room.problem.value[region] / scale.value, future, columns, futures),
                hstack(
                    [csr_array(pieces.uses / pieces.tallest[:, None]), csr_array((spare.size, cells + 1 + futures))]
                ),
            ],
            format="csr",
        ),
        b_ub=np.concatenate([-beyond[future, region], np.zeros(futures), spare / pieces.tallest]),
        bounds=[
            *((0.0, length) for length in (pieces.length / scale.persons).tolist()),
            *unbounded * cells,
            (None, None),
            *unbounded * futures,
        ],
        method="highs",
        options={
            "time_limit": time_limit,
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        },
    )


def _unmet_rows(pieces: Stretches, region: Places, futures: int) -> csr_array:
    """Return ``-(added in the region) - unmet <= -(demand beyond the lower end)``, a row a region and future."""
    cells, columns = region.size, pieces.length.size
    regions = 1 + int(max(region.max(initial=0), pieces.region.max(initial=0)))
    # By way of the regions, because a table of every cell and piece would not fit into memory.
    cell = csr_array((np.ones(cells), (np.arange(cells), region)), shape=(cells, regions))
    piece = csr_array((np.ones(columns), (pieces.region, np.arange(columns))), shape=(regions, columns))
    return csr_array(hstack([-(cell @ piece), -eye_array(cells), csr_array((cells, 1 + futures))]))


def _tail_rows(value: Array, future: Places, columns: int, futures: int) -> csr_array:
    """Return ``valued unmet - threshold - excess <= 0``, a row a future."""
    of_future = csr_array((value, (future, np.arange(future.size))), shape=(futures, future.size))
    threshold = csr_array(-np.ones((futures, 1)))
    return csr_array(hstack([csr_array((futures, columns)), of_future, threshold, -eye_array(futures)]))
