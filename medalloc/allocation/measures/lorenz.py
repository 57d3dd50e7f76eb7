"""What is read off the Lorenz curve: the share that the worst-off so many of all persons have together."""

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.measures.people import Array, people, relative


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the Gini coefficient, population-weighted.

    ``sum_ij w_i w_j |x_i - x_j| / (2 W^2 m)`` for values x, weights w, their sum W and the mean m.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0, such as coverage.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0 when everyone has the same (nothing, too), up to 1 - 1/n when one of n persons has everything.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    The 1/n convention: the mean absolute difference of all pairs, a person and itself included, over twice the mean.
    Zero by decision: no groups, all weights 0, all values 0. Show the level beside it: everyone getting nothing is
    perfectly equal.

    References
    ----------
    .. [1] C. Gini, Variabilità e mutabilità, 1912.

    Examples
    --------
    >>> gini([1, 1, 1]), gini([0, 0, 1])
    (0.0, 0.6666666666666666)
    """
    value, weight = people(values, weights)
    order = np.argsort(value, kind="stable")
    value, weight = value[order], weight[order]
    total = float(value @ weight)
    if total <= 0:
        return 0.0
    persons = np.cumsum(weight)
    # Summing the steps between neighbours makes equality exactly 0, which the area under the Lorenz curve does not.
    steps = persons[:-1] * (persons[-1] - persons[:-1]) * np.diff(value)
    return float(steps.sum() / (persons[-1] * total))


def top_and_bottom(
    values: ArrayLike, weights: ArrayLike | None = None, *, top: float = 0.1, bottom: float = 0.4
) -> tuple[float, float]:
    """Return what the best-off and the worst-off persons have together, as shares of everything.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.
    top, bottom : float
        How many persons count as best off and as worst off. [fraction]

    Returns
    -------
    tuple of two floats
        Their own size when everyone has the same (nothing, too, and nobody); from there the first rises to 1 and the
        second falls to 0.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    A group that lies across the line counts with that part of its persons that lies within: the Lorenz curve is
    straight inside a group.

    References
    ----------
    .. [1] M. O. Lorenz, Methods of measuring the concentration of wealth, 1905.

    Examples
    --------
    >>> top_and_bottom([0, 1, 1], [50, 40, 10])
    (0.2, 0.0)
    """
    ratio, share = relative(*people(values, weights))
    if not share.any():
        return top, bottom
    order = np.argsort(ratio, kind="stable")
    return _together(ratio[order[::-1]], share[order[::-1]], top), _together(ratio[order], share[order], bottom)


def palma(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the Palma ratio: what the best-off tenth has over what the worst-off four tenths have, together.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0.25 when everyone has the same (nothing, too, and nobody), and that is the least there is; infinite when the
        worst-off four tenths have nothing but somebody has something.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    Says nothing about the half between the two. The shares are interpolated; see `top_and_bottom`.

    References
    ----------
    .. [1] A. Cobham, A. Sumner, Is it all about the tails? The Palma measure of income inequality, Center for Global
       Development Working Paper 343, 2013.

    Examples
    --------
    >>> round(palma([1] * 6 + [3] * 3 + [5]), 12)
    1.25
    """
    top, bottom = top_and_bottom(values, weights)
    return top / bottom if bottom > 0 else np.inf


def _together(ratio: Array, share: Array, persons: float) -> float:
    """Return the share of everything that the first so many persons have."""
    counted = np.concatenate([[0.0], np.cumsum(share)])
    held = np.concatenate([[0.0], np.cumsum(share * ratio)])
    return float(np.interp(persons * counted[-1], counted, held) / held[-1])
