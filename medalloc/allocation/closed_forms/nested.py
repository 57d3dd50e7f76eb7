"""Problems whose limits lie within limits, as the cells that are answered by sorting; and the answer back."""

import math

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import floor_persons, most_persons
from medalloc.allocation.closed_forms.laminar import Cells, Limits
from medalloc.allocation.problem import Array, Problem


def is_nested(problem: Problem) -> bool:
    """Whether every person takes a single resource, whose units cost the same everywhere if money is short.

    So it is, too, where each resource has persons of its own.

    Then the limits lie within each other: cell, stock, budget.
    """
    takes = problem.requirement > 0
    if problem.demand_of is None and (np.count_nonzero(takes, axis=1) != 1).any():
        return False
    if problem.budget is None or not (problem.region_cost >= 0).any():
        return True
    dearest = np.where(takes, problem.unit_cost, -np.inf).max(axis=0)
    cheapest = np.where(takes, problem.unit_cost, np.inf).min(axis=0)
    return bool(((dearest == cheapest) | ~takes.any(axis=0)).all())


def nested_cells(problem: Problem) -> tuple[Cells, Limits]:
    """Return the cells of a nested problem and the limits they share; what existing units serve is their bottom.

    A cell is a region or, where each resource has persons of its own, a region's need of one of them, row by row.
    """
    takes = problem.requirement > 0
    if problem.demand_of is not None:
        return _cells_of_own(problem, takes)
    rows, resource = np.arange(problem.demand.size), takes.argmax(axis=1)
    use, most = problem.requirement[rows, resource], most_persons(problem)
    bottom = np.minimum(problem.existing[rows, resource] / use, most)
    cells = _cells(problem.value, problem.demand, floor_persons(problem), most, bottom, use, resource)
    return cells, _limits(problem, takes)


def _cells_of_own(problem: Problem, takes: NDArray[np.bool_]) -> tuple[Cells, Limits]:
    n, kinds = takes.shape
    use = problem.requirement if takes.all() else np.where(takes, problem.requirement, 1.0)
    demand = problem.own_demand
    alone = problem.existing / use
    most = np.minimum(demand, alone + problem.cap / use)
    floor, bottom = floor_persons(problem).ravel(), np.minimum(alone, most).ravel()
    value, resource = np.repeat(problem.value, kinds), np.tile(np.arange(kinds), n)
    cells = _cells(value, demand.ravel(), floor, most.ravel(), bottom, use.ravel(), resource)
    return cells, _limits(problem, takes)


def _cells(
    value: Array, demand: Array, floor: Array, most: Array, bottom: Array, use: Array, resource: NDArray[np.int64]
) -> Cells:
    lower, upper = np.maximum(0.0, floor - bottom), np.maximum(0.0, most - bottom)
    return Cells(value, demand, lower, upper, use, resource, bottom)


def _limits(problem: Problem, takes: NDArray[np.bool_]) -> Limits:
    cost = np.where(takes, problem.unit_cost, 0.0).max(axis=0)
    return Limits(problem.stock, cost, math.inf if problem.budget is None else problem.budget)


def pooled(cells: Cells, kinds: int) -> Cells:
    """Return one cell a resource for all that draw on it, alike but for their value, if everyone counts the same."""
    use, places = np.ones(kinds), np.arange(kinds)
    use[cells.resource] = cells.use

    def total(each: Array) -> Array:
        return np.bincount(cells.resource, each, kinds).astype(np.float64)

    upper = np.maximum(cells.lower, cells.upper)
    return Cells(np.ones(kinds), total(cells.demand), total(cells.lower), total(upper), use, places)


def served_in_all(problem: Problem, cells: Cells, amount: Array) -> Array:
    """Return the persons served by existing units and out of the stocks, in the form that `units_for` takes."""
    served = np.asarray(cells.bottom + amount)
    return served if problem.demand_of is None else served.reshape(problem.existing.shape)
