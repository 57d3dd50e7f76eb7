"""One measure of how fair a plan is, and the persons it counts."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array
from medalloc.sentences import Sentence

ROUNDING = 1e-9
"""Coverage by which a region may miss none, all or its floor and still be at it. [fraction]"""


@dataclass(frozen=True)
class Score:
    """One measure of how fair a plan is."""

    key: str
    """What a program calls it, such as ``gini`` or ``coverage:East``."""

    name: Sentence
    """What a reader calls it."""

    value: float
    """What it is for this plan; infinite only for a Palma ratio over nothing. In its unit."""

    best: float
    """What it would be at best, in the same unit."""

    meaning: Sentence
    """What this value means, in plain words."""

    level: float
    """Served over demand of all regions; beside the value, as nobody served is perfectly equal. [fraction]"""

    unit: Literal["fraction", "1"]
    """``fraction`` reads as a percentage; ``1`` is a plain number."""


def people(plan: Plan) -> Array:
    """Return whom the measures count in every region: inhabitants if they are known, else persons in need [persons]."""
    population = plan.problem.population
    return plan.problem.demand if population is None else population


def coverage(plan: Plan) -> Array:
    """Return the coverage of every region, exactly 0 or 1 where only rounding is between, shape (n_regions,)."""
    # an Atkinson index tells apart nothing and next to nothing
    nearly = np.where(plan.coverage < ROUNDING, 0.0, plan.coverage)
    return np.where(nearly > 1.0 - ROUNDING, 1.0, nearly)


def percent(fraction: float) -> float:
    """Return a fraction as a percentage without the digits nobody can use; 100 only where it is all.

    Examples
    --------
    >>> percent(0.12345), percent(1e-17), percent(0.9999)
    (12.3, 0.0, 99.9)
    """
    return min(round(100.0 * fraction, 1), 99.9) if fraction < 1.0 - ROUNDING else round(100.0 * fraction, 1)
