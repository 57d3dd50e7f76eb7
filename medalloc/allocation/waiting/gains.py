"""The largest gains of further servers, pooled over all regions: exact, without a queue of priorities."""

import math
import sys
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.waiting.entries import Array
from medalloc.allocation.waiting.erlang import blocking
from medalloc.allocation.waiting.queues import queue_of

Places = NDArray[np.intp]

SMALLEST_GAIN = sys.float_info.min
"""What is smaller is no gain: a float cannot hold it exactly. [persons]"""

GROWTH = 1.1
"""The level is raised whenever the pool has grown by this factor: often enough to stop early, seldom enough."""

FEWEST_STEPS, MOST_STEPS, TABLE = 3, 16, 8_192
"""Servers that regions take before the next look at which of them may stop: more where fewer regions are left."""

USEFUL = 0.8
"""Regions are dropped once fewer than this share of those still stepping can gain enough."""

SAMPLE = 2_048
"""Gains drawn to guess where the n-th largest lies; the guess is then checked by counting."""


def largest_gains(load: Array, weights: Array, start: Array, count: int) -> tuple[Array, float]:
    """Return how many of the largest gains belong to each region, and the largest gain that is not among them.

    Parameters
    ----------
    load, weights, start : array
        Load [erlang], what one waiting person counts for [1], and servers with which the queue ends [count], shape
        (n_regions,).
    count : int
        Servers to take. [count]

    Returns
    -------
    further : array
        Servers taken by each region; fewer than `count` in all where no more gains anything, shape (n_regions,).
    next_gain : float
        Gain of one more server where it helps most; 0 when it gains nothing. [persons/server]

    Notes
    -----
    Every region's gains fall from server to server. So all regions step forward together, their gains are pooled, and a
    region stops once its gain is below a level that ``count + 1`` gains of the pool are known to reach.

    Examples
    --------
    >>> further, next_gain = largest_gains(np.array([8.0, 2.0]), np.ones(2), np.array([9.0, 3.0]), 4)
    >>> further.tolist(), round(next_gain, 3)
    ([3.0, 1.0], 0.158)
    """
    pool = _pooled(load, weights, start, count + 1)
    gains = pool.gains[: pool.size]
    level = nth_largest(gains, count + 1) if gains.size > count else 0.0
    if level < SMALLEST_GAIN:
        return pool.by_region(gains >= SMALLEST_GAIN, load.size), 0.0
    further = pool.by_region(gains > level, load.size)
    left = count - further.sum()
    if left:
        # of equal gains those of the first regions are taken
        tied = pool.by_region(gains == level, load.size)
        further += np.clip(left - (np.cumsum(tied) - tied), 0.0, tied)
    return further, level


def nth_largest(numbers: Array, n: int) -> float:
    """Return the n-th largest of at least n numbers.

    Notes
    -----
    A sample says between which two of the numbers it must lie; counting says whether that is so, and only the few
    numbers in between are searched. If the sample misleads, all of them are.

    Examples
    --------
    >>> nth_largest(np.array([3.0, 1.0, 2.0, 2.0]), 2)
    2.0
    """
    low, high = _bracket(numbers, n)
    above = int(np.count_nonzero(numbers > high))
    between = numbers[(numbers >= low) & (numbers <= high)]
    if not above < n <= above + between.size:
        above, between = 0, numbers
    place = between.size - (n - above)
    return float(np.partition(between, place)[place])


