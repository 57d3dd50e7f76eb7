"""Demand as a table of regions, which is what gets allocated to."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Source, Table

SET_BY_HAND = "set_by_hand"
"""Column of a table of regions that says why somebody set a demand by hand; it is kept beside the plan."""


class Expected(Protocol):
    """What every demand says of its regions, whether it comes from patients or from counts over time."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the names, shape (n,)."""

    @property
    def mean(self) -> NDArray[np.float64]:
        """Return expected persons, shape (n,) [persons/period]."""

    @property
    def low(self) -> NDArray[np.float64]:
        """Return the lower end of the interval, shape (n,) [persons/period]."""

    @property
    def high(self) -> NDArray[np.float64]:
        """Return the upper end of the interval, shape (n,) [persons/period]."""

    @property
    def level(self) -> float:
        """Return the chance of the intervals [fraction]."""

    @property
    def population(self) -> NDArray[np.float64] | None:
        """Return the persons living in each region, shape (n,), or None [persons]."""

    @property
    def warnings(self) -> Sequence[Sentence]:
        """Return what was left out or assumed."""


def population_of(regions: Table | None) -> dict[str, float] | None:
    """Return the persons living in each region of a table; None without a table or such a column.

    A cell that is no number becomes not a number (NaN), which `regional_demand` refuses by the region's name.
    """
    if regions is None or regions.column("population") is None:
        return None
    names = regions.frame[regions.required("region")].astype(str)
    persons = pd.to_numeric(regions.frame[regions.required("population")], errors="coerce").astype(float)
    return dict(zip(names, persons, strict=True))


def to_region_table(demand: Expected, regions: Table | None = None) -> Table:
    """Return a table with one row a region: its demand, and what a table of regions adds to it.

    Parameters
    ----------
    demand : Expected
        Demand by region, such as a `Demand`.
    regions : Table, optional
        One row a region with the same names; its existing units, caps, values and so on are taken over, its own
        demand is not.

    Raises
    ------
    InputError
        If the names of the two do not match one to one; every name is listed, in both directions.
    """
    frame = pd.DataFrame(
        {"region": list(demand.regions), "demand": demand.mean, "demand_low": demand.low, "demand_high": demand.high}
    )
    roles = {"region": "region", "demand": "demand", "demand_low": "ignored", "demand_high": "ignored"}
    if demand.population is not None:
        frame["population"], roles["population"] = demand.population, "population"
    if regions is None:
        digest = hashlib.sha256("\n".join(demand.regions).encode() + demand.mean.tobytes()).hexdigest()
        return Table(frame, roles, Source("demand", digest), tuple(demand.warnings))
    added = _matched(demand, regions)
    replaced = {"region", "demand"} | ({"population"} if demand.population is not None else set())
    for name in regions.frame.columns:
        role = regions.roles.get(name, "ignored")
        # demand of one resource alone is a demand of the table's own as well
        if role not in replaced and not role.startswith("demand:"):
            # A column of another role may carry a name that is taken here already.
            free = name if name not in frame.columns else f"{name} (regions)"
            frame[free], roles[free] = added[name].to_numpy(), role
    return Table(frame, roles, regions.source, (*regions.notes, *demand.warnings))


def with_reasons(table: Table, reasons: Sequence[str]) -> Table:
    """Return a table of regions with a column that says why a demand was set by hand; as it is when none was.

    Parameters
    ----------
    table : Table
        One row a region.
    reasons : sequence of str
        Empty where nothing was set, shape (n_regions,).
    """
    if not any(reasons):
        return table
    frame = table.frame.assign(**{SET_BY_HAND: list(reasons)})
    return replace(table, frame=frame, roles={**table.roles, SET_BY_HAND: "ignored"})


def reasons_of(table: Table) -> dict[str, str]:
    """Return why the demand of regions was set by hand, by region; it is empty when none was."""
    region = table.column("region")
    if region is None or SET_BY_HAND not in table.frame.columns:
        return {}
    told = table.frame[table.frame[SET_BY_HAND].notna()]
    given = zip(told[region].astype(str), told[SET_BY_HAND].astype(str), strict=True)
    return {name: reason.strip() for name, reason in given if reason.strip()}


def _matched(demand: Expected, regions: Table) -> pd.DataFrame:
    """Return the rows of a table of regions in the order of the demand."""
    names = regions.frame[regions.required("region")].astype("str").str.strip()
    known, wanted = set(names.dropna()), set(demand.regions)
    faults = [
        sentence("Region “{region}” has demand but no row in the table of regions; add it there.", region=name)
        for name in sorted(wanted - known)
    ]
    faults += [
        sentence(
            "Region “{region}” is in the table of regions but has no demand; remove it or mend its name.", region=n
        )
        for n in sorted(known - wanted)
    ]
    faults += [
        sentence("Region “{region}” has more than one row in the table of regions; keep one.", region=name)
        for name in sorted(set(names[names.duplicated()].dropna()))
    ]
    faults += [
        sentence("Table of regions, row {row}: the name of the region is missing.", row=int(row) + 1)
        for row in np.flatnonzero(names.isna())
    ]
    if faults:
        raise InputError(*faults)
    order = pd.Index(names).get_indexer(pd.Index(demand.regions))
    return regions.frame.iloc[order]
