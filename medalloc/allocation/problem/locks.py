"""Numbers that somebody has settled: units that are placed whatever the policy says."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.problem.statement import Array, Problem


def locked_units(problem: Problem) -> Array:
    """Return the units that are settled, 0 where nothing is, shape (n_regions, n_resources) [units]."""
    return np.where(np.isnan(problem.locked), 0.0, problem.locked)


def without_locks(problem: Problem) -> Problem:
    """Return the problem of what is still free: locked units already stand there, and nothing more may be added.

    Its plans are those of the problem, less the locked units. The locked units must fit.
    """
    if not problem.is_locked:
        return problem
    settled = ~np.isnan(problem.locked)
    units = locked_units(problem)
    placed = units.sum(axis=0)
    resources = tuple(
        replace(one, stock=max(0.0, one.stock - gone))
        for one, gone in zip(problem.resources, placed.tolist(), strict=True)
    )
    budget = None if problem.budget is None else max(0.0, problem.budget - float((units * problem.unit_cost).sum()))
    return problem.derived(
        existing=problem.existing + units,
        cap=np.where(settled, 0.0, problem.cap),
        space=np.maximum(0.0, problem.space - units @ problem.unit_space),
        resources=resources,
        budget=budget,
        locked=np.full_like(problem.locked, np.nan),
    )