def _bracket(numbers: Array, n: int) -> tuple[float, float]:
    """Return two of the numbers between which the n-th largest lies, very likely."""
    sample = np.sort(numbers[:: max(1, numbers.size // SAMPLE)])[::-1]
    share, last = n / numbers.size, sample.size - 1
    doubt = 1 + 3 * math.sqrt(sample.size * share * (1 - share))
    expected = share * sample.size
    return float(sample[min(last, int(expected + doubt))]), float(sample[min(last, max(0, int(expected - doubt)))])


def _pooled(load: Array, weights: Array, start: Array, wanted: int) -> "_Pool":
    """Return gains among which are the wanted largest, or all there are if there are not that many."""
    pool, queues = _Pool(wanted), _Queues.at(load, weights, start)
    while queues.place.size:
        gains = pool.room_for(queues.place, min(MOST_STEPS, max(FEWEST_STEPS, TABLE // queues.place.size)))
        queues.take(gains)
        pool.raise_level()
        worth = np.flatnonzero(gains[-1] >= pool.level)
        if worth.size < USEFUL * queues.place.size:
            queues.keep(worth)
    return pool


class _Pool:
    """Gains of all regions so far: one row for each step, written one after the other into the same memory."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.gains = np.empty(3 * wanted)
        self.size = 0
        self.level = SMALLEST_GAIN
        self.runs: list[tuple[Places, int]] = []
        self.raise_at = float(wanted)

    def room_for(self, places: Places, steps: int) -> Array:
        """Return where the gains of some steps of these regions are to be written, shape (steps, regions)."""
        begin, end = self.size, self.size + steps * places.size
        if end > self.gains.size:
            self.gains = np.concatenate([self.gains, np.empty(end)])
        # rows of the same regions follow each other, so they need to be named only once
        if not self.runs or self.runs[-1][0] is not places:
            self.runs.append((places, begin))
        self.size = end
        return self.gains[begin:end].reshape(steps, -1)

    def raise_level(self) -> None:
        """Raise the level as far as the wanted number of gains reaches it for certain."""
        if self.size >= self.raise_at:
            gains = self.gains[: self.size]
            low, _ = _bracket(gains, self.wanted)
            if low > self.level and np.count_nonzero(gains >= low) >= self.wanted:
                self.level = low
            self.raise_at = GROWTH * self.size

    def by_region(self, chosen: NDArray[np.bool_], regions: int) -> Array:
        """Return how many of the chosen gains belong to each region."""
        ends = [*(begin for _, begin in self.runs), self.size][1:]
        counts = np.zeros(regions)
        for (places, begin), end in zip(self.runs, ends, strict=True):
            counts[places] += np.count_nonzero(chosen[begin:end].reshape(-1, places.size), axis=0)
        return counts


@dataclass(eq=False)
class _Queues:
    """Regions that may still take servers, all stepping forward together. Changed in place: a step is microseconds."""

    place: Places
    load: Array
    weight: Array
    servers: Array
    offered: Array
    queue: Array

    @classmethod
    def at(cls, load: Array, weights: Array, servers: Array) -> "_Queues":
        """Return the regions in which a further server can gain anything."""
        place = np.flatnonzero((load > 0) & (weights > 0))
        load, weights, servers = load[place], weights[place], servers[place]
        blocked = blocking(load, servers)
        queue = queue_of(load, servers, blocked)
        return cls(place, load, weights, servers, load * blocked, queue)

    def take(self, gains: Array) -> None:
        """Go on by some servers for each region, and write down how many fewer wait with each, shape (steps, regions).

        Erlang B and the queue are those of `next_blocking` and `queue_of`, which share a product and need no checks
        here.
        """
        steps = len(gains)
        servers = self.servers + np.arange(1.0, steps + 1)[:, None]
        offered, queue = np.empty_like(servers), np.empty((steps + 1, self.load.size))
        before = self.offered
        for now, count in zip(offered, servers, strict=True):
            np.add(count, before, out=now)
            np.divide(before, now, out=now)
            now *= self.load
            before = now
        self.offered, self.servers = before.copy(), servers[-1]
        queue[0] = self.queue
        np.multiply(servers, offered, out=queue[1:])
        spare = servers - self.load
        offered += spare
        offered *= spare
        queue[1:] /= offered
        np.subtract(queue[:-1], queue[1:], out=gains)
        gains *= self.weight
        self.queue = queue[-1]

    def keep(self, kept: Places) -> None:
        """Go on with some of the regions only."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name)[kept])
