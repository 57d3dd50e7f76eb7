"""How far a share or a ROC AUC of few rows may be from the truth."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 60
"""Halvings until an end of an interval is known to the last digit."""


def wilson(successes: Floats, rows: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return Wilson's score interval of shares; NaN where there are no rows.

    Parameters
    ----------
    successes : ndarray
        Rows of which something is true, shape (n,). [count]
    rows : ndarray
        Rows looked at, shape (n,). [count]
    level : float
        Chance that the true share lies within the interval. [fraction]

    References
    ----------
    .. [1] E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.

    Examples
    --------
    >>> low, high = wilson(np.array([8.0]), np.array([10.0]))
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.4902, 0.9433)
    """
    z = _reach(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = successes / rows
        middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
        half = z / (1 + z * z / rows) * np.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    # rounding must not put the share itself outside
    return np.minimum(np.maximum(middle - half, 0.0), share), np.maximum(np.minimum(middle + half, 1.0), share)


def auc_interval(auc: Floats, positives: Floats, negatives: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return Newcombe's score-like interval of ROC AUCs (his method 5); NaN where an AUC is.

    Its ends are the areas from which the one found lies just `level` away, the standard error being taken at those
    areas; so an area of 1 among few rows has an interval, too.

    Parameters
    ----------
    auc : ndarray
        Areas, shape (n,). [fraction]
    positives, negatives : ndarray
        Rows in need and not in need they were measured on, shape (n,). [count]
    level : float
        Chance that the true area lies within the interval. [fraction]

    References
    ----------
    .. [1] R. G. Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic.
       Part 2", Statistics in Medicine 25, 2006.
    """
    z = _reach(level)

    def too_far(area: Floats) -> NDArray[np.bool_]:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.abs(auc - area) > z * np.sqrt(_variance(area, positives, negatives)))

    return _end(auc, np.zeros_like(auc), too_far), _end(auc, np.ones_like(auc), too_far)


def _variance(area: Floats, positives: Floats, negatives: Floats) -> Floats:
    other = (positives + negatives) / 2 - 1
    spread = 1 + other * (1 - area) / (2 - area) + other * area / (1 + area)
    return np.asarray(area * (1 - area) * spread / (positives * negatives))


def _end(near: Floats, far: Floats, too_far: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
    inside, outside = near.copy(), far.copy()
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        beyond = too_far(middle)
        outside, inside = np.where(beyond, middle, outside), np.where(beyond, inside, middle)
    return np.asarray(np.where(np.isnan(near), np.nan, (inside + outside) / 2))


def _reach(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))
