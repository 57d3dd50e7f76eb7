"""One limit that counts: place what there is where one more place is most likely to be used."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import persons_by
from medalloc.allocation.closed_forms.water import at_level, water_level
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.uncertainty.room import Room, expected_served, limits_of, taken_by

HALVINGS = 12
"""Times the range of gains is halved before those left in it are looked at one by one."""


@dataclass(frozen=True)
class Placed:
    """A capacity, and what no other within the limits can exceed."""

    capacity: Array
    """Shape (n_regions,). [persons/period]"""

    bound: float
    """Valued persons served on average, at most. [persons/period]"""


@dataclass(frozen=True)
class SingleLimit:
    """A limit from which every person above some capacity takes the same, wherever they live."""

    free: Array
    """Capacity up to which a region takes nothing, shape (n_regions,). [persons/period]"""

    rate: float
    """What each person beyond takes, above 0. [units/person or money/person]"""

    place: int
    """Place among the limits of the problem."""


def single_limits(problem: Problem) -> Iterator[SingleLimit]:
    """Yield every limit of the problem that is a single one.

    Every stock is of which a person takes the same everywhere. The budget is, if a person costs the same everywhere
    and the resources that cost anything run out at the same capacity, as they do where nothing exists yet or only one
    of them costs anything.
    """
    free = persons_by(problem, problem.existing)
    for place in range(len(problem.resources)):
        yield from _single(free[:, place], problem.requirement[:, place], place)
    costly = (problem.unit_cost > 0).any(axis=0)
    if problem.budget is not None and costly.any() and (np.ptp(free[:, costly], axis=1) == 0).all():
        rates = (problem.requirement * problem.unit_cost).sum(axis=1)
        yield from _single(free[:, costly][:, 0], rates, len(problem.resources))


def _single(free: Array, rates: Array, place: int) -> Iterator[SingleLimit]:
    """Yield the limit in this place if every person beyond the free ones takes the same of it."""
    if rates[0] > 0 and np.allclose(rates, rates[0], rtol=1e-12, atol=0.0):
        yield SingleLimit(free, float(rates[0]), place)


def most_within(room: Room, ordered: Array, value: Array, limit: SingleLimit) -> Placed:
    """Return the capacity that serves the most on average, if this limit were the only one.

    Parameters
    ----------
    room : Room
        The choice.
    ordered : array of shape (n_regions, n_futures)
        Demands of every region from small to large. [persons/period]
    value : array of shape (n_regions,)
        What serving one person counts for. [1]
    limit : SingleLimit
        The limit.

    Notes
    -----
    One more place in a region of capacity x is used with chance P(demand > x): it gains ``value * P(demand > x)``,
    which only ever falls as x grows. So there is a threshold below which no gain is worth its place: the region's
    capacity is the ``1 - threshold / value`` quantile of its demand. With sampled futures the gains are steps, and the
    threshold one of finitely many numbers, found by halving. Places that gain exactly the threshold are shared out by
    one water level of capacity over mean demand, so that all there is is used and the order does not matter.

    References
    ----------
    .. [1] G. Hadley and T. M. Whitin, Analysis of Inventory Systems, 1963 (newsvendors under one constraint).
    """
    start = np.maximum(room.lower, np.minimum(limit.free, room.upper))
    spare = float(limits_of(room.problem)[limit.place] - taken_by(room.problem, room.lower)[limit.place])
    persons = max(0.0, spare) / limit.rate
    everything = np.where(value > 0, room.upper, start)
    if float((everything - start).sum()) <= persons:
        return Placed(everything, float(value @ expected_served(room, everything)))
    steps = _Steps(ordered, value, start, room.upper)
    threshold, below = steps.threshold(persons)
    fewer, more = steps.above(below), steps.above(threshold)
    mean = ordered.mean(axis=1)
    level = water_level(mean, fewer, more, float(fewer.sum()) + persons - float((fewer - start).sum()))
    worth = float(value @ expected_served(room, more))
    # For any price of a place at all, no plan can be worth more than this.
    bound = worth + threshold * (persons - float((more - start).sum()))
    return Placed(at_level(level, mean, fewer, more), bound)


class _Steps:
    """The gains of one more place, region by region: for region r and step j, value[r] times the chance of use."""

    def __init__(self, ordered: Array, value: Array, start: Array, upper: Array) -> None:
        self._ordered, self._value, self._start, self._upper = ordered, value, start, upper
        self._rows, self._count = np.arange(value.size), ordered.shape[1]
        # The step up to the j-th smallest demand is used whenever that demand or a larger one comes.
        self._gain = np.outer(value, np.arange(self._count, 0, -1) / self._count)

    def above(self, threshold: float) -> Array:
        """Return the capacity at which every step that gains at least the threshold is taken."""
        taken = self._taken(threshold)
        reached = self._ordered[self._rows, np.maximum(taken - 1, 0)]
        return np.clip(np.where(taken > 0, reached, 0.0), self._start, self._upper)

    def threshold(self, persons: float) -> tuple[float, float]:
        """Return the largest gain whose steps do not all fit, and the next one above it (whose steps do fit)."""
        low, high = 0.0, float(self._gain.max()) * 2
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._fit(middle, persons) else (middle, high)
        # What is left between the two is few gains, of which the right one is then known exactly.
        gains = np.unique(self._gain[(self._gain >= low) & (self._gain < high) & (self._gain > 0)])
        first, last = 0, gains.size
        while last - first > 1:
            place = (first + last) // 2
            first, last = (first, place) if self._fit(gains[place], persons) else (place, last)
        return float(gains[first]), float(gains[last]) if last < gains.size else high

    def _fit(self, threshold: float, persons: float) -> bool:
        return float((self.above(threshold) - self._start).sum()) <= persons

    def _taken(self, threshold: float) -> NDArray[np.int64]:
        """Return how many steps of every region gain at least the threshold; gains fall from step to step."""
        share = np.divide(threshold, self._value, out=np.full(self._value.shape, np.inf), where=self._value > 0)
        guess = np.clip(np.floor(self._count * (1 - np.minimum(share, 2.0))) + 1, 0, self._count).astype(np.int64)
        # Rounding can put the guess off by one either way; the gains themselves decide.
        more = (guess < self._count) & (self._gain[self._rows, np.minimum(guess, self._count - 1)] >= threshold)
        fewer = (guess > 0) & (self._gain[self._rows, np.maximum(guess - 1, 0)] < threshold)
        return np.asarray(guess + more - fewer)
