"""What repairs mended of a table, and what is left to be found after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from medalloc.errors import InputError
from medalloc.tables.checks.finding import Finding
from medalloc.tables.quality import findings
from medalloc.tables.repairs import Repair, repaired
from medalloc.tables.table import Table


@dataclass(frozen=True)
class Found:
    """Findings as a saved form."""

    version: ClassVar[int] = 1

    findings: tuple[Finding, ...]
    """All of a table."""


def mended_and_left(table: Table, repairs: Sequence[Repair]) -> tuple[Finding, ...]:
    """Return each finding that one of the repairs mended, as it was without that repair, and all that are left.

    Parameters
    ----------
    table : Table
        As it was read.
    repairs : sequence of Repair
        Applied together. One may only be called for by another: when North and NORTH are written alike, a region
        stands twice.
    """
    first = findings(table)
    if not repairs:
        return first
    try:
        left = findings(repaired(table, repairs))
    except InputError:
        # they contradict the table or each other, which is told where the table is used
        return first
    before = {_name(each): each for each in first}
    for repair in repairs:
        if (repair.kind, repair.column) not in before:
            others = [each for each in repairs if each != repair]
            before |= {_name(each): each for each in findings(repaired(table, others)) if _name(each) not in before}
    accepted = {(each.kind, each.column) for each in repairs}
    mended = [each for name, each in before.items() if name in accepted]
    return (*mended, *(each for each in left if _name(each) not in accepted))


def _name(finding: Finding) -> tuple[str, str | None]:
    return finding.kind, finding.column
