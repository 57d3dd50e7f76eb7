"""Numbers of regions that somebody changed by hand, on top of those of a table."""

from collections.abc import Mapping, Sequence

import numpy as np

from medalloc.allocation.problem.numbers import held, with_held
from medalloc.allocation.problem.statement import Array, Problem
from medalloc.quantities import CELLS, REGIONS, quantity_of

Overrides = Mapping[str, Mapping[str, float | None]]
"""By region, then by role as in a table of regions (``demand``, ``cap:beds``): the number that holds instead of the
table's. None takes a limit, a lock or what a region has of its own away."""


def region_columns(problem: Problem) -> dict[str, Array]:
    """Return a copy of every number of the regions that may be changed, by role, each of shape (n_regions,).

    Where every resource has persons of its own these are ``demand:NAME`` instead of ``demand``.
    """
    regions = {each.name: column for each in REGIONS if (column := held(problem, each)) is not None}
    cells = [(each.name, array) for each in CELLS if (array := held(problem, each)) is not None]
    if problem.demand_of is not None:
        del regions["demand"]
    of_resources = {
        f"{kind}:{name}": array[:, place] for place, name in enumerate(problem.resource_names) for kind, array in cells
    }
    return regions | of_resources


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
    given = {each: columns[each.name] for each in REGIONS if each.name in columns}
    for each in CELLS:
        if f"{each.name}:{names[0]}" in columns:
            given[each] = np.column_stack([columns[f"{each.name}:{name}"] for name in names])
    return with_held(problem, given)


def set_numbers(columns: Mapping[str, Array], regions: Sequence[str], overrides: Overrides) -> None:
    """Write the changed numbers into columns of the regions."""
    rows = {region: row for row, region in enumerate(regions)}
    for region, numbers in overrides.items():
        for role, number in numbers.items():
            if region in rows and role in columns and (number is not None or quantity_of(role).may_be_nothing):
                columns[role][rows[region]] = quantity_of(role).number(number)


def with_numbers(overrides: Overrides, more: Overrides) -> dict[str, dict[str, float | None]]:
    """Return overrides with more of them on top."""
    regions = dict.fromkeys((*overrides, *more))
    return {region: {**overrides.get(region, {}), **more.get(region, {})} for region in regions}
