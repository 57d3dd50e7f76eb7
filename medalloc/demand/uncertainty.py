"""How uncertain a region's demand is: persons drawn, and whether each of them is in need."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def table_is_everybody(mean: Floats, upper: Floats, variance: Floats) -> tuple[Counts, Floats, Floats]:
    """Describe the sum of independent draws by a binomial number of equal persons, with the same mean and variance.

    Parameters
    ----------
    mean : ndarray
        Expected sum by region: weights times chances, shape (n,). [persons]
    upper : ndarray
        Sum of squared weights times chances: the variance if every draw were rare, shape (n,). [persons²]
    variance : ndarray
        Variance of the sum, shape (n,). [persons²]

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where(mean > 0, upper / mean, 1.0)
        chance = np.where(mean > 0, 1 - variance / upper, 0.0)
        trials = np.where(chance > 0, np.ceil(mean / unit / chance - 1e-9), 1.0)
    trials = np.maximum(trials, 1.0)
    return trials.astype(np.int64), np.clip(mean / unit / trials, 0.0, 1.0), unit


def table_is_a_sample(mean: Floats, people: Floats, effective: Floats) -> tuple[Counts, Floats, Floats]:
    """Draw persons anew and then their need: each is in need with the region's mean chance.

    Parameters
    ----------
    mean : ndarray
        Expected persons in need of each region's population, shape (n,). [persons]
    people : ndarray
        Population, shape (n,). [persons]
    effective : ndarray
        Equally weighted rows that would be as uncertain (Kish's effective sample size), shape (n,). [count]

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for.
    """
    trials = np.maximum(np.rint(effective), 1.0)
    return trials.astype(np.int64), np.clip(mean / people, 0.0, 1.0), people / trials


def interval(trials: Counts, chance: Floats, unit: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the exact quantiles between which demand lies with chance `level`."""
    from scipy.stats import binom

    low, high = (binom.ppf(share, trials, chance) * unit for share in ((1 - level) / 2, (1 + level) / 2))
    return np.asarray(np.maximum(low, 0.0)), np.asarray(np.maximum(high, 0.0))
