"""Waiting lists for planned care: how long the list may be, and how much capacity brings it there."""

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.waiting.entries import ABOVE_0, AT_LEAST_0, Array, Entry, checked
from medalloc.sentences import sentence


def target_queue_size(demand: ArrayLike, target_wait: ArrayLike, *, factor: ArrayLike = 4.0) -> Array:
    """Return how long a waiting list may be so that nearly everybody is seen within the target.

    Parameters
    ----------
    demand : float or array
        Referrals, for each list. [persons/week]
    target_wait : float or array
        Wait within which patients shall be seen. [weeks]
    factor : float or array
        How many times shorter than the target the mean wait has to be; 4 for most lists, up to 6 when it must hardly
        ever be missed. [1]

    Returns
    -------
    array
        Demand times the mean wait (Little's law). [persons]

    Raises
    ------
    InputError
        With every fault: a negative demand, a target or a factor that is not above 0.

    Notes
    -----
    Holds for a list in balance, with capacity above demand. With exponential waits and a factor of 4, a share of
    ``exp(-4)``, 1.8 %, waits longer than the target. Any unit of time will do, the same throughout.

    References
    ----------
    .. [1] K. Fong et al., Understanding waiting lists pressures, medRxiv 2022.08.23.22279117; NHS England.

    Examples
    --------
    >>> float(target_queue_size(demand=30, target_wait=52))
    390.0
    """
    rate, target, divisor = checked(_demand(demand), _target(target_wait), _factor(factor))
    return np.asarray(rate * target / divisor)


def relief_capacity(
    demand: ArrayLike, queue_size: ArrayLike, target_queue_size: ArrayLike, time_to_target: ArrayLike
) -> Array:
    """Return the capacity that brings a waiting list to its target size in a given time.

    Parameters
    ----------
    demand : float or array
        Referrals, for each list. [persons/week]
    queue_size : float or array
        Persons waiting now. [persons]
    target_queue_size : float or array
        Persons who may be waiting in the end, see `target_queue_size`. [persons]
    time_to_target : float or array
        Time until then. [weeks]

    Returns
    -------
    array
        Below the demand for a list that may grow, but never below 0. [persons/week]

    Raises
    ------
    InputError
        With every fault: a negative demand or number of persons, a time that is not above 0.

    Notes
    -----
    Meant for a list more than twice its target size; a shorter one is governed by `target_capacity`. Nobody leaves the
    list without being seen.

    References
    ----------
    .. [1] K. Fong et al., Understanding waiting lists pressures, medRxiv 2022.08.23.22279117; NHS England.

    Examples
    --------
    >>> round(float(relief_capacity(30, 1200, 390, 26)), 6)
    61.153846
    """
    rate, queue, goal, time = checked(
        _demand(demand),
        Entry(sentence("Queue size"), queue_size, AT_LEAST_0),
        Entry(sentence("Target queue size"), target_queue_size, AT_LEAST_0),
        Entry(sentence("Time to target"), time_to_target, ABOVE_0),
    )
    return np.asarray(np.maximum(0.0, rate + (queue - goal) / time))


def target_capacity(
    demand: ArrayLike,
    target_wait: ArrayLike,
    *,
    factor: ArrayLike = 4.0,
    cv_demand: ArrayLike = 1.0,
    cv_capacity: ArrayLike = 1.0,
) -> Array:
    """Return the capacity that keeps a waiting list in balance, so that nearly everybody is seen within the target.

    Parameters
    ----------
    demand, target_wait, factor : float or array
        As in `target_queue_size`. [persons/week], [weeks], [1]
    cv_demand : float or array
        Standard deviation over mean of the times between referrals; 1 when they come at random. [1]
    cv_capacity : float or array
        Standard deviation over mean of the times between treatments. [1]

    Returns
    -------
    array
        Above the demand unless neither varies. [persons/week]

    Raises
    ------
    InputError
        With every fault: a negative demand or coefficient, a target or a factor that is not above 0.

    Notes
    -----
    ``demand + (cv_demand^2 + cv_capacity^2) / 2 * factor / target_wait``: the heavy-traffic formula of Kingman and
    Marchal, good when capacity is little above demand.

    References
    ----------
    .. [1] K. Fong et al., Understanding waiting lists pressures, medRxiv 2022.08.23.22279117; NHS England.

    Examples
    --------
    >>> round(float(target_capacity(30, 52, factor=3, cv_demand=1.1, cv_capacity=1.2)), 6)
    30.076442
    """
    rate, target, divisor, of_demand, of_capacity = checked(
        _demand(demand),
        _target(target_wait),
        _factor(factor),
        Entry(sentence("Coefficient of variation of demand"), cv_demand, AT_LEAST_0),
        Entry(sentence("Coefficient of variation of capacity"), cv_capacity, AT_LEAST_0),
    )
    return np.asarray(rate + (of_demand**2 + of_capacity**2) / 2 * divisor / target)


def waiting_list_pressure(mean_wait: ArrayLike, target_wait: ArrayLike) -> Array:
    """Return how hard a waiting list presses on its target; above 1 the target is most likely missed.

    Parameters
    ----------
    mean_wait : float or array
        Mean wait of those on the list or treated, for each list. [weeks]
    target_wait : float or array
        Wait within which patients shall be seen. [weeks]

    Returns
    -------
    array
        Twice the mean wait over the target, so that lists with different targets can be compared. [1]

    Raises
    ------
    InputError
        With every fault: a negative mean wait, a target that is not above 0.

    References
    ----------
    .. [1] K. Fong et al., Understanding waiting lists pressures, medRxiv 2022.08.23.22279117; NHS England.

    Examples
    --------
    >>> float(waiting_list_pressure(mean_wait=42, target_wait=24))
    3.5
    """
    mean, target = checked(Entry(sentence("Mean wait"), mean_wait, AT_LEAST_0), _target(target_wait))
    return np.asarray(2 * mean / target)


def _demand(demand: ArrayLike) -> Entry:
    return Entry(sentence("Demand"), demand, AT_LEAST_0)


def _target(target_wait: ArrayLike) -> Entry:
    return Entry(sentence("Target wait"), target_wait, ABOVE_0)


def _factor(factor: ArrayLike) -> Entry:
    return Entry(sentence("Factor between target and mean wait"), factor, ABOVE_0)
