"""Numbers that somebody has settled: units that are placed whatever the policy says."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import Conflict
from medalloc.sentences import sentence

if TYPE_CHECKING:
    from medalloc.allocation.problem.statement import Problem

ROUNDING = 1e-9
"""Share of a limit by which locked units may exceed it."""


def locked_units(problem: "Problem") -> NDArray[np.float64]:
    """Return the units that are settled, 0 where nothing is, shape (n_regions, n_resources) [units]."""
    return np.where(np.isnan(problem.locked), 0.0, problem.locked)


def without_locks(problem: "Problem") -> "Problem":
    """Return the problem of what is still free: locked units already stand there, and nothing more may be added.

    Its plans are those of the problem, less the locked units. The locked units must fit (see `lock_conflicts`).
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


def lock_conflicts(problem: "Problem") -> list[Conflict]:
    """Return every stock, and the budget, that the locked units alone exceed."""
    if not problem.is_locked:
        return []
    placed = locked_units(problem).sum(axis=0)
    found = [
        Conflict(
            sentence(
                "Stock of {resource}: locked are {required}, in stock are {available}.",
                resource=one.name,
                required=required,
                available=one.stock,
            ),
            required,
            one.stock,
            sentence(
                "Unlock some {resource}, or raise their stock to {required}.", resource=one.name, required=required
            ),
            ({"what": "stock", "resource": one.name, "value": required},),
        )
        for one, required in zip(problem.resources, placed.tolist(), strict=True)
        if required > one.stock * (1 + ROUNDING)
    ]
    costs = float((locked_units(problem) * problem.unit_cost).sum())
    if problem.budget is not None and costs > problem.budget * (1 + ROUNDING):
        found.append(
            Conflict(
                sentence(
                    "Budget: the locked units cost {required}, available are {available}.",
                    required=costs,
                    available=problem.budget,
                ),
                costs,
                problem.budget,
                sentence("Unlock some units, or raise the budget to {required}.", required=costs),
                ({"what": "budget", "value": costs},),
            )
        )
    taken = locked_units(problem) @ problem.unit_space
    found += [
        Conflict(
            sentence(
                "{region} has space for {available}, but its locked units take {required}.",
                region=problem.regions[row],
                required=float(taken[row]),
                available=float(problem.space[row]),
            ),
            float(taken[row]),
            float(problem.space[row]),
            sentence(
                "Unlock some units in {region}, or raise its space to {required}.",
                region=problem.regions[row],
                required=float(taken[row]),
            ),
            ({"what": "space", "region": problem.regions[row], "value": float(taken[row])},),
        )
        for row in np.flatnonzero(taken > problem.space * (1 + ROUNDING)).tolist()
    ]
    return found
