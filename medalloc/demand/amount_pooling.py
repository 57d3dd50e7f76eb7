"""What makes amounts in a region differ from what its patients' features say, as far as the patients tell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

USUAL_SPREAD = 0.5
"""Scale of the half-normal prior of the spread between regions: that amounts are twice as high takes evidence."""

SPREADS = 2.0 * (np.arange(25) / 24) ** 2
"""Standard deviations between regions that are weighed against each other, shape (k,). [fraction]"""


@dataclass(frozen=True, eq=False)
class RegionFactors:
    """How many times as much comes in each region as features alone would say."""

    factor: Floats
    """For each region, shape (n,). [1]"""

    variance: Floats
    """How uncertain that is, shape (n,). [1]"""

    elsewhere: float
    """Factor of a region without patients. [1]"""

    elsewhere_variance: float
    """How uncertain that is: the spread between regions, and that of the mean. [1]"""


def region_factors(observed: Floats, predicted: Floats, variance: Floats) -> RegionFactors:
    """Estimate by partial pooling how regions differ beyond their patients' features.

    Parameters
    ----------
    observed, predicted : ndarray
        Sums of amounts that came and that were expected out of fold, NaN where nothing is known, shape (n,).
    variance : ndarray
        Variance of what came, given the region, shape (n,).

    Notes
    -----
    Observed over predicted is normal around the region's factor, and factors are normal around their mean. Their spread
    is weighed over `SPREADS` by its likelihood and the prior, so that variances hold that the spread is uncertain, too.

    Examples
    --------
    With much to go by, a region is itself; with little, it is like the others.

    >>> found = region_factors(np.array([150.0, 100, 15]), np.array([100.0, 100, 10]), np.array([9.0, 9, 90]))
    >>> found.factor.round(2).tolist()
    [1.5, 1.0, 1.29]
    """
    known = np.isfinite(observed) & (predicted > 0) & (variance > 0)
    ratio = np.where(known, observed / np.where(known, predicted, 1.0), 1.0)
    error = np.where(known, variance / np.where(known, predicted, 1.0) ** 2, np.inf)
    evidence, means, variances, middles, middle_variances = [], [], [], [], []
    for spread in SPREADS**2:
        weight = 1 / (error + spread)
        weight[~known] = 0.0
        # the mean of all factors is 1, give or take 1
        precision = weight.sum() + 1.0
        middle = float((weight @ ratio + 1.0) / precision)
        fit = np.log(weight[known]).sum() - weight @ (ratio - middle) ** 2 - (middle - 1) ** 2 - np.log(precision)
        evidence.append(0.5 * fit - 0.5 * spread / USUAL_SPREAD**2)
        own = np.where(known, spread * weight, 0.0)
        means.append(middle + own * (ratio - middle))
        variances.append((1 - own) * spread + (1 - own) ** 2 / precision)
        middles.append(middle)
        middle_variances.append(spread + 1 / precision)
    likely = np.exp(np.array(evidence) - max(evidence)) * np.gradient(SPREADS)
    likely /= likely.sum()
    factor, uncertain = _mixture(likely, np.array(means), np.array(variances))
    elsewhere, elsewhere_variance = _mixture(likely, np.array(middles), np.array(middle_variances))
    return RegionFactors(np.maximum(factor, 0.0), uncertain, float(elsewhere), float(elsewhere_variance))


def _mixture(likely: Floats, means: Floats, variances: Floats) -> tuple[Floats, Floats]:
    mean = likely @ means
    return mean, np.maximum(likely @ (variances + means**2) - mean**2, 0.0)
