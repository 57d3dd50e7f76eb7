"""One level for all, which rises until what there is has been used up."""

import math

import numpy as np

from medalloc.allocation.problem import Array

SAMPLE = 64
"""Moments drawn between which the level is looked for first."""


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
    The sum is piecewise linear and never falls, so halving among the levels at which a cell starts or stops rising
    finds the segment, and one division the level: nothing is approximated. Where there are many levels, a few of them
    show between which the wanted one lies, and only those in between are sorted.

    Examples
    --------
    >>> water_level(np.ones(4), np.zeros(4), np.array([2, 2.6, 4, 5]), capacity=10)
    2.7
    """
    weights, lower, ceiling, shift = (each.ravel() for each in np.broadcast_arrays(weights, lower, upper, offset))
    rises = (weights > 0) & (ceiling > lower)
    room = capacity - float(lower.sum())
    if not rises.all():
        weights, lower, ceiling, shift = weights[rises], lower[rises], ceiling[rises], shift[rises]
    start, stop = (lower + shift) / weights, (ceiling + shift) / weights
    moment, until = _last_segment(weights, start, stop, room)
    if math.isinf(moment):
        return math.inf
    rising, full = (start <= moment) & (stop > moment), stop <= moment
    if not rising.any():
        return max(0.0, moment)
    held = float(np.where(full, ceiling, lower).sum() - lower.sum())
    left = room - held + float(((lower + shift) * rising).sum())
    return max(0.0, min(max(left / float((weights * rising).sum()), moment), until))


def at_level(level: float, weights: Array, lower: Array, upper: Array, *, offset: Array | float = 0.0) -> Array:
    """Return what every cell holds at a level (see `water_level`); at an infinite one, its upper end.

    Examples
    --------
    >>> at_level(2.7, np.ones(4), np.zeros(4), np.array([2, 2.6, 4, 5])).tolist()
    [2.0, 2.6, 2.7, 2.7]
    """
    moving = weights > 0
    # An infinite level times a weight of 0 is not a number, so cells that never move are set apart first.
    lifted = level * (weights if moving.all() else np.where(moving, weights, 1.0)) - offset
    lifted = lifted if moving.all() else np.where(moving, lifted, lower)
    return np.clip(lifted, lower, np.maximum(lower, upper))


def _last_segment(weights: Array, start: Array, stop: Array, room: float) -> tuple[float, float]:
    """Return the two ends of the segment in which the room above the lower ends is used up.

    What is used is summed afresh wherever it is asked: in running sums of weights a cell that rises far more slowly
    than others would be lost.
    """
    if room < 0 or not start.size:
        return (math.inf, math.inf) if room >= 0 else (0.0, 0.0)
    low, high = float(start.min()), math.inf
    moments = np.concatenate([start, stop])
    moments = moments[np.isfinite(moments)]
    for stride in (max(1, moments.size // SAMPLE), 1):
        between = moments[(moments > low) & (moments < high)] if stride == 1 else moments[::stride]
        between.sort()
        first, last = 0, between.size
        while first < last:
            middle = (first + last) // 2
            level = float(between[middle])
            if _used(weights, start, stop, level) <= room:
                low, first = level, middle + 1
            else:
                high, last = level, middle
    return (math.inf, math.inf) if math.isinf(high) and np.isfinite(stop).all() else (low, high)


def _used(weights: Array, start: Array, stop: Array, level: float) -> float:
    """Return what cells hold above their lower ends at a level."""
    risen = np.minimum(stop, level)
    risen -= start
    np.maximum(risen, 0.0, out=risen)
    risen *= weights
    return float(risen.sum())
