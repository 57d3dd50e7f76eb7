"""Inequality as loss: how much less would do as well if it were shared equally."""

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.measures.people import Array, people, relative
from medalloc.errors import InputError
from medalloc.sentences import sentence


def atkinson(values: ArrayLike, aversion: float, weights: ArrayLike | None = None) -> float:
    """Return the Atkinson index, population-weighted.

    ``1 - (sum_i p_i (x_i / m)^(1-e))^(1/(1-e))`` for values x, shares p of all persons, the mean m and the aversion e;
    ``1 - exp(sum_i p_i ln(x_i / m))`` at e = 1.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    aversion : float
        How much inequality is minded, above 0: towards 0 not at all; the larger, the more only the worst off count. [1]
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        Share of everything that inequality wastes: 0 when everyone has the same (nothing, too, and nobody); 1 when
        somebody has nothing, others do not, and the aversion is 1 or more. [fraction]

    Raises
    ------
    InputError
        If shapes differ, a value or weight is negative or not finite, or the aversion is not above 0.

    Notes
    -----
    The 1/n convention. One person with nothing among a million makes it 1 from an aversion of 1 on.

    References
    ----------
    .. [1] A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2, 1970.

    Examples
    --------
    >>> round(atkinson([1, 4], 1), 12), atkinson([2, 2], 0.5), atkinson([0, 1], 1)
    (0.2, 0.0, 1.0)
    """
    if not (np.isfinite(aversion) and aversion > 0):
        raise InputError(
            sentence("The aversion to inequality must be a number above 0; found {found}.", found=float(aversion))
        )
    ratio, share = relative(*people(values, weights))
    ratio, share = ratio[share > 0], share[share > 0]
    if not len(ratio) or ratio.min() == ratio.max():
        return 0.0
    if ratio.min() <= 0 and aversion >= 1:
        return 1.0
    return float(np.clip(-np.expm1(_log_level(ratio, share, 1.0 - aversion)), 0.0, 1.0))


def equal_share_level(values: ArrayLike, aversion: float, weights: ArrayLike | None = None) -> float:
    """Return the level that, had by everyone, would be as good as what there is: the mean times one less Atkinson.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    aversion : float
        How much inequality is minded, above 0; see `atkinson`. [1]
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        The mean when everyone has the same; 0 when nobody has anything, when there is nobody, and when somebody has
        nothing and the aversion is 1 or more. In the unit of the values.

    Raises
    ------
    InputError
        If shapes differ, a value or weight is negative or not finite, or the aversion is not above 0.

    References
    ----------
    .. [1] A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2, 1970.

    Examples
    --------
    >>> round(equal_share_level([1, 4], 1), 12)
    2.0
    """
    inequality = atkinson(values, aversion, weights)
    value, weight = people(values, weights)
    mean = float(np.average(value, weights=weight)) if weight.sum() > 0 else 0.0
    return mean * (1.0 - inequality)


def _log_level(ratio: Array, share: Array, power: float) -> float:
    """Return the logarithm of the mean of that power, exact to rounding as the power goes to 0."""
    logs, positive = np.log(ratio[ratio > 0]), share[ratio > 0]
    if power == 0.0:
        return float(positive @ logs)
    powers = power * logs
    if len(logs) == len(ratio) and np.abs(powers).max() < 1.0:
        return float(np.log1p(positive @ np.expm1(powers)) / power)
    # a large aversion would overflow without taking out the largest power first
    largest = float(powers.max())
    return float((largest + np.log(positive @ np.exp(powers - largest))) / power)
