"""How long people wait for a server, how many, and how busy the servers are: M/M/c, one queue for each region."""

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.waiting.entries import ABOVE_0, AT_LEAST_0, WHOLE_SERVERS, Array, Entry, checked
from medalloc.allocation.waiting.erlang import blocking, is_stable, waiting
from medalloc.sentences import sentence


def offered_load(arrivals: ArrayLike, service_time: ArrayLike) -> Array:
    """Return how many servers the arriving work would keep busy all the time.

    Parameters
    ----------
    arrivals : float or array
        Patients arriving, for each region. [persons/hour]
    service_time : float or array
        Mean time a patient keeps a server, such as the length of stay. [hours]

    Returns
    -------
    array
        In the common shape. [erlang]

    Raises
    ------
    InputError
        With every fault: arrivals that are negative or no numbers, a service time that is not above 0.

    Examples
    --------
    >>> offered_load(arrivals=[2, 0], service_time=4).tolist()
    [8.0, 0.0]
    """
    rate, time = checked(*_entries(arrivals, service_time))
    return np.asarray(rate * time)


def mean_wait(arrivals: ArrayLike, service_time: ArrayLike, servers: ArrayLike) -> Array:
    """Return the mean time before service starts, over all who arrive, those who need not wait included.

    Parameters
    ----------
    arrivals, service_time : float or array
        As in `offered_load`. [persons/hour], [hours]
    servers : int or array
        Beds or clinicians working in parallel, for each region. [count]

    Returns
    -------
    array
        In the common shape; infinite where the queue grows without end, 0 where nobody arrives. [hours]

    Raises
    ------
    InputError
        With every fault, as in `offered_load`, or servers that are no whole numbers of at least 0.

    Notes
    -----
    Arrivals are Poisson, service times exponential, first come is first served, nobody gives up and the queue has been
    running for long. A wait is infinite in the sense of that model: the queue never settles.

    Examples
    --------
    Three beds with a load of 2: of those who arrive 4/9 wait, as long as one stay on average.

    >>> mean_wait(arrivals=[2, 3], service_time=1, servers=3).round(6).tolist()
    [0.444444, inf]
    """
    rate, time, count = checked(*_entries(arrivals, service_time), _servers(servers))
    load = rate * time
    return wait_of(load, time, count, waiting(load, count, blocking(load, count)))


def queue_length(load: ArrayLike, servers: ArrayLike) -> Array:
    """Return the mean number of persons waiting for a server, those being served not included.

    Parameters
    ----------
    load : float or array
        Arrivals times mean service time, for each region. [erlang]
    servers : int or array
        Beds or clinicians working in parallel, for each region. [count]

    Returns
    -------
    array
        Arrivals times the mean wait (Little's law), in the common shape; infinite where it grows without end, 0 where
        nobody arrives. [persons]

    Raises
    ------
    InputError
        With every fault: a load that is negative or no number, servers that are no whole numbers of at least 0.

    Examples
    --------
    >>> queue_length(load=2, servers=[2, 3, 4]).round(6).tolist()
    [inf, 0.888889, 0.173913]
    """
    given, count = checked(_load(load), _servers(servers))
    return queue_of(given, count, blocking(given, count))


def share_waiting_longer(
    arrivals: ArrayLike, service_time: ArrayLike, servers: ArrayLike, *, target_wait: ArrayLike
) -> Array:
    """Return the share of those who arrive that wait longer than a target.

    Parameters
    ----------
    arrivals, service_time, servers : float or array
        As in `mean_wait`. [persons/hour], [hours], [count]
    target_wait : float or array
        Longest acceptable wait; at 0 the result is the probability of waiting. [hours]

    Returns
    -------
    array
        In [0, 1], in the common shape; 1 where the queue grows without end, 0 where nobody arrives.

    Raises
    ------
    InputError
        With every fault, as in `mean_wait`, or a target that is negative.

    Notes
    -----
    Who waits at all, waits exponentially long (first come, first served), on average ``service time / (servers -
    load)``.

    Examples
    --------
    >>> share_waiting_longer(2, 1, 3, target_wait=[0, 1]).round(6).tolist()
    [0.444444, 0.163502]
    """
    rate, time, count, target = checked(
        *_entries(arrivals, service_time), _servers(servers), Entry(sentence("Target wait"), target_wait, AT_LEAST_0)
    )
    load = rate * time
    return longer_of(load, count, waiting(load, count, blocking(load, count)), target / time)


def occupancy(load: ArrayLike, servers: ArrayLike) -> Array:
    """Return the share of their time that servers are busy, in the long run.

    Parameters
    ----------
    load, servers : float or array
        As in `queue_length`. [erlang], [count]

    Returns
    -------
    array
        In [0, 1], in the common shape; 1 where the queue grows without end, 0 where nobody arrives.

    Raises
    ------
    InputError
        With every fault, as in `queue_length`.

    Examples
    --------
    >>> occupancy(load=8, servers=[5, 10]).tolist()
    [1.0, 0.8]
    """
    given, count = checked(_load(load), _servers(servers))
    return occupancy_of(given, count)


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


def _entries(arrivals: ArrayLike, service_time: ArrayLike) -> tuple[Entry, Entry]:
    return (
        Entry(sentence("Arrivals"), arrivals, AT_LEAST_0),
        Entry(sentence("Mean service time"), service_time, ABOVE_0),
    )


def _servers(servers: ArrayLike) -> Entry:
    return Entry(sentence("Servers"), servers, WHOLE_SERVERS)


def _load(load: ArrayLike) -> Entry:
    return Entry(sentence("Offered load"), load, AT_LEAST_0)
