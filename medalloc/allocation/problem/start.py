"""Example resources to start from, so that a first plan can be seen before the real numbers are known."""

import math

import pandas as pd

from medalloc.allocation.problem.counted_whole import comes_whole
from medalloc.allocation.problem.statement import Resource
from medalloc.tables.table import Table

REQUIREMENT = {"beds": 0.01, "clinicians": 0.02, "physicians": 0.02, "doctors": 0.02, "nurses": 0.04}
"""Units one served person uses in a year, for illustration: a bed for under four days, a clinician for a week."""

UNIT_COST = {"beds": 100_000.0, "clinicians": 60_000.0, "physicians": 60_000.0, "doctors": 60_000.0, "nurses": 40_000.0}
"""Money for one unit and year, for illustration."""

SHARE = 0.5
"""Part of what full coverage still lacks that the example stock holds, so that there is something to decide."""


def example_resources(table: Table) -> tuple[Resource, ...]:
    r"""Return a resource for every kind of existing unit in a table of regions; beds when it has none.

    Where resources have persons of their own, there is one for each of those instead.

    Parameters
    ----------
    table : Table
        Regions with demand.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> beds, = example_resources(read_bytes(b"region,demand,beds\nNorth,3000,10\nSouth,1000,5\n", "regions.csv"))
    >>> beds.name, beds.stock, beds.requirement, beds.unit_cost
    ('beds', 12.0, 0.01, 100000.0)
    """
    kinds = [role.partition(":") for role in table.roles.values() if role.startswith(("existing:", "demand:"))]
    independent = any(kind == "demand" for kind, _, _ in kinds)
    # where every resource has persons of its own, units of one for which nobody is in need are no example
    named = [name for kind, _, name in kinds if kind == ("demand" if independent else "existing")]
    resources = []
    for resource in dict.fromkeys(named or ["beds"]):
        column = table.column(f"existing:{resource}")
        persons = table.required(f"demand:{resource}" if independent else "demand")
        demand = pd.to_numeric(table.frame[persons], errors="coerce")
        present = pd.to_numeric(table.frame[column], errors="coerce") if column else 0.0
        requirement, lacking = _something_lacks(REQUIREMENT.get(resource, 0.01), demand, present)
        whole, cost = comes_whole(resource), UNIT_COST.get(resource, 0.0)
        resources.append(Resource(resource, _round(SHARE * lacking, whole), requirement, cost, whole=whole))
    return tuple(resources)


def _something_lacks(requirement: float, demand: pd.Series, present: pd.Series | float) -> tuple[float, float]:
    """Return what a person uses and how many units are lacking; ten times as much, up to one each, where none is."""
    lacking = float((requirement * demand - present).clip(lower=0.0).sum())
    if lacking > 0 or requirement >= 1:
        return requirement, lacking
    return _something_lacks(min(1.0, 10 * requirement), demand, present)


def _round(units: float, whole: bool) -> float:
    """Return a stock with two figures that mean something, none of which is part of a whole unit."""
    if units <= 0:
        return 0.0
    places = 1 - math.floor(math.log10(units))
    return max(1.0, round(units, min(0, places) if whole else places))
