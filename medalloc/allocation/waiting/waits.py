"""How long people wait in every region under a plan: to be shown beside coverage."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.waiting.entries import ABOVE_0, AT_LEAST_0, SERVERS, Array, Entry, checked
from medalloc.allocation.waiting.erlang import blocking, is_stable, waiting
from medalloc.allocation.waiting.queues import longer_of, occupancy_of, queue_of, wait_of
from medalloc.sentences import Sentence, counted, sentence


@dataclass(frozen=True, eq=False)
class Waits:
    """What people meet with in every region, if each region is an M/M/c queue of its own."""

    arrivals: Array
    """Patients arriving, shape (n_regions,). [persons/hour]"""

    load: Array
    """Servers that the arriving work would keep busy all the time, shape (n_regions,). [erlang]"""

    servers: Array
    """Whole beds or clinicians working in parallel, shape (n_regions,). [count]"""

    occupancy: Array
    """Share of their time that servers are busy; 1 where the queue grows without end, shape (n_regions,). [fraction]"""

    share_waiting: Array
    """Share of those who arrive that must wait at all, shape (n_regions,). [fraction]"""

    mean_wait: Array
    """Mean time before service starts; infinite where the queue grows without end, shape (n_regions,). [hours]"""

    queue: Array
    """Mean number of persons waiting; infinite likewise, shape (n_regions,). [persons]"""

    share_longer: Array
    """Share of those who arrive that wait longer than the target, shape (n_regions,). [fraction]"""

    target_wait: Array
    """Longest acceptable wait, shape (n_regions,). [hours]"""

    @property
    def is_endless(self) -> NDArray[np.bool_]:
        """Whether the queue grows without end, shape (n_regions,)."""
        return ~is_stable(self.load, self.servers)

    @property
    def overall_wait(self) -> float:
        """Mean wait of everybody who arrives anywhere; infinite if any queue grows without end, else finite [hours]."""
        everybody = float(self.arrivals.sum())
        return float(self.queue.sum()) / everybody if everybody > 0 else 0.0

    @property
    def overall_share_longer(self) -> float:
        """Share of everybody who arrives anywhere that waits longer than the target [fraction]."""
        everybody = float(self.arrivals.sum())
        return float(self.arrivals @ self.share_longer) / everybody if everybody > 0 else 0.0

    def to_json(self) -> list[dict[str, object]]:
        """Return plain values for each region; an infinite wait or queue is None, and ``endless`` says so."""
        columns = {
            "load": self.load,
            "servers": self.servers,
            "occupancy": self.occupancy,
            "share_waiting": self.share_waiting,
            "mean_wait": self.mean_wait,
            "queue": self.queue,
            "share_longer": self.share_longer,
            "target_wait": self.target_wait,
        }
        rows = zip(*(column.tolist() for column in columns.values()), strict=True)
        plain = (map(_plain, row) for row in rows)
        return [
            {**dict(zip(columns, row, strict=True)), "endless": bool(end)}
            for row, end in zip(plain, self.is_endless, strict=True)
        ]


def waits(
    demand: ArrayLike,
    length_of_stay: ArrayLike,
    servers: ArrayLike,
    *,
    target_wait: ArrayLike = 4.0,
    period: float = HOURS_A_YEAR,
) -> Waits:
    """Return how long people wait in every region.

    Parameters
    ----------
    demand : array
        Expected persons in need who arrive, shape (n_regions,). [persons/period]
    length_of_stay : float or array
        Mean time a person keeps a bed, or a clinician busy. [hours]
    servers : array
        Beds or clinicians working in parallel: existing ones and those placed, shape (n_regions,). Part of a server
        serves nobody in this model, so that fractions are rounded down (a shortfall of rounding only is not). [units]
    target_wait : float or array
        Longest acceptable wait. [hours]
    period : float
        How long the period of the demand is; 8,760 is a year of 365 days. [hours]

    Returns
    -------
    Waits
        One value for each region; a single number is taken as one region.

    Raises
    ------
    InputError
        With every fault: numbers that are negative or none, a length of stay or a period that is not above 0.

    Notes
    -----
    Everybody in need arrives, at random and evenly over day and year, and waits until served in their own region;
    stays are exponentially distributed. A daily or seasonal peak makes real waits longer, transfers and people who give
    up make them shorter. Read it as a comparison of regions rather than as a forecast of one.

    Examples
    --------
    >>> found = waits(demand=[730, 730], length_of_stay=96, servers=[10.5, 8])
    >>> found.load.tolist(), found.servers.tolist()
    ([8.0, 8.0], [10.0, 8.0])
    >>> found.mean_wait.round(2).tolist(), found.is_endless.tolist()
    ([19.64, inf], [False, True])
    """
    given = checked(
        Entry(sentence("Demand"), demand, AT_LEAST_0),
        Entry(sentence("Length of stay"), length_of_stay, ABOVE_0),
        Entry(sentence("Servers"), servers, SERVERS),
        Entry(sentence("Target wait"), target_wait, AT_LEAST_0),
        Entry(sentence("Length of the period"), period, ABOVE_0),
    )
    persons, stay, units, target, hours = (np.atleast_1d(array) for array in given)
    # units that add up to 2.9999999999 are 3 beds
    count, load = np.floor(units * (1 + 1e-9)), persons / hours * stay
    blocked = blocking(load, count)
    share = waiting(load, count, blocked)
    return Waits(
        arrivals=persons / hours,
        load=load,
        servers=count,
        occupancy=occupancy_of(load, count),
        share_waiting=share,
        mean_wait=wait_of(load, stay, count, share),
        queue=queue_of(load, count, blocked),
        share_longer=longer_of(load, count, share, target / stay),
        target_wait=target,
    )


def longest_but(found: Waits, length_of_stay: float, share: float) -> float:
    """Return the wait that all but a share of those who arrive anywhere stay within; infinite if it has no end [hours].

    Parameters
    ----------
    found : Waits
        Waits in every region.
    length_of_stay : float
        That they were worked out with. [hours]
    share : float
        Who may wait longer, above 0. [fraction]

    Examples
    --------
    >>> round(longest_but(waits([730], 96, [10]), 96, 0.05), 1)
    100.9
    """
    everybody = float(found.arrivals.sum())

    def longer(hours: float) -> float:
        target = np.full_like(found.load, hours / length_of_stay)
        return float(found.arrivals @ longer_of(found.load, found.servers, found.share_waiting, target)) / everybody

    if everybody == 0 or longer(0.0) <= share:
        return 0.0
    # those of queues without end wait longer than any time
    if float(found.arrivals @ found.is_endless) / everybody >= share:
        return math.inf
    high = length_of_stay
    while longer(high) > share:
        high *= 2
    # to load it takes a quarter of a second, which whoever plans without waits need not spend
    from scipy.optimize import brentq

    return float(brentq(lambda hours: longer(hours) - share, 0.0, high, xtol=1e-9))


def wait_in_words(hours: float) -> Sentence:
    """Return a wait as it is shown; an infinite one in words, never as a number.

    Examples
    --------
    >>> print(wait_in_words(0.5), wait_in_words(72), wait_in_words(math.inf), wait_in_words(0), sep="; ")
    30 minutes; 3 days; the queue grows without end; no wait
    """
    if math.isinf(hours):
        return sentence("the queue grows without end")
    if hours == 0:
        return sentence("no wait")
    if hours < 1 / 60:
        return sentence("less than a minute")
    if hours < 1:
        return counted("{minutes} minute", "{minutes} minutes", "minutes", minutes=60 * hours)
    if hours == 1:
        return sentence("one hour")
    return (
        counted("{days} day", "{days} days", "days", days=hours / 24)
        if hours >= 48
        else counted("{hours} hour", "{hours} hours", "hours", hours=hours)
    )


def _plain(cell: float) -> float | None:
    return cell if math.isfinite(cell) else None
