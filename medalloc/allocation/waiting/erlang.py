"""The two formulas of Erlang: how often all servers are busy."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincc

from medalloc.allocation.waiting.entries import AT_LEAST_0, WHOLE_SERVERS, Array, Entry, checked
from medalloc.sentences import sentence

ROUNDING = 1e-12
"""A load that differs from the servers by no more than this share counts as equal to them: 0.1 * 30 is 3."""

SMALLEST = 760.0
"""A float cannot be as small as exp(-SMALLEST)."""

FORGOTTEN = 74.0
"""The recursion starts where what came before changes the result by a factor of exp(-FORGOTTEN / 2) only."""

MANY = 24.0
"""From so many steps on the definition costs less than the recursion; Stirling's remainder is then exact, too."""

NEAR = 10.0
"""Standard deviations of the busy servers within which the definition loses nothing to rounding."""


def erlang_b(load: ArrayLike, servers: ArrayLike) -> Array:
    """Return the probability that an arriving patient finds every server busy and is turned away, in an M/M/c/c queue.

    Parameters
    ----------
    load : float or array
        Arrivals times mean service time, for each region. [erlang]
    servers : int or array
        Beds or clinicians working in parallel, for each region; 0 turns everybody away. [count]

    Returns
    -------
    array
        In [0, 1], in the common shape; below the smallest float it is 0.

    Raises
    ------
    InputError
        With every fault: a load that is negative or no number, servers that are no whole numbers of at least 0.

    Notes
    -----
    Arrivals are Poisson; only the mean of the service times matters. The recursion
    ``B(n) = load B(n - 1) / (n + load B(n - 1))`` needs no factorials and cannot overflow. A change of B(n - 1) by some
    share changes B(n) by that share times ``1 - B(n) <= n / load``, so that the recursion forgets its first steps: for
    large loads it starts about ``9 sqrt(load)`` steps before the load is reached, with the same result.

    References
    ----------
    .. [1] A. K. Erlang, Solution of some problems in the theory of probabilities of significance in automatic telephone
       exchanges, 1917.

    Examples
    --------
    >>> erlang_b(20, [10, 30]).round(6).tolist()
    [0.537963, 0.008457]
    """
    return blocking(*_checked(load, servers))


def erlang_c(load: ArrayLike, servers: ArrayLike) -> Array:
    """Return the probability that an arriving patient must wait, in an M/M/c queue.

    Parameters
    ----------
    load : float or array
        Arrivals times mean service time, for each region. [erlang]
    servers : int or array
        Beds or clinicians working in parallel, for each region. [count]

    Returns
    -------
    array
        In [0, 1], in the common shape; 1 when the load is not below the servers (the queue grows without end), 0 when
        nobody arrives.

    Raises
    ------
    InputError
        With every fault: a load that is negative or no number, servers that are no whole numbers of at least 0.

    Notes
    -----
    Arrivals are Poisson, service times exponential, everybody stays in the queue: a daily peak makes real waits longer,
    patients who give up make them shorter.

    References
    ----------
    .. [1] A. K. Erlang, 1917, as in `erlang_b`.

    Examples
    --------
    >>> erlang_c(load=8, servers=[8, 10]).round(6).tolist()
    [1.0, 0.40918]
    """
    load, servers = _checked(load, servers)
    return waiting(load, servers, blocking(load, servers))


def is_stable(load: Array, servers: Array) -> NDArray[np.bool_]:
    """Whether the load is below the servers, so that the queue does not grow without end."""
    return np.asarray((load == 0) | (servers > load * (1 + ROUNDING)))


def fewest_stable(load: Array) -> Array:
    """Return the fewest servers with which the queue does not grow without end; none where nobody arrives. [count]."""
    return np.asarray(np.where(load > 0, np.floor(load * (1 + ROUNDING)) + 1, 0.0))


