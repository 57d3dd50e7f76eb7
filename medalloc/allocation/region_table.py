"""From a table with one row a region to a problem: which column is what, and what is wrong in which row."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from medalloc.allocation.checks import listed
from medalloc.allocation.policy import MOST_SERVED, Policy
from medalloc.allocation.problem import Array, Problem, Resource
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

PER_REGION = ("demand", "population", "value", "floor")
PER_CELL = ("existing", "cap")


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
        ``value``, ``floor`` [fraction], ``existing:NAME`` and ``cap:NAME`` [units of the resource NAME].
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
        With every fault of the table and the limits at once. An empty cell is never taken for a number.
    """
    resources = tuple(resources)
    faults = _role_faults(table, resources) + _limit_faults(table, resources, budget, floor, policy)
    names = _region_names(table, faults)
    columns = {role: _numbers(table, name, role, faults) for role, name in _columns(table, resources).items()}
    if faults:
        raise InputError(*faults)
    return Problem(
        regions=names,
        demand=columns["demand"],
        resources=resources,
        existing=_cells(columns, "existing", resources, len(names), 0.0),
        cap=_cells(columns, "cap", resources, len(names), np.inf),
        value=columns.get("value", np.ones(len(names))),
        floor=columns.get("floor", np.zeros(len(names))),
        common_floor=floor,
        budget=budget,
        population=columns.get("population"),
        policy=policy,
    )


def for_resources(table: Table, names: Iterable[str]) -> Table:
    """Return the table with the units of every resource that is not named left out of account."""
    named = set(names)
    return table.with_roles(
        {
            column: "ignored"
            for column, role in table.roles.items()
            if ":" in role and role.partition(":")[2] not in named
        }
    )


def _columns(table: Table, resources: tuple[Resource, ...]) -> dict[str, str]:
    """Return the column of every role that holds numbers of regions."""
    cells = [f"{kind}:{resource.name}" for kind in PER_CELL for resource in resources]
    found = {role: table.column(role) for role in (*PER_REGION, *cells)}
    return {role: name for role, name in found.items() if name is not None}


def _role_faults(table: Table, resources: tuple[Resource, ...]) -> list[Sentence]:
    """Return what is wrong with what the columns are for."""
    faults = []
    for role in ("region", "demand"):
        if table.column(role) is None:
            faults.append(
                sentence(
                    "No column has the role “{role}”, which a plan needs; give it to one of: {columns}.",
                    role=role,
                    columns=", ".join(map(str, table.frame.columns)),
                )
            )
    for role in dict.fromkeys(table.roles.values()):
        kind, _, resource = role.partition(":")
        if kind not in PER_CELL:
            continue
        if resource not in [known.name for known in resources]:
            faults.append(
                sentence(
                    "Column “{column}” has the role “{role}”, but the resources to place are: {resources}."
                    " Name one of them, or mark the column as ignored.",
                    column=listed(table.columns(role)),
                    role=role,
                    resources=", ".join(known.name for known in resources) or "–",
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


def _region_names(table: Table, faults: list[Sentence]) -> tuple[str, ...]:
    """Return the names of the regions as text; what is wrong with them is added to the faults."""
    name = table.column("region")
    if name is None:
        return ()
    names = table.frame[name].map(_as_text)
    if not len(names):
        faults.append(sentence("The table has no row; a plan needs at least one region."))
    if (names == "").any():
        faults.append(
            sentence(
                "Column “{column}”: no region is named in these rows (the header is not counted): {rows}.",
                column=name,
                rows=_rows(names == ""),
            )
        )
    for twice in names[names.duplicated() & (names != "")].unique():
        faults.append(
            sentence(
                "Region “{region}” is in these rows (the header is not counted): {rows}; keep one row a region.",
                region=twice,
                rows=_rows(names == twice),
            )
        )
    return tuple(names)


def _as_text(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _numbers(table: Table, name: str, role: str, faults: list[Sentence]) -> Array:
    """Return a column as numbers; cells that are none, or impossible ones, are added to the faults."""
    column = table.frame[name]
    numbers = pd.to_numeric(column, errors="coerce").astype(np.float64)
    empty, text = column.isna(), numbers.isna() & column.notna()
    impossible = numbers.notna() & ~(np.isfinite(numbers) & (numbers >= 0))
    percent = (numbers > 1) & np.isfinite(numbers) if role == "floor" else pd.Series(False, index=column.index)
    for wrong, found in (
        (empty, sentence("empty cells; fill in a number, 0 if there is none")),
        (text, sentence("cells that are no number: {cells}; write them as numbers", cells=listed(column[text]))),
        (
            impossible,
            sentence("impossible numbers: {cells}; give finite ones of at least 0", cells=listed(column[impossible])),
        ),
        (
            percent,
            sentence(
                "floors above 1: {cells}; a floor is a fraction, 0.3 means 30 %",
                cells=listed(column[percent]),
            ),
        ),
    ):
        if wrong.any():
            faults.append(
                sentence(
                    "Column “{column}” ({role}), in these rows (the header is not counted): {rows}: {found}.",
                    column=name,
                    role=role,
                    rows=_rows(wrong),
                    found=found,
                )
            )
    return np.asarray(numbers, dtype=np.float64)


def _rows(wrong: "pd.Series[bool]") -> str:
    return listed((place + 1 for place in np.flatnonzero(wrong.to_numpy())), at_most=10)


def _cells(columns: dict[str, Array], kind: str, resources: tuple[Resource, ...], count: int, default: float) -> Array:
    missing = np.full(count, default)
    return np.column_stack([columns.get(f"{kind}:{resource.name}", missing) for resource in resources])
