"""What is asked of a plan when something else comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class WhatIf:
    """What is tried: another world, an epidemic, many futures."""

    demand_change: int = 0
    """Change of demand. [percent]"""

    stock_change: int = 0
    """Change of every stock. [percent]"""

    budget_change: int = 0
    """Change of the budget. [percent]"""

    floor_change: int = 0
    """Change of the floor. [percentage points]"""

    changes: tuple[Mapping[str, Any], ...] = ()
    """Further changes, each as a scenario writes it."""

    scenarios: tuple[Mapping[str, Any], ...] = ()
    """Scenarios that were kept by name, each a list of changes to the base."""

    promises: tuple[str, ...] = ()
    """What the plan must keep, such as ``coverage of Kono >= 60%``."""

    grid_down: str = ""
    """Number that changes from row to row where two change at once, as a change names it: ``stock:beds``."""

    grid_across: str = ""
    """Number that changes from column to column."""

    grid_aim: Literal["coverage", "fair", "efficient", "little_waste", "short_waits", "quality"] = "coverage"
    """What is looked at there."""

    grid_step: int = 10
    """From one plan to the next there. [percent]"""

    epidemic_on: bool = False
    """Whether an epidemic comes on top of demand."""

    epidemic_population: float | None = None
    """Who lives where it spreads; None for everybody in the regions. [persons]"""

    epidemic_today: float = 20.0
    """Who is in hospital because of it today. [persons]"""

    epidemic_doubling: float = 4.0
    """Time in which the infected double while contacts are as usual. [days]"""

    epidemic_reduction: int = 30
    """Contacts that no longer take place. [percent]"""

    epidemic_rate: float = 2.5
    """Infected who are admitted. [percent]"""

    epidemic_stay: int = 7
    """Length of stay in hospital. [days]"""

    epidemic_days: int = 100
    """How far ahead is looked. [days]"""

    epidemic_base: float | None = None
    """Who is in hospital on an ordinary day; None while nobody has said so. [persons]"""

    epidemic_by: Literal["peak", "mean"] = "peak"
    """Whether demand grows as on the worst day, or as on average."""

    futures_from: Literal["demand", "forecast", "spread", "file"] = "demand"
    """Where sampled futures come from: the demand's own uncertainty, the forecast's, as stated below, or a file."""

    futures_cv: int = 30
    """Standard deviation over mean of every region's demand. [percent]"""

    futures_common: int = 50
    """How far all regions move together. [percent]"""

    futures_count: int = 200
    """Number of futures. [count]"""

    futures_seed: int = 1
    """Seed of the futures."""

    futures_file: str | None = None
    """File with sampled futures."""

    futures_name: str = ""
    """What that file is called."""
