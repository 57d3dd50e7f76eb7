"""Whether a table is one of counts over time, before anything in it is judged."""

import pandas as pd

from medalloc.demand.forecasting.calendar import inferred
from medalloc.demand.forecasting.layout import Columns, Long, as_long
from medalloc.errors import InputError
from medalloc.tables.periods import read_dates
from medalloc.tables.table import Table

ONCE = 0.5
"""Share of rows with a region and date of their own from which a table may be one of counts. [fraction]"""

MOSTLY = 0.9
"""The same where every region has a column, and all of them share the date of a row. [fraction]"""


def is_counts(table: Table) -> bool:
    """Whether a row, or a cell of a wide table, is the count of one region in one period.

    Parameters
    ----------
    table : Table
        Any table; faults in single cells do not matter here.

    Notes
    -----
    A table of patients has a need, or several rows of the same region and day, or visits on any days; one of regions
    has one date at most.
    """
    if table.column("need") is not None or table.column("patient id") is not None:
        return False
    try:
        long = as_long(table, Columns())
    except InputError:
        return False
    dates = long.date.astype("str")
    if long.form == "column a region" and not _is_regular(table, long):
        return False
    if dates.nunique() < 2 or len(dates) <= long.region.nunique():
        return False
    own = ~(long.region.astype("str") + "\n" + dates).duplicated()
    return bool(own.mean() >= ONCE)


def _is_regular(table: Table, long: Long) -> bool:
    """Whether the dates of a table with a column a region are days, weeks or months, hardly any of them twice."""
    dates = pd.DatetimeIndex(read_dates(long.date.head(len(table.frame)).tolist())).dropna()
    distinct = dates.unique().sort_values()
    return len(distinct) >= max(2, MOSTLY * len(dates)) and inferred(distinct) is not None
