"""How many servers a promise about waiting takes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.waiting.entries import (
    ABOVE_0,
    AT_LEAST_0,
    BELOW_1,
    MOST_SERVERS,
    TO_1,
    Array,
    Entry,
    checked,
)
from medalloc.allocation.waiting.erlang import ROUNDING, blocking, fewest_stable, next_blocking, waiting
from medalloc.allocation.waiting.queues import longer_of, occupancy_of, wait_of
from medalloc.errors import InputError
from medalloc.sentences import sentence


@dataclass(frozen=True, eq=False)
class Staffing:
    """The fewest servers that keep a promise, and what people then meet with."""

    servers: Array
    """Beds or clinicians working in parallel, whole numbers, shape (n_regions,). [count]"""

    service_level: Array
    """Share of those who arrive that wait no longer than the target, shape (n_regions,). [fraction]"""

    occupancy: Array
    """Share of their time that servers are busy, shape (n_regions,). [fraction]"""

    share_waiting: Array
    """Share of those who arrive that must wait at all, shape (n_regions,). [fraction]"""

    mean_wait: Array
    """Mean time before service starts, shape (n_regions,). [hours]"""


def staffing(
    arrivals: ArrayLike,
    service_time: ArrayLike,
    *,
    target_wait: ArrayLike,
    service_level: ArrayLike,
    most_occupied: ArrayLike = 1.0,
) -> Staffing:
    """Return the fewest servers with which enough people wait no longer than a target, in an M/M/c queue.

    Parameters
    ----------
    arrivals : float or array
        Patients arriving, for each region. [persons/hour]
    service_time : float or array
        Mean time a patient keeps a server. [hours]
    target_wait : float or array
        Longest acceptable wait; 0 is no wait at all. [hours]
    service_level : float or array
        Share of those who arrive that shall wait no longer than that, below 1. [fraction]
    most_occupied : float or array
        Largest share of their time that servers may be busy; 1 is no limit. [fraction]

    Returns
    -------
    Staffing
        In the common shape; no servers where nobody arrives.

    Raises
    ------
    InputError
        With every fault; a service level of 1 is one, because no number of servers keeps it for certain.

    Notes
    -----
    Any unit of time will do, the same throughout. The share waiting longer falls with every server, so the first number
    that keeps the promise is the fewest. Absence, leave and shifts are not included: the servers are those at work.

    Examples
    --------
    100 calls in 30 minutes, 3 minutes each; 80 % are to be answered within 20 seconds.

    >>> found = staffing(100 / 0.5, 3 / 60, target_wait=0.33 / 60, service_level=0.8)
    >>> int(found.servers), round(float(found.service_level), 3), round(float(found.occupancy), 3)
    (14, 0.888, 0.714)
    """
    rate, time, target, level, busy = checked(
        Entry(sentence("Arrivals"), arrivals, AT_LEAST_0),
        Entry(sentence("Mean service time"), service_time, ABOVE_0),
        Entry(sentence("Target wait"), target_wait, AT_LEAST_0),
        Entry(sentence("Service level"), service_level, BELOW_1),
        Entry(sentence("Largest occupancy"), most_occupied, TO_1),
    )
    load = rate * time
    servers = _fewest(load, target / time, level, busy)
    waits = waiting(load, servers, blocking(load, servers))
    return Staffing(
        servers=servers,
        service_level=1 - longer_of(load, servers, waits, target / time),
        occupancy=occupancy_of(load, servers),
        share_waiting=waits,
        mean_wait=wait_of(load, time, servers, waits),
    )


def _fewest(load: Array, target: Array, level: Array, busy: Array) -> Array:
    """Return the fewest servers, taking one more wherever the promise is not kept yet; the target in service times."""
    # a load of 7 and at most 0.7 busy is 10 servers, whatever 7 / 0.7 is rounded to
    servers = np.maximum(fewest_stable(load), np.ceil(load / busy * (1 - ROUNDING)))
    if (servers > MOST_SERVERS).any():
        raise InputError(
            sentence(
                "Staffing takes {found} servers, more than {most}; check the units of arrivals and service time.",
                found=float(servers.max()),
                most=MOST_SERVERS,
            )
        )
    flat, allowed, target = load.ravel(), (1 - level.ravel()) * (1 + ROUNDING), target.ravel()
    count, blocked = servers.ravel(), blocking(load, servers).ravel()
    short = np.arange(flat.size)
    while True:
        now, of = count[short], flat[short]
        late = longer_of(of, now, waiting(of, now, blocked[short]), target[short]) > allowed[short]
        short = short[late]
        if not short.size:
            return count.reshape(load.shape)
        count[short] += 1
        blocked[short] = next_blocking(flat[short], count[short], blocked[short])
