"""What a plan is worth: who is served by a column of the regions, how fair it is, and the five aims."""

import pandas as pd

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.scorecard import Aim, Score, aims, scorecard
from medalloc.allocation.scorecard.equity import Equity, can_be_compared, equity, is_ordered
from medalloc.allocation.scorecard.region_groups import Groups
from medalloc.allocation.scorecard.region_groups import region_groups as groups_by
from medalloc.demand.region_table import SET_BY_HAND
from medalloc.tables.table import Table

OF_DEMAND = ("demand_low", "demand_high", SET_BY_HAND)
"""Columns that come with the demand itself."""


def equity_columns(region_table: Table) -> tuple[str, ...]:
    """Return the columns of the table of regions by which coverage can be compared."""
    free = [name for name, role in region_table.roles.items() if role in ("feature", "group", "ignored")]
    return tuple(name for name in free if name not in OF_DEMAND and can_be_compared(region_table.frame[name]))


def region_groups(problem: Problem, region_table: Table) -> Groups:
    """Return the groups of regions that changes and promises can name, by those columns."""
    names = region_table.frame[region_table.required("region")].astype(str).str.strip()
    cells = region_table.frame[list(equity_columns(region_table))].set_axis(names)
    persons = problem.demand if problem.population is None else problem.population
    return groups_by(cells.reindex(list(problem.regions)), persons)


def equity_cells(region_table: Table, equity_by: str | None, equity_columns: tuple[str, ...]) -> pd.DataFrame | None:
    """Return the column by which coverage is compared, its rows by region; None for none."""
    if equity_by is None or equity_by not in equity_columns:
        return None
    names = region_table.frame[region_table.required("region")].astype(str).str.strip()
    return region_table.frame[[equity_by]].set_axis(names)


def plan_equity(plan: Plan, equity_cells: pd.DataFrame | None) -> Equity | None:
    """Return who is served by the column that was chosen; None without one."""
    if equity_cells is None:
        return None
    return equity(plan, str(equity_cells.columns[0]), equity_cells.iloc[:, 0].reindex(list(plan.problem.regions)))


def plan_scores(plan: Plan, equity_cells: pd.DataFrame | None) -> tuple[Score, ...]:
    """Return every measure of fairness of a plan, those by a column that was chosen included."""
    if equity_cells is None:
        return scorecard(plan)
    cells = equity_cells.iloc[:, 0].reindex(list(plan.problem.regions))
    if cells.isna().any():
        return scorecard(plan)
    if is_ordered(cells):
        return scorecard(plan, rank=pd.to_numeric(cells).to_numpy(float))
    return scorecard(plan, groups=cells.astype(str).tolist())


def plan_aims(plan: Plan, demand_unit: str | None) -> tuple[Aim, ...]:
    """Return how far a plan is fair, efficient, without waste, quick and of quality."""
    return aims(plan, demand_unit)
