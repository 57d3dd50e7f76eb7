"""Programs with few limits and very many columns: at given prices every column decides for itself, but for a few."""

import math

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.simplex import Optimum, maximise
from medalloc.allocation.problem import Array

MANY = 5_000
"""Columns from which prices are looked for in a part of the program first."""

STRIDE = 10
"""One column in so many makes the part whose prices the search starts from."""

DOUBT = 12.0
"""Columns that are left to the solver at first, as a multiple of the square root of their number: as far as the prices
of a part are likely to be off."""


def maximise_many(value: Array, matrix: Array, limit: Array, upper: Array) -> Optimum:
    """Return the optimum of ``max value @ y`` with ``matrix @ y <= limit`` and ``0 <= y <= upper``, as `maximise` does.

    Parameters
    ----------
    value, matrix, limit, upper
        As in `maximise`; from a few thousand columns on it is much faster.

    Notes
    -----
    At the right prices of the limits a column that is worth more than it takes is full and one that is worth less is
    empty; no more columns than there are limits are in between. The prices of a tenth of the columns, found in the
    same way, say which are clearly full or empty. The rest is a small program, whose own prices are then held against
    all columns: those that would decide otherwise are left to it as well, until there are none. So the result is
    exact, and its prices bound every other point, however they were found.

    References
    ----------
    .. [1] G. Dantzig, P. Wolfe, Decomposition principle for linear programs, 1960.

    Examples
    --------
    >>> best = maximise_many(np.array([2.0, 1.0]), np.array([[1.0, 1.0]]), np.array([3.0]), np.array([2.0, 2.0]))
    >>> best.amount.tolist(), best.price.tolist()
    ([2.0, 1.0], [1.0])
    """
    if value.size <= MANY:
        return maximise(value, matrix, limit, upper)
    part = slice(None, None, STRIDE)
    share = upper[part].sum() / upper.sum()
    price = maximise_many(value[part], matrix[:, part], limit * share, upper[part]).price
    gain, nearest = value - price @ matrix, int(DOUBT * math.sqrt(value.size))
    free = _nearest(np.abs(gain) / value, nearest)
    while True:
        full = ~free & (gain > 0)
        left = limit - matrix[:, full] @ upper[full]
        if (left < 0).any():
            nearest = min(2 * nearest, value.size)
            free |= _nearest(np.abs(gain) / value, nearest)
            continue
        rest = maximise(value[free], matrix[:, free], left, upper[free])
        now = value - rest.price @ matrix
        wrong = ~free & np.where(full, now < 0, now > 0)
        if not wrong.any():
            amount = np.where(full, upper, 0.0)
            amount[free] = rest.amount
            return Optimum(amount, rest.price)
        free |= wrong


def _nearest(distance: Array, count: int) -> NDArray[np.bool_]:
    """Return which columns are the nearest to being neither full nor empty."""
    chosen = np.zeros(distance.size, dtype=np.bool_)
    chosen[np.argsort(distance, kind="stable")[:count]] = True
    return chosen
