"""How much do people have? Levels to show beside every measure of inequality."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.measures.people import numbered, people
from medalloc.errors import InputError
from medalloc.sentences import sentence


def lowest_over_highest(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the lowest value over the highest one, among groups with persons.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out. Only whether it is 0 matters.

    Returns
    -------
    float
        1 when everyone has the same (nothing, too, and nobody); 0 when a group has nothing and others do not.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    Two groups decide it, however small they are: with many groups it mostly tells how small the smallest are.

    References
    ----------
    .. [1] World Health Organization, Handbook on Health Inequality Monitoring, 2013, on ratios between extremes.

    Examples
    --------
    >>> lowest_over_highest([0.25, 0.5, 1], [10, 10, 0])
    0.5
    """
    value, weight = people(values, weights)
    counted = value[weight > 0]
    highest = float(counted.max(initial=0.0))
    return float(counted.min()) / highest if highest > 0 else 1.0


def share_below(values: ArrayLike, floor: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return how many of all persons have less than a floor.

    ``sum of w_i where x_i < f_i, over sum of w_i`` for values x, floors f and weights w.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    floor : float or array-like of shape (n,)
        The least that a person should have, for all or for each group.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0 when nobody is below (or there is nobody), 1 when everybody is; exactly at the floor is not below it.
        [fraction]

    Raises
    ------
    InputError
        If shapes differ, a value or weight is negative or not finite, or a floor is not finite.

    Notes
    -----
    It does not tell how far below.

    References
    ----------
    .. [1] J. Foster, J. Greer, E. Thorbecke, A class of decomposable poverty measures, Econometrica 52, 1984: the
       head-count ratio, their measure of order 0.

    Examples
    --------
    >>> share_below([0.2, 0.5, 0.9], 0.5, [10, 20, 70])
    0.1
    """
    value, weight = people(values, weights)
    limit = np.asarray(floor, dtype=np.float64)
    if limit.shape not in ((), value.shape) or not np.isfinite(limit).all():
        raise InputError(sentence("The floor must be one finite number, or one for each value."))
    total = float(weight.sum())
    return float(weight[value < limit].sum()) / total if total > 0 else 0.0


def group_means(values: ArrayLike, groups: Sequence[object], weights: ArrayLike | None = None) -> dict[str, float]:
    """Return the mean of every group, population-weighted, sorted by the name of the group.

    ``sum_i w_i x_i / sum_i w_i`` over the values x of the group with the weights w.

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
    dict of str to float
        From the lowest to the highest of its values; a group without persons has the plain mean of its values.

    Raises
    ------
    InputError
        If shapes differ, a value or weight is negative or not finite, or a group is missing.

    References
    ----------
    .. [1] World Health Organization, Handbook on Health Inequality Monitoring, 2013, on disaggregation.

    Examples
    --------
    >>> group_means([0.5, 1, 0.25], ["west", "west", "east"], [30, 10, 5])
    {'east': 0.25, 'west': 0.625}
    """
    value, weight = people(values, weights)
    names, group = numbered(groups, len(value))
    empty = np.bincount(group, weight, len(names)) <= 0
    counted = np.where(empty[group], 1.0, weight)
    means = np.bincount(group, counted * value, len(names)) / np.bincount(group, counted, len(names))
    return dict(zip(names, means.tolist(), strict=True))
