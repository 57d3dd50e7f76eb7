"""Numbers of regions that somebody changed by hand, on top of those of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from medalloc.allocation.problem.statement import Array, Problem
from medalloc.tables.quantities import PER_CELL, PER_REGION

Overrides = Mapping[str, Mapping[str, float | None]]
"""By region, then by role as in a table of regions (``demand``, ``cap:beds``): the number that holds instead of the
table's. None takes a cap, a space or a lock away."""

NONE = {"cap": np.inf, "space": np.inf, "locked": np.nan}
"""What stands for no limit, by kind."""


def region_columns(problem: Problem) -> dict[str, Array]:
    """Return a copy of every number of the regions that may be changed, by role, each of shape (n_regions,).

    Where every resource has persons of its own these are ``demand:NAME`` instead of ``demand``.
    """
    names = problem.resource_names
    columns = {"demand": problem.demand}
    if problem.demand_of is not None:
        columns = {f"demand:{name}": problem.demand_of[:, place] for place, name in enumerate(names)}
    if problem.population is not None:
        columns["population"] = problem.population
    columns |= {"floor": problem.floor, "value": problem.value, "space": problem.space}
    for place, name in enumerate(names):
        columns |= {f"{kind}:{name}": getattr(problem, kind)[:, place] for kind in PER_CELL}
    return {role: column.copy() for role, column in columns.items()}


def overridden(problem: Problem, overrides: Overrides) -> Problem:
    """Return the problem with the numbers that were changed; regions and roles it does not have are left out.

    Raises
    ------
    InputError
        If a number is impossible.

    Examples
    --------
    >>> from medalloc.allocation.problem.statement import Resource
    >>> problem = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    >>> changed = overridden(problem, {"South": {"demand": 12.0, "cap:beds": 4.0}})
    >>> changed.demand.tolist(), changed.cap.tolist()
    ([30.0, 12.0], [[inf], [4.0]])
    """
    if not overrides:
        return problem
    columns, names = region_columns(problem), problem.resource_names
    set_numbers(columns, problem.regions, overrides)
    given: dict[str, Any] = {kind: np.column_stack([columns[f"{kind}:{name}"] for name in names]) for kind in PER_CELL}
    given |= {role: columns[role] for role in PER_REGION if role in columns}
    if problem.demand_of is not None:
        given["demand_of"] = np.column_stack([columns[f"demand:{name}"] for name in names])
        given["demand"] = given["demand_of"].sum(axis=1)
    return replace(problem, **given)


def set_numbers(columns: Mapping[str, Array], regions: Sequence[str], overrides: Overrides) -> None:
    """Write the changed numbers into columns of the regions."""
    rows = {region: row for row, region in enumerate(regions)}
    for region, numbers in overrides.items():
        for role, number in numbers.items():
            none = NONE.get(role.partition(":")[0])
            if region in rows and role in columns and (number is not None or none is not None):
                columns[role][rows[region]] = none if number is None else number


def with_numbers(overrides: Overrides, more: Overrides) -> dict[str, dict[str, float | None]]:
    """Return overrides with more of them on top."""
    regions = dict.fromkeys((*overrides, *more))
    return {region: {**overrides.get(region, {}), **more.get(region, {})} for region in regions}