def waiting(load: Array, servers: Array, blocked: Array) -> Array:
    """Return Erlang C from Erlang B, for checked arrays of one shape."""
    stable = is_stable(load, servers) & (load > 0)
    spare = np.where(stable, servers - load, 1.0)
    share = servers * blocked / (spare + load * blocked)
    return np.asarray(np.where(stable, share, np.where(load > 0, 1.0, 0.0)))


def blocking(load: Array, servers: Array) -> Array:
    """Return Erlang B, for checked arrays of one shape."""
    flat, count = load.ravel(), servers.ravel()
    first, gone = _start(flat, count), _vanishes(flat, count)
    steps = np.where(gone, 0.0, count - first)
    direct = (steps > MANY) & (count >= flat) & ((count - flat) ** 2 < NEAR**2 * flat)
    blocked = np.empty_like(flat)
    at_once, by_steps = np.flatnonzero(direct), np.flatnonzero(~direct)
    blocked[at_once] = _from_poisson(flat[at_once], count[at_once])
    begun = 1 - np.divide(first, flat, out=np.zeros_like(flat), where=flat > 0)
    begun = np.where(gone, 0.0, begun)[by_steps]
    blocked[by_steps] = _recursion(flat[by_steps], first[by_steps], steps[by_steps], begun)
    return blocked.reshape(load.shape)


def _recursion(load: Array, number: Array, steps: Array, blocked: Array) -> Array:
    """Return Erlang B some steps after the number of servers for which it is known."""
    # the queues with the most steps to go come first, so that those still going are always a front part
    order = np.argsort(-steps, kind="stable")
    load, number, steps, blocked = load[order], number[order], steps[order], blocked[order]
    fronts = np.searchsorted(-steps, -np.arange(1, steps.max(initial=0.0) + 1), side="right")
    for front in fronts.tolist():
        going, busy = number[:front], blocked[:front]
        going += 1
        # as in `next_blocking`, without new memory
        busy *= load[:front]
        busy /= going + busy
    result = np.empty_like(load)
    result[order] = blocked
    return result


def _from_poisson(load: Array, servers: Array) -> Array:
    """Return Erlang B as it is defined: how likely a Poisson number is exactly the servers, if it is not above them.

    The logarithm is that of Stirling's formula with its remainder, so that no large numbers are subtracted.
    """
    above = (servers - load) / load
    square = 1 / servers**2
    remainder = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / servers
    exponent = load * ((1 + above) * np.log1p(above) - above) + remainder
    exactly = np.exp(-exponent) / np.sqrt(2 * np.pi * servers)
    return np.asarray(exactly / gammaincc(servers + 1, load))


def next_blocking(load: Array, servers: Array, blocked: Array) -> Array:
    """Return Erlang B with these servers from Erlang B with one less."""
    offered = load * blocked
    return np.asarray(offered / (servers + offered))


def _vanishes(load: Array, servers: Array) -> NDArray[np.bool_]:
    """Whether Erlang B is below the smallest float: by Chernoff's bound for so many busy servers."""
    spare = np.maximum(0.0, servers - load)
    return np.asarray(spare**2 > 2 * SMALLEST * (load + spare / 3))


def _start(load: Array, servers: Array) -> Array:
    """Return the latest step at which the recursion may start from ``1 - n / load`` without a trace in the result."""
    beyond, scale = np.maximum(0.0, load - servers), np.sqrt(FORGOTTEN * load)
    # m steps up to min(load, servers) forget a factor of exp(-(m beyond + m^2 / 2) / load)
    root = beyond + np.hypot(beyond, scale)
    steps = scale * np.divide(scale, root, out=np.zeros_like(load), where=root > 0)
    return np.asarray(np.maximum(0.0, np.floor(np.minimum(load, servers) - steps)))


def _checked(load: ArrayLike, servers: ArrayLike) -> tuple[Array, Array]:
    checked_load, checked_servers = checked(
        Entry(sentence("Offered load"), load, AT_LEAST_0),
        Entry(sentence("Servers"), servers, WHOLE_SERVERS),
    )
    return checked_load, checked_servers
