"""One level for all, which rises until what there is has been used up."""

import math

import numpy as np

from medalloc.allocation.problem import Array


def water_level(
    weights: Array, lower: Array, upper: Array | float, capacity: float, *, offset: Array | float = 0.0
) -> float:
    """Return the highest level t at which ``sum(clip(t * weights - offset, lower, upper))`` is within the capacity.

    Parameters
    ----------
    weights : array
        How fast a cell rises with the level, at least 0; a cell of weight 0 stays at its lower end.
    lower, upper : array
        Ends of every cell, 0 <= lower; an upper end below the lower one counts as the lower one, and may be infinite.
    capacity : float
        What all cells together may hold.
    offset : array or float
        What a cell of weight > 0 has before the level lifts it above 0.

    Returns
    -------
    float
        At least 0. Infinite when the capacity is enough for every upper end; 0 when it is not enough for the lower
        ends (or just enough for them and nothing may rise).

    Notes
    -----
    The sum is piecewise linear and never falls, so one sort of the levels at which a cell starts and stops rising
    finds the segment, and one division the level: nothing is approximated.

    Examples
    --------
    >>> water_level(np.ones(4), np.zeros(4), np.array([2, 2.6, 4, 5]), capacity=10)
    2.7
    """
    weights, lower, ceiling, shift = np.broadcast_arrays(weights, lower, upper, offset)
    rises = (weights > 0) & (ceiling > lower)
    room = capacity - float(lower.sum())
    weights, lower, ceiling, shift = weights[rises], lower[rises], ceiling[rises], shift[rises]
    start, stop = (lower + shift) / weights, (ceiling + shift) / weights
    moment, until = _last_segment(weights, start, stop, room)
    if math.isinf(moment):
        return math.inf
    rising, full = (start <= moment) & (stop > moment), stop <= moment
    if not rising.any():
        return max(0.0, moment)
    # Summed afresh: the running sums that found the segment have gathered rounding errors on the way.
    left = room - float((ceiling - lower)[full].sum()) + float((lower + shift)[rising].sum())
    return max(0.0, min(max(left / float(weights[rising].sum()), moment), until))


def at_level(level: float, weights: Array, lower: Array, upper: Array, *, offset: Array | float = 0.0) -> Array:
    """Return what every cell holds at a level (see `water_level`); at an infinite one, its upper end.

    Examples
    --------
    >>> at_level(2.7, np.ones(4), np.zeros(4), np.array([2, 2.6, 4, 5])).tolist()
    [2.0, 2.6, 2.7, 2.7]
    """
    moving = np.where(weights > 0, weights, 0.0)
    # An infinite level times a weight of 0 is not a number, so cells that never move are set apart first.
    lifted = np.where(moving > 0, level * np.where(moving > 0, moving, 1.0) - offset, lower)
    return np.clip(lifted, lower, np.maximum(lower, upper))


def _last_segment(weights: Array, start: Array, stop: Array, room: float) -> tuple[float, float]:
    """Return the two ends of the segment in which the room above the lower ends is used up."""
    ends = np.isfinite(stop)
    moments = np.concatenate([start, stop[ends]])
    slopes = np.concatenate([weights, -weights[ends]])
    order = np.argsort(moments, kind="stable")
    moments, slopes = moments[order], np.cumsum(slopes[order])
    if not moments.size:
        return (math.inf, math.inf) if room >= 0 else (0.0, 0.0)
    used = np.concatenate([[0.0], np.cumsum(slopes[:-1] * np.diff(moments))])
    place = int(np.searchsorted(used, room, side="right")) - 1
    if place < 0:
        return 0.0, 0.0
    if place + 1 < moments.size:
        return float(moments[place]), float(moments[place + 1])
    return (math.inf, math.inf) if ends.all() else (float(moments[place]), math.inf)
