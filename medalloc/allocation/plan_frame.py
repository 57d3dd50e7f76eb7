"""The plan as a table."""

import pandas as pd

from medalloc.allocation.plan import Plan


def plan_frame(plan: Plan) -> pd.DataFrame:
    """Return the plan as the table that is shown and downloaded, one row a region, in the problem's order.

    Columns are region, population (if given), demand, served, unmet, coverage [fraction], and for every resource
    ``existing NAME`` and ``placed NAME`` [units]; where it may be moved ``moved NAME`` (below 0 where units went away),
    where it may stand in for another ``standing in NAME`` [units], and where it has persons of its own ``demand NAME``,
    ``served NAME`` [persons/period] and ``coverage NAME`` [fraction].
    """
    problem = plan.problem
    columns: dict[str, object] = {"region": list(problem.regions)}
    if problem.population is not None:
        columns["population"] = problem.population
    columns |= {
        "demand": problem.demand,
        "served": plan.served,
        "unmet": plan.unmet,
        "coverage": plan.coverage,
    }
    for place, resource in enumerate(problem.resources):
        name = resource.name
        columns[f"existing {name}"] = problem.existing[:, place]
        columns[f"placed {name}"] = plan.units[:, place]
        if plan.moved is not None and resource.is_moved:
            columns[f"moved {name}"] = plan.moved[:, place]
        if plan.standing_in is not None and resource.stands_in_for:
            columns[f"standing in {name}"] = plan.standing_in[:, place]
        if problem.demand_of is not None and plan.served_of is not None and plan.coverage_of is not None:
            columns[f"demand {name}"] = problem.demand_of[:, place]
            columns[f"served {name}"] = plan.served_of[:, place]
            columns[f"coverage {name}"] = plan.coverage_of[:, place]
    return pd.DataFrame(columns)
