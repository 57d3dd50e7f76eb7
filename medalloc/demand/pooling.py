"""What makes need in a region differ from what its patients' features say, as far as the patients tell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.measures.calibration import log_odds, sigmoid

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

USUAL_SPREAD = 0.7
"""Scale of the half-normal prior of the spread between regions: beyond 1.4 it takes evidence. [log-odds]"""

SPREADS = 3.0 * (np.arange(25) / 24) ** 2
"""Standard deviations between regions that are weighed against each other, shape (k,). [log-odds]"""

_SMALLEST = 1e-4
_NEWTON_STEPS = 30
_SHRINK = np.pi / 8
"""The mean of a sigmoid over a normal of variance v is the sigmoid of the mean over sqrt(1 + v pi / 8), nearly."""


@dataclass(frozen=True, eq=False)
class RegionEffects:
    """How far need in each region lies from what features alone would say."""

    effect: Floats
    """Added to the log-odds of each patient of a region, shape (n,). [log-odds]"""

    variance: Floats
    """How uncertain that is, shape (n,). [log-odds²]"""

    elsewhere: float
    """Effect of a region without patients. [log-odds]"""

    elsewhere_variance: float
    """How uncertain that is: the spread between regions, and that of the mean. [log-odds²]"""

    spread: float
    """Standard deviation between regions. [log-odds]"""

    def chances(self, probability: Floats, region: Counts) -> tuple[Floats, Floats]:
        """Return the chance of need of rows in regions, and how it moves with the effect.

        Parameters
        ----------
        probability : ndarray
            By features alone, shape (rows,). [fraction]
        region : ndarray of int
            Number of each row's region; -1 for one without patients, shape (rows,).

        Returns
        -------
        chance, slope : ndarray
            Mean over what the effect may be, and standard deviation of the chance for each standard deviation of the
            effect, shape (rows,). [fraction]
        """
        effect, variance = np.append(self.effect, self.elsewhere), np.append(self.variance, self.elsewhere_variance)
        hold = 1 / np.sqrt(1 + _SHRINK * variance)
        chance = sigmoid((log_odds(probability) + effect[region]) * hold[region])
        # what is certain stays so
        chance = np.where((probability > 0) & (probability < 1), chance, probability)
        return chance, chance * (1 - chance) * hold[region]


def region_effects(
    probability: Floats,
    need: NDArray[np.int8],
    region: Counts,
    regions: int,
    *,
    weight: Floats | None = None,
    patient: Counts | None = None,
    count: Floats | None = None,
) -> RegionEffects:
    """Estimate by partial pooling how regions differ beyond their patients' features.

    Parameters
    ----------
    probability : ndarray
        Of need, by models that did not learn from the row, shape (rows,). [fraction]
    need : ndarray
        0 or 1, shape (rows,).
    region : ndarray of int
        Number of each row's region, shape (rows,).
    regions : int
        Number of regions; some may have no rows. [count]
    weight : ndarray, optional
        Persons each row stands for, shape (rows,). [persons]
    patient : ndarray of int, optional
        Patient of each row, where patients repeat, shape (rows,).
    count : ndarray, optional
        Rows alike, of different patients, that each row stands for, shape (rows,). [count]

    Notes
    -----
    A random intercept with the model's log-odds as offset: the log-odds of need are those of the model, plus a common
    number, plus one for each region, normal with mean 0. Its spread is weighed over `SPREADS` by the approximate
    (Laplace) restricted likelihood and the prior, so that intervals hold that the spread is uncertain, too; with the
    most likely spread alone they are too narrow. Where rows have weights or patients repeat, the likelihood is scaled
    so that its curvature is the variance of its slope (sandwich).

    References
    ----------
    .. [1] N. E. Breslow, D. G. Clayton, "Approximate Inference in Generalized Linear Mixed Models", Journal of the
       American Statistical Association 88, 1993. doi:10.1080/01621459.1993.10594284
    .. [2] A. Gelman, "Prior distributions for variance parameters in hierarchical models", Bayesian Analysis 1, 2006.
       doi:10.1214/06-BA117A
    .. [3] F. Pauli, W. Racugno, L. Ventura, "Bayesian composite marginal likelihoods", Statistica Sinica 21, 2011.

    Examples
    --------
    Of ten patients whom the model gives one half each, nine are in need here: the region's log-odds rise, but not to
    those of nine in ten (2.2); where everything is as the model says, nothing moves.

    >>> half, nine, five = np.full(20, 0.5), [1] * 9 + [0], [1, 0] * 5
    >>> found = region_effects(half, np.array(nine + five, dtype=np.int8), np.repeat([0, 1], 10), 2)
    >>> found.effect.round(1).tolist()
    [1.1, 0.4]
    """
    shares = _scaled(probability, need, weight, patient, count)
    offset, answers = log_odds(probability), need.astype(np.float64)
    common, effect = 0.0, np.zeros(regions)
    evidence, means, variances, middles, middle_variances = [], [], [], [], []
    for spread in SPREADS:
        common, effect, found, held, pull = _mode(
            offset, answers, region, shares, max(spread, _SMALLEST), common, effect
        )
        information = (held * (1 - pull)).sum() + 1.0
        evidence.append(found - 0.5 * np.log(information) - 0.5 * (spread / USUAL_SPREAD) ** 2)
        means.append(common + effect)
        variances.append((1 - pull) * max(spread, _SMALLEST) ** 2 + (1 - pull) ** 2 / information)
        middles.append(common)
        middle_variances.append(spread**2 + 1 / information)
    likely = np.exp(np.array(evidence) - max(evidence)) * np.gradient(SPREADS)
    likely /= likely.sum()
    mean, variance = _mixture(likely, np.array(means), np.array(variances))
    elsewhere, elsewhere_variance = _mixture(likely, np.array(middles), np.array(middle_variances))
    return RegionEffects(mean, variance, float(elsewhere), float(elsewhere_variance), float(likely @ SPREADS))


def _mode(
    offset: Floats, need: Floats, region: Counts, share: Floats, spread: float, common: float, effect: Floats
) -> tuple[float, Floats, float, Floats, Floats]:
    """Return common number and effects at the mode for one spread, found by Newton's method.

    With them come the logarithm of the integral over the effects around it, up to constants, the information of each
    region's rows, and the share of its own effect in what they say.
    """
    n, precision = len(effect), spread**-2
    for _ in range(_NEWTON_STEPS):
        margin = offset + common + effect[region]
        chance = sigmoid(margin)
        held = np.bincount(region, share * chance * (1 - chance), n).astype(np.float64)
        slope = np.bincount(region, share * (need - chance), n)
        own = slope - effect * precision
        pull = held / (held + precision)
        # one number for all and one for each region: the matrix is an arrow, so that no system needs to be solved
        along = (slope.sum() - common - (pull * own).sum()) / ((held * (1 - pull)).sum() + 1.0)
        along = float(np.clip(along, -1, 1))
        steps = np.clip((own - held * along) / (held + precision), -1, 1)
        common, effect = common + along, effect + steps
        if max(abs(along), float(np.abs(steps).max(initial=0.0))) < 1e-7:
            break
    likelihood = share @ (need * margin - np.logaddexp(0.0, margin))
    found = likelihood - 0.5 * (precision * (effect**2).sum() + common**2 + np.log1p(held / precision).sum())
    return common, effect, float(found), held, pull


def _mixture(likely: Floats, means: Floats, variances: Floats) -> tuple[Floats, Floats]:
    mean = likely @ means
    return mean, np.maximum(likely @ (variances + means**2) - mean**2, 0.0)


def _scaled(
    probability: Floats, need: NDArray[np.int8], weight: Floats | None, patient: Counts | None, count: Floats | None
) -> Floats:
    """Return how much each row counts in the likelihood, shape (rows,)."""
    weights = np.ones(len(need)) if weight is None else weight
    times = np.ones(len(need)) if count is None else count
    if patient is None and np.ptp(weights) == 0:
        return times
    rests = weights * (need - probability)
    if patient is not None:
        rests = np.bincount(np.unique(patient, return_inverse=True)[1], rests).astype(np.float64)
    expected = float((times * weights) @ (probability * (1 - probability)))
    found = float((rests**2).sum()) if patient is not None else float(times @ rests**2)
    usual = float(np.average(weights, weights=times))
    return times * weights * (expected / found if found > 0 else 1 / usual)
