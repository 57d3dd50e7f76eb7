"""Whether a table is one of counts over time, before anything in it is judged."""

from medalloc.demand.forecasting.layout import Columns, as_long
from medalloc.errors import InputError
from medalloc.tables.table import Table

ONCE = 0.5
"""Share of rows with a region and date of their own from which a table may be one of counts. [fraction]"""


def is_counts(table: Table) -> bool:
    """Whether a row, or a cell of a wide table, is the count of one region in one period.

    Parameters
    ----------
    table : Table
        Any table; faults in single cells do not matter here.

    Notes
    -----
    A table of patients has a need, or several rows of the same region and day; one of regions has one date at most.
    """
    if table.column("need") is not None or table.column("patient id") is not None:
        return False
    try:
        long = as_long(table, Columns())
    except InputError:
        return False
    dates = long.date.astype("str")
    if dates.nunique() < 2 or len(dates) <= long.region.nunique():
        return False
    own = ~(long.region.astype("str") + "\n" + dates).duplicated()
    return bool(own.mean() >= ONCE)
