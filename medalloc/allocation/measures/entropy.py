"""Inequality as missing disorder: the two measures that split exactly into within and between groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.measures.people import Array, numbered, people, relative


@dataclass(frozen=True)
class TheilParts:
    """Where inequality comes from: the differences inside groups, or those between them."""

    within: float
    """Theil T inside the groups, each counted with its share of everything; at least 0. [1]"""

    between: float
    """Theil T if everyone had the mean of the own group; at least 0. [1]"""

    @property
    def total(self) -> float:
        """Theil T of everyone [1]."""
        return self.within + self.between

    @property
    def share_between(self) -> float:
        """Between over total; 0 when everyone has the same [fraction]."""
        return self.between / self.total if self.total > 0 else 0.0


def theil(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the Theil T index, population-weighted.

    ``sum_i p_i (x_i / m) ln(x_i / m)`` for values x, shares p of all persons and the mean m; ``0 ln 0`` is 0.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0 when everyone has the same (nothing, too, and nobody), up to ln n when one of n persons has everything.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    The 1/n convention: persons, not n - 1 of them. It feels differences among the best off most.

    References
    ----------
    .. [1] H. Theil, Economics and Information Theory, 1967.

    Examples
    --------
    >>> theil([1, 1, 1]), round(theil([0, 1]), 6)
    (0.0, 0.693147)
    """
    ratio, share = relative(*people(values, weights))
    return _theil(ratio, share)


def theil_by_group(values: ArrayLike, groups: Sequence[object], weights: ArrayLike | None = None) -> TheilParts:
    """Return the Theil T index split exactly into what is within and what is between groups.

    ``T = sum_g s_g T_g + sum_g s_g ln(m_g / m)``, where a group g with the share p_g of all persons has the mean m_g,
    the share ``s_g = p_g m_g / m`` of everything and the index T_g inside.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person has, at least 0.
    groups : sequence of length n
        The group that each value belongs to.
    weights : array-like of shape (n,), optional
        Persons that each value stands for, at least 0; one each when left out.

    Returns
    -------
    TheilParts
        Within is 0 when everyone has the mean of the own group; between is 0 when all groups have the same mean.

    Raises
    ------
    InputError
        If shapes differ, a value or weight is negative or not finite, or a group is missing.

    Notes
    -----
    The finer the groups, the more is between them: compare only splits into the same groups.

    References
    ----------
    .. [1] A. F. Shorrocks, The class of additively decomposable inequality measures, Econometrica 48, 1980.

    Examples
    --------
    >>> parts = theil_by_group([1, 1, 3, 3], ["east", "east", "west", "west"])
    >>> parts.within, round(parts.between, 6)
    (0.0, 0.130812)
    """
    value, weight = people(values, weights)
    names, group = numbered(groups, len(value))
    ratio, share = relative(value, weight)
    persons = np.bincount(group, share, len(names)).astype(np.float64)
    held = np.bincount(group, share * ratio, len(names)).astype(np.float64)
    mean = np.divide(held, persons, out=np.zeros_like(held), where=persons > 0)
    own = np.divide(ratio, mean[group], out=np.ones_like(ratio), where=mean[group] > 0)
    within = np.bincount(group, share * _steps(own), len(names)) @ mean
    return TheilParts(max(0.0, float(within)), _theil(mean, persons))


def mean_log_deviation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean log deviation, also called Theil L, population-weighted.

    ``sum_i p_i ln(m / x_i)`` for values x, shares p of all persons and the mean m.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0 when everyone has the same (nothing, too, and nobody); infinite when somebody has nothing and others do not.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    The 1/n convention. It feels differences among the worst off most, and equals ``-ln(1 - A)`` for the Atkinson index
    A with an aversion of 1, which stays finite.

    References
    ----------
    .. [1] H. Theil, Economics and Information Theory, 1967.

    Examples
    --------
    >>> mean_log_deviation([2, 2]), round(mean_log_deviation([1, 3]), 6), mean_log_deviation([0, 1])
    (0.0, 0.143841, inf)
    """
    ratio, share = relative(*people(values, weights))
    ratio, share = ratio[share > 0], share[share > 0]
    if (ratio <= 0).any():
        return np.inf
    return max(0.0, float(share @ (ratio - 1.0 - np.log(ratio))))


def _theil(ratio: Array, share: Array) -> float:
    return max(0.0, float(share @ _steps(ratio)))


def _steps(ratio: Array) -> Array:
    """Return ``r ln r - r + 1``, which is at least 0 and sums to the same, because the mean of r is 1."""
    logs = np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)
    return np.asarray(ratio * logs - ratio + 1.0)
