"""Problems whose limits lie within limits, as the cells that are answered by sorting; and the answer back."""

import math

import numpy as np

from medalloc.allocation.closed_forms.bundle import floor_persons, most_persons
from medalloc.allocation.closed_forms.laminar import Cells, Limits
from medalloc.allocation.problem import Array, Problem


def is_nested(problem: Problem) -> bool:
    """Whether every person takes a single resource, whose units cost the same everywhere if money is short.

    Then the limits lie within each other: cell, stock, budget.
    """
    takes = problem.requirement > 0
    if (takes.sum(axis=1) != 1).any():
        return False
    if problem.budget is None:
        return True
    dearest = np.where(takes, problem.unit_cost, -np.inf).max(axis=0)
    cheapest = np.where(takes, problem.unit_cost, np.inf).min(axis=0)
    return bool(((dearest == cheapest) | ~takes.any(axis=0)).all())


def nested_cells(problem: Problem) -> tuple[Cells, Limits]:
    """Return the cells of a nested problem and the limits they share; what existing units serve is their bottom."""
    takes = problem.requirement > 0
    rows, resource = np.arange(problem.demand.size), takes.argmax(axis=1)
    use, most = problem.requirement[rows, resource], most_persons(problem)
    bottom = np.minimum(problem.existing[rows, resource] / use, most)
    cells = Cells(
        value=problem.value,
        demand=problem.demand,
        lower=np.maximum(0.0, floor_persons(problem) - bottom),
        upper=np.maximum(0.0, most - bottom),
        use=use,
        resource=resource,
        bottom=bottom,
    )
    cost = np.where(takes, problem.unit_cost, 0.0).max(axis=0)
    return cells, Limits(problem.stock, cost, math.inf if problem.budget is None else problem.budget)


def served_in_all(cells: Cells, amount: Array) -> Array:
    """Return the persons served by existing units and out of the stocks, shape (n_cells,). [persons]."""
    return np.asarray(cells.bottom + amount)
