"""Who is first among patients who wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Priority:
    """Who is first among patients who wait."""

    priority_rule: Mapping[str, Any] | None = None
    """Rule as JSON; None for the suggested one."""

    other_rule: Mapping[str, Any] | None = None
    """Rule that it is held against, as JSON; None for a lottery among all."""

    units_given: int | None = None
    """Units to give; None for those of the first resource that is placed, or for a tenth of those who wait. [units]"""

    overrides: tuple[Mapping[str, Any], ...] = ()
    """What people decided otherwise: ``patient``, ``decision`` and ``reason`` of each."""

    facilities_file: str | None = None
    """Sample or file with the facilities that patients can go to; None where nobody goes anywhere."""

    facilities_name: str = ""
    """What that file is called."""

    longest_way: float | None = None
    """Longest way that is asked of a patient, in the unit of the ways; None for no limit."""

    fairness_group: str = ""
    """Column of groups that are compared; empty for a first guess."""

    need_label: str = ""
    """Column that says how much each needs it; empty for a first guess."""

    cost_label: str = ""
    """Column that says what each used or cost; empty for a first guess."""
