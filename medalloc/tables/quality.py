"""What is wrong with a table: findings, each with a count and a repair."""

from collections.abc import Callable, Iterator

from medalloc.tables.checks import cells, columns, need, rows
from medalloc.tables.checks.drift import drift
from medalloc.tables.checks.finding import Finding
from medalloc.tables.shapes.long import wide
from medalloc.tables.shapes.turning import lying
from medalloc.tables.table import Table

CHECKS: tuple[Callable[[Table], Iterator[Finding]], ...] = (
    need.target,
    need.leakage,
    need.known_late,
    rows.without_demand,
    cells.impossible,
    rows.spellings,
    wide,
    lying,
    rows.duplicates,
    cells.text_numbers,
    cells.far_out,
    columns.personal,
    columns.constant,
    columns.alike,
    rows.small_groups,
    columns.missing,
    columns.missing_together,
    drift,
)
"""The most serious first."""


def findings(table: Table) -> tuple[Finding, ...]:
    """Return every finding about a table, the most serious kinds first.

    Parameters
    ----------
    table : Table
        Any table; checks that need a role the table lacks find nothing.
    """
    return tuple(found for check in CHECKS for found in check(table))
