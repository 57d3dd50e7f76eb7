"""What a coverage of everybody is worth to an alpha-fair policy, told in persons."""

import math

import numpy as np

from medalloc.allocation.problem import Array


def equal_worth(coverage: Array, weight: Array, alpha: float) -> float:
    """Return the coverage that, if everybody had it, were worth as much as these together.

    Parameters
    ----------
    coverage : array of shape (n,)
        At least 0. [fraction]
    weight : array of shape (n,)
        How much each counts, at least 0, such as demand times value.
    alpha : float
        0 is the mean, 1 the geometric mean, 2 the harmonic mean; towards infinity it is the lowest coverage.

    Returns
    -------
    float
        Between the lowest and the highest coverage; 0 if alpha is 1 or more and somebody who counts has none, or if
        nobody counts. [fraction]

    Notes
    -----
    The inverse of U(u) = u^(1 - alpha) / (1 - alpha), log u at 1, of the weighted mean of U. In logarithms, so that
    no alpha is too large; near 1 the powers are taken from their distance to 1, so that none is too close to it.

    References
    ----------
    .. [1] A. B. Atkinson, On the measurement of inequality, 1970 (the equally distributed equivalent).

    Examples
    --------
    >>> [round(equal_worth(np.array([0.2, 0.8]), np.ones(2), alpha), 6) for alpha in (0, 1, 2, 1000)]
    [0.5, 0.4, 0.32, 0.200139]
    """
    counted = weight > 0
    if not counted.any():
        return 0.0
    share, held = weight[counted] / weight[counted].sum(), coverage[counted]
    if (held <= 0).all() or (alpha >= 1 and (held <= 0).any()):
        return 0.0
    power = 1.0 - alpha
    with np.errstate(divide="ignore"):
        logs = np.log(held)
    # Measured from the coverage that counts most, so that the others can only be small beside it.
    origin = float(logs.min() if power < 0 else logs.max())
    if power == 0:
        return math.exp(float((share * logs).sum()))
    # not by @, which wakes every core for it
    mean = float((share * np.expm1(power * (logs - origin))).sum())
    return math.exp(origin + math.log1p(mean) / power)


def bettered(worth: float, gain: float, alpha: float) -> float:
    """Return the equal worth after the objective has grown by a gain.

    Parameters
    ----------
    worth : float
        Before. [fraction]
    gain : float
        At least 0, as a share of the weighted mean of coverage^(1 - alpha). [1]
    alpha : float
        As in `equal_worth`.

    Examples
    --------
    >>> bettered(0.5, 0.0, 2.0), round(bettered(0.5, 0.1, 0.0), 6)
    (0.5, 0.55)
    """
    power = 1.0 - alpha
    if power == 0:
        return worth * math.exp(gain)
    # An objective that is bounded above is not worth more than at its bound, which no coverage reaches.
    return worth * math.exp(math.log1p(power * gain) / power) if power * gain > -1 else math.inf
