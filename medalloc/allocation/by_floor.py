"""The most served under one common floor after the other, from a problem that is prepared once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from medalloc.allocation.closed_forms.laminar import most_served_in
from medalloc.allocation.closed_forms.nested import is_nested, nested_cells, served_in_all
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import without_locks
from medalloc.allocation.program.needed import needs_program
from medalloc.allocation.solving import solve

Most = Callable[[float], tuple[Array, float]]
"""From a common floor that fits to persons served, shape (n_regions,), and their sum, each counted with the value of
its region [persons/period]."""


def most_by_floor(problem: Problem) -> Most:
    """Return what tells, for any common floor that fits, the most that can be served; the policy does not matter.

    Where limits lie within each other, only the floors are reckoned anew; otherwise every plan is found by itself.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> most = most_by_floor(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), value=[2, 1]))
    >>> [most(floor)[1] for floor in (0.0, 0.5)]
    [40.0, 35.0]
    """
    if needs_program(problem) or not is_nested(problem):

        def by_plan(floor: float) -> tuple[Array, float]:
            plan = solve(problem.derived(common_floor=floor, policy=MOST_SERVED))
            return plan.served, plan.value

        return by_plan
    free = without_locks(problem)
    cells, limits = nested_cells(free)
    already = float((cells.value * cells.bottom).sum())

    def by_sorting(floor: float) -> tuple[Array, float]:
        lower = np.maximum(floor, free.floor) * cells.demand - cells.bottom
        best = most_served_in(replace(cells, lower=np.maximum(0.0, lower)), limits)
        served = served_in_all(free, cells, best.amount)
        return served if served.ndim == 1 else served.sum(axis=1), best.value + already

    return by_sorting
