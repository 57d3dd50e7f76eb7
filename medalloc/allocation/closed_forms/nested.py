"""Problems whose limits lie within limits, as the cells that are answered by sorting; and the answer back."""

import math

import numpy as np

from medalloc.allocation.closed_forms.bundle import persons_within
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
    """Return the cells of a nested problem and the limits they share; what existing units serve is their bottom."""
    takes = problem.requirement.T > 0
    use = np.where(takes, problem.requirement.T, 1.0)
    demand = np.where(takes, problem.own_demand.T, 0.0)
    alone = problem.existing.T / use
    most = np.minimum(demand, alone + problem.cap.T / use)
    if problem.demand_of is None:
        most = np.minimum(most, persons_within(problem))
    bottom = np.minimum(alone, most)
    floor, value = problem.effective_floor * demand, np.broadcast_to(problem.value, demand.shape)
    lower, upper = np.maximum(0.0, floor - bottom), most - bottom
    cost = np.max(problem.unit_cost.T, axis=1, where=takes, initial=0.0)
    budget = math.inf if problem.budget is None else problem.budget
    return Cells(value, demand, lower, upper, use, bottom), Limits(problem.stock, cost, budget)


def served_in_all(problem: Problem, cells: Cells, amount: Array) -> Array:
    """Return the persons served by existing units and out of the stocks, in the form that `units_for` takes."""
    served = cells.bottom + amount
    return np.asarray(served.sum(axis=0) if problem.demand_of is None else served.T)
