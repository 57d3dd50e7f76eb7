"""Resources that each have persons of their own: one region a resource, and back again."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem


def as_cells(problem: Problem) -> Problem:
    """Return the same problem with a region for every region and resource, if each has persons of its own.

    Whoever asks about it need not know that there are several kinds of persons. What a region's resources share beside
    the stocks and the budget, which is space, is left out. A problem without `demand_of` is returned as it is.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> resources = (Resource("beds", 20), Resource("masks", 5))
    >>> cells = as_cells(Problem(("North",), [30], resources, demand_of=[[10, 20]]))
    >>> cells.regions, cells.demand.tolist(), cells.requirement.tolist()
    (('North, beds', 'North, masks'), [10.0, 20.0], [[1.0, 0.0], [0.0, 1.0]])
    """
    if problem.demand_of is None:
        return problem
    n, kinds = problem.existing.shape
    own = np.tile(np.eye(kinds, dtype=np.bool_), (n, 1))

    def spread(array: Array, elsewhere: float) -> Array:
        return np.where(own, np.repeat(array, kinds, axis=0), elsewhere)

    names = problem.resource_names
    return problem.derived(
        regions=tuple(cell_name(region, name) for region in problem.regions for name in names),
        demand=problem.own_demand.ravel(),
        demand_of=None,
        existing=spread(problem.existing, 0.0),
        cap=spread(problem.cap, np.inf),
        value=np.repeat(problem.value, kinds),
        floor=np.repeat(problem.floor, kinds),
        population=None if problem.population is None else np.repeat(problem.population, kinds),
        region_requirement=spread(problem.requirement, 0.0),
        region_cost=np.repeat(problem.unit_cost, kinds, axis=0),
        space=np.full(n * kinds, np.inf),
        locked=spread(problem.locked, np.nan),
        staying=spread(problem.staying, 0.0),
    )


def cell_name(region: str, resource: str) -> str:
    """Return what a region is called where only one resource of it is meant."""
    return f"{region}, {resource}"


def of_regions(plan: Plan, problem: Problem) -> Plan:
    """Return the plan for cells as one for the regions of the problem that was asked."""
    n, kinds = problem.existing.shape
    served = plan.served.reshape(n, kinds)
    units = plan.units.reshape(n, kinds, kinds).sum(axis=1)
    return replace(plan, problem=problem, served=served.sum(axis=1), served_of=served, units=units)


def in_cells(plan: Plan) -> Plan:
    """Return the plan for regions as one for cells (see `as_cells`), if each resource has persons of its own."""
    problem, cells = plan.problem, as_cells(plan.problem)
    if problem.demand_of is None or plan.served_of is None:
        return plan
    kinds = len(problem.resources)
    own = np.tile(np.eye(kinds), (len(problem.regions), 1))
    return replace(
        plan, problem=cells, served=plan.served_of.ravel(), units=own * np.repeat(plan.units, kinds, axis=0), moved=None
    )
