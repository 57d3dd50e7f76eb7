"""Which region gets which servers, so that the fewest people wait."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.waiting.entries import AT_LEAST_0, SERVERS, Array, Entry, checked
from medalloc.allocation.waiting.erlang import blocking, fewest_stable
from medalloc.allocation.waiting.gains import largest_gains
from medalloc.allocation.waiting.queues import queue_of
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import counted, sentence


@dataclass(frozen=True, eq=False)
class SharedServers:
    """Servers for every region, with the fewest people waiting that this many servers allow."""

    load: Array
    """Arrivals times mean service time, shape (n_regions,). [erlang]"""

    weights: Array
    """What one waiting person counts for, shape (n_regions,). [1]"""

    servers: Array
    """Existing servers and those placed, whole numbers, shape (n_regions,). [count]"""

    placed: Array
    """Servers placed, whole numbers, shape (n_regions,). [count]"""

    next_gain: float
    """How many fewer wait, counted likewise, with one more server where it helps most. [persons/server]"""

    left: float
    """Servers that stay in stock, because no queue would be shortened by as much as a float can hold. [count]"""

    @property
    def queue(self) -> Array:
        """Mean number of persons waiting, shape (n_regions,) [persons]."""
        return queue_of(self.load, self.servers, blocking(self.load, self.servers))

    @property
    def waiting(self) -> float:
        """Mean number of persons waiting anywhere, each counted with the weight of the region [persons]."""
        return float(self.weights @ self.queue)


def share_servers(
    load: ArrayLike, stock: float, *, weights: ArrayLike = 1.0, existing: ArrayLike = 0.0
) -> SharedServers:
    """Return the servers for every region that make the number of people waiting least.

    Parameters
    ----------
    load : array
        Arrivals times mean service time, shape (n_regions,). [erlang]
    stock : float
        Servers to place; a fraction of one is not placed. [count]
    weights : float or array
        What one waiting person counts for; a region of weight 0 gets what ends its queue and no more. [1]
    existing : float or array
        Servers already in a region, which stay there; fractions are rounded down. [count]

    Returns
    -------
    SharedServers
        The same for the same input, to the server: of equal gains the region that comes first is served first.

    Raises
    ------
    InputError
        With every fault: a load or a weight that is negative or no number, an impossible number of servers.
    InfeasibleError
        If there are not enough servers for every queue to end; says how many are needed.

    Notes
    -----
    The queue grows without end unless the servers exceed the load, so that every region with arrivals first gets
    ``floor(load) + 1`` servers. From there on the mean number waiting in an M/M/c queue is convex in the servers: each
    further one gains less than the one before. So the largest gains of all regions, pooled, are taken, as many as there
    are servers left, and no other division leaves fewer people waiting.

    References
    ----------
    .. [1] M. E. Dyer and L. G. Proll, On the validity of marginal analysis for allocating servers in M/M/c queues,
       Management Science 23, 1977.
    .. [2] B. L. Fox, Discrete optimization via marginal analysis, Management Science 13, 1966.

    Examples
    --------
    >>> shared = share_servers(load=[8, 2, 0], stock=16)
    >>> shared.servers.tolist(), shared.queue.round(3).tolist()
    ([12.0, 4.0, 0.0], [0.28, 0.174, 0.0])
    """
    arrays = checked(
        Entry(sentence("Offered load"), load, AT_LEAST_0),
        Entry(sentence("Weight of a waiting person"), weights, AT_LEAST_0),
        Entry(sentence("Existing beds or staff"), existing, SERVERS),
        Entry(sentence("Servers to place"), stock, SERVERS),
    )
    given, weight, there = (np.atleast_1d(array) for array in arrays[:3])
    there = np.floor(there)
    start = np.maximum(there, fewest_stable(given))
    extra = _left_after(float((start - there).sum()), float(math.floor(stock)))
    further, next_gain = largest_gains(given, weight, start, int(extra))
    servers = start + further
    return SharedServers(
        load=given,
        weights=weight,
        servers=servers,
        placed=servers - there,
        next_gain=next_gain,
        left=extra - float(further.sum()),
    )


def _left_after(needed: float, available: float) -> float:
    """Return the servers left once every queue ends, or say how many that takes."""
    if needed <= available:
        return available - needed
    raise InfeasibleError(
        [
            Conflict(
                sentence(
                    "Servers: for every queue to end {required} more are needed, available are {available}.",
                    required=needed,
                    available=available,
                ),
                needed,
                available,
                counted(
                    "Give at least {required} server, or shorten the stays.",
                    "Give at least {required} servers, or shorten the stays.",
                    "required",
                    required=needed,
                ),
            )
        ]
    )
