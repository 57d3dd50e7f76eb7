"""What there is to place, and what a plan must keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medalloc.allocation.policy import MOST_SERVED


@dataclass(frozen=True)
class Limits:
    """What there is to place, within which limits, and what "best" means."""

    resources: tuple[Mapping[str, Any], ...] | None = None
    """Rows of the resource table; None for the suggested ones."""

    fractions: bool = False
    """Whether parts of units may be placed of everything, also of what comes whole."""

    requirement_sources: tuple[tuple[str, float, str], ...] = ()
    """Requirements that somebody has confirmed, as (resource, requirement, source); another number is not. [units]"""

    region_changes: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    """Numbers that hold instead of the region table's, by region and role; None takes a limit away."""

    budget: float | None = None
    """Money for placed units; None when it is no limit. [money]"""

    floor: float = 0.0
    """Coverage that every region must reach. [fraction]"""

    time_limit: float | None = None
    """Seconds after which the best plan so far counts; None limits the work instead, so that a plan repeats. [s]"""

    policy: str = MOST_SERVED
    """What "best" means; an alpha-fair one goes with the number below."""

    alpha: float = 2.0
    """How much more the worst-off count, when the policy is alpha-fair. [1]"""

    target_wait: float = 4.0
    """Longest acceptable wait. [hours]"""

    service_level: int = 95
    """Share of arrivals that wait no longer than that. [percent]"""

    equity_by: str | None = None
    """Column of the table of regions by which coverage is compared; None for none."""
