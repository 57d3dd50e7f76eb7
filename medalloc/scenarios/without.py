"""Without this one: what is lost when a region or a resource gets nothing, and the rest is planned again."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Change, Scenario

MOST = 40
"""Regions that are tried, those first that get the largest shares. [count]"""

IN_WHOLE = 40_000
"""Numbers of whole units that are found anew in all of these trials together, beside a handful of regions. [count]"""

HANDFUL = 5
"""Regions that are tried however many there are. [count]"""


@dataclass(frozen=True)
class Replacement:
    """What the units of one region, or all of one resource, are worth beyond their next best use."""

    region: str | None
    """Where nothing is placed; None where it is a resource of which there is none."""

    resource: str | None
    """Of which there is no stock; None where it is a region."""

    units: tuple[float, ...]
    """Units of each resource that are placed there in the plan as it is; of a resource, its own alone. [units]"""

    there: float
    """People who are no longer served in that region; of a resource, in all regions. None is below 0 but where others
    give way. [persons/period]"""

    lost: float | None
    """People fewer served in all, the other regions getting the units; below 0 where a fair plan serves more without.
    None where limits can then not be kept. [persons/period]"""


def tried(plan: Plan) -> int:
    """Return how many regions are tried at most: every trial is another plan, and of whole units these take a while."""
    return max(HANDFUL, min(MOST, IN_WHOLE // max(1, plan.units.size))) if plan.problem.whole.any() else MOST


def without(plan: Plan, most: int | None = None) -> tuple[Replacement, ...]:
    """Return what is lost without each resource, and without each region's share, the dearest first.

    What was there before stays; only new units are not placed. A region that gets nothing is asked to keep no floor.

    Parameters
    ----------
    most : int, optional
        Regions that are tried at most; `tried` says how many when left out. [count]

    References
    ----------
    .. [1] A. Cabeza, A. Moilanen, Replacement cost: a practical measure of site value for cost-effective reserve
       planning, Biological Conservation 132, 2006.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), cap=[[30], [10]]))
    >>> for each in without(plan):
    ...     print(each.resource or each.region, each.units, each.there, each.lost)
    beds (20.0,) 20.0 20.0
    North (15.0,) 15.0 10.0
    South (5.0,) 5.0 0.0
    """
    problem = plan.problem
    found = []
    for place, name in enumerate(problem.resource_names):
        left = _served(problem, Change("stock", value=0, resource=name))
        lost = None if left is None else float(plan.served.sum() - left.sum())
        own = np.where(np.arange(len(problem.resources)) == place, plan.units.sum(axis=0), 0.0)
        found.append(Replacement(None, name, tuple(own.tolist()), lost or 0.0, lost))
    totals = plan.units.sum(axis=0)
    share = np.divide(plan.units, totals, out=np.zeros_like(plan.units), where=totals > 0).max(axis=1)
    for row in np.argsort(-share, kind="stable")[: tried(plan) if most is None else most]:
        if share[row] <= 0:
            break
        region = problem.regions[row]
        floor = np.where(np.arange(len(problem.regions)) == row, 0.0, problem.effective_floor)
        nothing = (Change("cap", value=0, region=region, resource=name) for name in problem.resource_names)
        left = _served(problem.derived(floor=floor, common_floor=0.0), *nothing)
        there = 0.0 if left is None else float(plan.served[row] - left[row])
        lost = None if left is None else float(plan.served.sum() - left.sum())
        found.append(Replacement(region, None, tuple(plan.units[row].tolist()), there, lost))
    return tuple(sorted(found, key=lambda each: (each.region is not None, each.lost is None, -(each.lost or 0.0))))


def _served(problem: Problem, *changes: Change) -> np.ndarray | None:
    try:
        return solve(apply(problem, Scenario("without", changes))).served
    except InfeasibleError:
        return None
