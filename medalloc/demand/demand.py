"""The demand of regions: what is expected, and how uncertain that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.pooling import RegionEffects
from medalloc.sentences import Sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Demand:
    """Expected persons in need, by region, and how uncertain that is.

    A region's demand is distributed as ``unit`` times a binomial number of ``trials`` persons with chance ``chance``.
    """

    regions: tuple[str, ...]
    """Names in alphabetical order, shape (n,)."""

    mean: Floats
    """Expected persons in need, shape (n,). [persons/period]"""

    low: Floats
    """Lower end of the interval, shape (n,). [persons/period]"""

    high: Floats
    """Upper end of the interval, shape (n,). [persons/period]"""

    level: float
    """Chance that demand lies within the interval, if the probabilities are right. [fraction]"""

    patients: NDArray[np.int64] | Floats
    """Rows the demand was summed over, NaN where that is not told, shape (n,). [count]"""

    weight_sum: Floats
    """Persons those rows stand for, shape (n,). [persons]"""

    predicted: Floats
    """Sum of probabilities, not knowing the region, over the rows whose need is known, shape (n,). [persons]"""

    predicted_variance: Floats
    """Variance of the persons in need among those rows, shape (n,). [persons²]"""

    observed: Floats
    """Persons of the table in need; NaN where no row's need is known, shape (n,). [persons]"""

    scale: Floats
    """Persons of the region for each person of the table; 1 when its population is not known, NaN when nobody came,
    shape (n,)."""

    population: Floats | None
    """Persons living in each region, shape (n,), or None. [persons]"""

    trials: NDArray[np.int64]
    """Persons drawn, shape (n,). [count]"""

    chance: Floats
    """Chance of each to be in need, shape (n,). [fraction]"""

    unit: Floats
    """Persons each of them stands for, shape (n,). [persons]"""

    warnings: tuple[Sentence, ...] = ()
    """What was left out or assumed."""

    patients_anew: bool = False
    """Whether interval and draws hold the luck of who came as a patient beside that of who is in need."""

    effects: RegionEffects | None = None
    """What sets regions apart beyond their patients' features; None when that was not asked or nobody's need known."""
