"""Who has more, the better off or the worse off? Inequality along a social rank."""

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.measures.people import Array, people, relative
from medalloc.errors import InputError
from medalloc.sentences import sentence


def fractional_rank(rank: ArrayLike, weights: ArrayLike | None = None) -> Array:
    """Return the place of every group in the line of all persons, from 0 to 1.

    Half of the own persons stand before a group's place; groups of the same rank share one place.

    Parameters
    ----------
    rank : array-like of shape (n,)
        What persons are lined up by, in any unit; larger is better off.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    ndarray of shape (n,)
        Above 0 and below 1 for a group with persons, 0.5 for a single one; its mean over all persons is 0.5. All 0 when
        there are no persons. [fraction]

    Raises
    ------
    InputError
        If shapes differ, a rank is not finite, or a weight is negative or not finite.

    References
    ----------
    .. [1] O. O'Donnell, E. van Doorslaer, A. Wagstaff, M. Lindelow, Analyzing Health Equity Using Household Survey
       Data, World Bank, 2008, chapter 8.

    Examples
    --------
    >>> fractional_rank([1, 7, 7], [50, 25, 25]).tolist()
    [0.25, 0.75, 0.75]
    """
    line = np.asarray(rank, dtype=np.float64)
    if not np.isfinite(line).all():
        raise InputError(sentence("Every rank must be a finite number."))
    _, share = relative(*people(np.ones_like(line), weights))
    _, step = np.unique(line, return_inverse=True)
    persons = np.bincount(step, share)
    places = np.cumsum(persons) - persons / 2
    return np.asarray(places[step])


def concentration_index(values: ArrayLike, rank: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the concentration index of the values by a social rank, population-weighted.

    ``(2 / m) sum_i p_i x_i (R_i - 1/2)`` for values x, shares p of all persons, the mean m and the fractional rank R.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0; for a rate, the rate and not the number of cases.
    rank : array-like of shape (n,)
        What persons are lined up by; larger is better off.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0 when nobody has more for being better off (or all have the same, nothing, too); up to 1 - 1/n when the best
        off of n persons has everything, down to 1/n - 1 when the worst off has. Ranked by the values: Gini.

    Raises
    ------
    InputError
        If shapes differ, a value or weight is negative or not finite, or a rank is not finite.

    Notes
    -----
    The 1/n convention. It is also 0 when what the middle has cancels out; and for a value that cannot exceed 1, such as
    coverage, its range shrinks as the mean rises: see `erreygers_index`.

    References
    ----------
    .. [1] A. Wagstaff, P. Paci, E. van Doorslaer, On the measurement of inequalities in health, Social Science &
       Medicine 33, 1991.
    .. [2] O. O'Donnell, E. van Doorslaer, A. Wagstaff, M. Lindelow, Analyzing Health Equity Using Household Survey
       Data, World Bank, 2008, chapter 8.

    Examples
    --------
    >>> concentration_index([0, 1], rank=[1, 2]), concentration_index([0, 1], rank=[2, 1])
    (0.5, -0.5)
    """
    ratio, share = relative(*people(values, weights))
    return 2.0 * _lean(ratio, share, _places(rank, weights, ratio))


def erreygers_index(
    values: ArrayLike,
    rank: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> float:
    """Return the concentration index as corrected by Erreygers for values that have a smallest and a largest.

    ``4 m C / (b - a) = 8 sum_i p_i x_i (R_i - 1/2) / (b - a)`` for the bounds a and b and the concentration index C.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, within the bounds.
    rank : array-like of shape (n,)
        What persons are lined up by; larger is better off.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.
    bounds : pair of floats
        Smallest and largest value there can be.

    Returns
    -------
    float
        0 when nobody has more for being better off; 1 when the better-off half has the most there can be and the other
        half the least, -1 the other way round. What is missing up to the upper bound has the same index, turned round.

    Raises
    ------
    InputError
        If shapes differ, a value is outside the bounds, a weight is negative or not finite, or a rank is not finite.

    Notes
    -----
    Twice the values give twice the index: it measures differences, not proportions.

    References
    ----------
    .. [1] G. Erreygers, Correcting the concentration index, Journal of Health Economics 28, 2009.

    Examples
    --------
    >>> erreygers_index([0, 1], rank=[1, 2]), erreygers_index([0.5, 1], rank=[1, 2])
    (1.0, 0.5)
    """
    value, weight = people(values, weights, bounds=bounds)
    _, share = relative(np.ones_like(value), weight)
    return 8.0 * _lean(value, share, _places(rank, weights, value)) / (bounds[1] - bounds[0])


def _places(rank: ArrayLike, weights: ArrayLike | None, value: Array) -> Array:
    found = np.shape(rank)
    if found != value.shape:
        raise InputError(
            sentence(
                "Needed is a rank for each region, {size} in all; found {found}.", size=len(value), found=str(found)
            )
        )
    return fractional_rank(rank, weights)


def _lean(value: Array, share: Array, places: Array) -> float:
    """Return the covariance of value and place; exactly 0 when all values are the same."""
    if not len(value):
        return 0.0
    return float((share * (value - value.min())) @ (places - 0.5))
