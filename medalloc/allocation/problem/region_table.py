"""From a table with one row a region to a problem: which column is what, and what is wrong in which row."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set

import numpy as np

from medalloc.allocation.policy import MOST_SERVED, Policy
from medalloc.allocation.problem.region_cells import region_names, region_numbers
from medalloc.allocation.problem.statement import Array, Problem, Resource
from medalloc.errors import InputError
from medalloc.quantities import CELLS, PER_REGION, PER_RESOURCE, REGIONS, Quantity
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.role_words import resource_called
from medalloc.tables.table import Table


def problem_from_table(
    table: Table,
    resources: Sequence[Resource],
    *,
    budget: float | None = None,
    floor: float = 0.0,
    policy: Policy = MOST_SERVED,
) -> Problem:
    """Return the problem that a table of regions and these limits pose.

    Parameters
    ----------
    table : Table
        One row a region, with columns in the roles ``region`` and ``demand``, and if there are any ``population``,
        ``value``, ``floor`` [fraction], ``space`` [space], and for the resource NAME ``existing:NAME``, ``cap:NAME``,
        ``locked:NAME`` [units], ``requirement:NAME`` [units/person], ``cost:NAME`` [money/unit].
        Where every resource has persons of its own, every one has a column ``demand:NAME`` [persons/period];
        ``demand`` is their sum then, and may be left out.
    resources : sequence of Resource
        What is placed.
    budget : float, optional
        Most that the placed units may cost. [money]
    floor : float
        Smallest coverage of every region. [fraction]
    policy : str
        What "best" means.

    Raises
    ------
    InputError
        With every fault of the table and the limits at once. An empty cell is never taken for a number: of a cap, a
        lock or space it says that there is none, of a requirement or cost that it is the usual one, and anywhere else
        it is a fault.
    """
    resources = tuple(resources)
    faults = _role_faults(table, resources) + _limit_faults(table, resources, budget, floor, policy)
    names = region_names(table, faults)
    columns = {role: region_numbers(table, name, role, faults) for role, name in _columns(table, resources).items()}
    if faults:
        raise InputError(*faults)

    count, roles = len(names), [f":{each.name}" for each in resources]
    given = {each.field: _numbers(columns, [each.name], count, each)[:, 0] for each in REGIONS if each.name in columns}
    of_cells = [each for each in CELLS if any(each.name + role in columns for role in roles)]
    given |= {each.field: _numbers(columns, [each.name + role for role in roles], count, each) for each in of_cells}
    if "demand" not in given:
        given["demand"] = given["demand_of"].sum(axis=1)
    return Problem(regions=names, resources=resources, common_floor=floor, budget=budget, policy=policy, **given)


def for_resources(table: Table, names: Iterable[str]) -> Table:
    """Return the table with the units of every resource that is not named left out of account.

    A demand that is the sum of more resources than are left is left out with them.
    """
    named = set(names)
    table = spelt_alike(table, named)
    of = {column: role.partition(":") for column, role in table.roles.items() if ":" in role}
    back = [column for column, (_, _, resource) in of.items() if resource not in named]
    demands = [column for column, (kind, _, _) in of.items() if kind == "demand"]
    if set(demands) & set(back) and set(demands) - set(back):
        back += table.columns("demand")
    return table.with_roles(dict.fromkeys(back, "ignored"))


def spelt_alike(table: Table, names: Set[str]) -> Table:
    """Return the table with its resources spelt as those that are placed: Beds, bed, lits and beds are the same."""
    known = {bare(name): name for name in names}
    roles = {}
    for column, role in table.roles.items():
        kind, colon, resource = role.partition(":")
        alike = f"{kind}:{known.get(bare(resource), resource)}"
        if colon and resource not in names and alike not in table.roles.values():
            roles[column] = alike
    return table.with_roles(roles)


def bare(name: str) -> str:
    """Return the name of a resource by which it is known again, in whatever language and number."""
    name = resource_called(name) or name
    return re.sub(r"[\W_]+", "", name.casefold()).removesuffix("s")


def _columns(table: Table, resources: tuple[Resource, ...]) -> dict[str, str]:
    """Return the column of every role that holds numbers of regions."""
    cells = [f"{kind}:{resource.name}" for kind in PER_RESOURCE for resource in resources]
    found = {role: table.column(role) for role in (*PER_REGION, *cells)}
    return {role: name for role, name in found.items() if name is not None}


def _role_faults(table: Table, resources: tuple[Resource, ...]) -> list[Sentence]:
    """Return what is wrong with what the columns are for."""
    roles = dict.fromkeys(table.roles.values())
    demands = [role for role in roles if role.startswith("demand:")]
    faults = []
    for role in ("region", "demand"):
        if role not in roles and not (role == "demand" and demands):
            faults.append(
                sentence(
                    "No column has the role “{role}”, which a plan needs; give it to one of: {columns}.",
                    role=role,
                    columns=", ".join(map(str, table.frame.columns)),
                )
            )
    without = [each.name for each in resources if f"demand:{each.name}" not in demands]
    if demands and without:
        faults.append(
            sentence(
                "Some resources have people of their own ({demands}), but these have none: {names}; give "
                "each of them a column in the role “demand:NAME”, or none at all.",
                demands=", ".join(demands),
                names=", ".join(without),
            )
        )
    for role in roles:
        faults += _resource_role_faults(table, role, [known.name for known in resources])
    return faults


def _resource_role_faults(table: Table, role: str, names: Sequence[str]) -> list[Sentence]:
    """Return what is wrong with the columns of a role that is given for one resource."""
    kind, colon, resource = role.partition(":")
    if not colon or kind not in PER_RESOURCE:
        return []
    faults = []
    if resource not in names:
        faults.append(
            sentence(
                "Column “{column}” has the role “{role}”, but the resources to place are: {resources}."
                " Name one of them, or mark the column as ignored.",
                column=listed(table.columns(role)),
                role=role,
                resources=", ".join(names) or "–",
            )
        )
    if len(table.columns(role)) > 1:
        faults.append(
            sentence(
                "Only one column can be “{role}”, but these are: {columns}; keep one.",
                role=role,
                columns=", ".join(table.columns(role)),
            )
        )
    return faults


def _limit_faults(
    table: Table, resources: tuple[Resource, ...], budget: float | None, floor: float, policy: Policy
) -> list[Sentence]:
    """Return what is wrong with everything that is not in the table, by posing it for one region without demand."""
    population = None if table.column("population") is None else np.ones(1)
    try:
        Problem(
            ("region",), np.zeros(1), resources, common_floor=floor, budget=budget, population=population, policy=policy
        )
    except InputError as error:
        return list(error.faults)
    return []


def _numbers(columns: Mapping[str, Array], roles: Sequence[str], count: int, quantity: Quantity) -> Array:
    """Return the columns of these roles side by side, what is usual where there is no column or an empty cell."""
    cells = np.column_stack([columns.get(role, np.full(count, np.nan)) for role in roles])
    return cells if quantity.usual is None else np.where(np.isnan(cells), quantity.usual, cells)
