"""How long people wait for a server, how many, and how busy the servers are: M/M/c, one queue for each region.

Arrivals are Poisson, service times exponential, first come is first served, nobody gives up and the queue has been
running for long. A wait is infinite in the sense of that model: the queue never settles.
"""

import numpy as np

from medalloc.allocation.waiting.entries import Array
from medalloc.allocation.waiting.erlang import is_stable


def occupancy_of(load: Array, servers: Array) -> Array:
    """Return the occupancy, for checked arrays of one shape."""
    busy = np.divide(load, servers, out=np.ones_like(load), where=is_stable(load, servers) & (servers > 0))
    return np.asarray(np.where(load > 0, busy, 0.0))


def wait_of(load: Array, service_time: Array, servers: Array, waits: Array) -> Array:
    """Return the mean wait from the probability of waiting, for checked arrays of one shape. [hours]."""
    stable = is_stable(load, servers)
    spare = np.where(stable & (load > 0), servers - load, 1.0)
    return np.asarray(np.where(stable, waits * service_time / spare, np.inf))


def queue_of(load: Array, servers: Array, blocked: Array) -> Array:
    """Return the mean number waiting from Erlang B, for checked arrays of one shape. [persons]."""
    stable = is_stable(load, servers)
    spare = np.where(stable & (load > 0), servers - load, 1.0)
    offered = load * blocked
    return np.asarray(np.where(stable, servers * offered / ((spare + offered) * spare), np.inf))


def longer_of(load: Array, servers: Array, waits: Array, target: Array) -> Array:
    """Return the share waiting longer than a target, given in mean service times, for checked arrays of one shape."""
    stable = is_stable(load, servers) & (load > 0)
    spare = np.where(stable, servers - load, 0.0)
    return np.asarray(waits * np.exp(-spare * target))
