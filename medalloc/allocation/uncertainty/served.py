"""How many a plan serves when demand is another one than it was made for."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Protocol

import numpy as np

from medalloc.allocation.closed_forms.bundle import persons_by
from medalloc.allocation.problem import Array, Problem, Resource
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.errors import InputError
from medalloc.sentences import listed, sentence

UNDERSTOOD = frozenset(
    {
        *("regions", "demand", "resources", "existing", "cap", "value"),
        *("floor", "common_floor", "budget", "population", "policy", "locked", "staying"),
        *("region_requirement", "region_cost", "space"),
        # as fields of a resource; "space" above stands for both
        *("name", "stock", "requirement", "unit_cost", "length_of_stay"),
        # plans that are made for futures place parts of these too, which is said beside them
        "whole",
    }
)
"""Everything about a problem and its resources that serving in a future takes into account."""


class PlacesUnits(Protocol):
    """Any plan: what was asked, and what is placed where."""

    @property
    def problem(self) -> Problem:
        """What was asked."""

    @property
    def units(self) -> Array:
        """Units placed, shape (n_regions, n_resources) [units]."""


def served_in(plan: PlacesUnits, futures: Futures) -> Array:
    """Return the persons served in every future with the existing units and those the plan places.

    Parameters
    ----------
    plan : Plan or FuturesPlan
        Where units are; they stay there whatever the future brings.
    futures : Futures
        The same regions, in any order.

    Returns
    -------
    array of shape (n_futures, n_regions)
        In the order of the plan's regions. [persons/period]

    Raises
    ------
    InputError
        If the regions differ, or the problem holds something that this does not take into account.

    Notes
    -----
    ``min(demand, capacity)``: a person who is not served in a region is not served elsewhere.

    Examples
    --------
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),)))
    >>> served_in(plan, Futures(("North", "South"), [[10, 10], [40, 4]])).tolist()
    [[10.0, 5.0], [15.0, 4.0]]
    """
    require_understood(plan.problem)
    return np.minimum(futures.ordered_as(plan.problem.regions), capacity_of(plan.problem, plan.units))


def capacity_of(problem: Problem, units: Array) -> Array:
    """Return the persons whom the existing and these placed units can serve, shape (n_regions,) [persons/period]."""
    return np.asarray(persons_by(problem, problem.existing + units).min(axis=1))


def tail_mean(losses: Array, level: float) -> float:
    """Return the mean of the worst ``1 - level`` share of equally likely losses (CVaR, expected shortfall).

    Parameters
    ----------
    losses : array of shape (n_futures,)
        The larger, the worse.
    level : float
        From 0, which gives the plain mean, to below 1, which approaches the worst of all. [fraction]

    References
    ----------
    .. [1] R. T. Rockafellar and S. Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2, 2000.

    Examples
    --------
    >>> tail_mean(np.array([1.0, 2.0, 3.0, 4.0]), 0.5), round(tail_mean(np.array([1.0, 2.0, 3.0, 4.0]), 0.9), 9)
    (3.5, 4.0)
    """
    worst_first = -np.sort(-losses)
    # The last future that belongs to the tail may belong to it in part only.
    share = np.clip((1.0 - level) * losses.size - np.arange(losses.size), 0.0, 1.0)
    return float(worst_first @ share / share.sum())


def require_understood(problem: Problem) -> None:
    """Pass a problem on in which nothing is set that plans for sampled futures would ignore.

    Raises
    ------
    InputError
        Naming what is set.
    """
    ignored = _set_beyond(problem, lambda: Problem(problem.regions, problem.demand, problem.resources))
    for one in problem.resources:
        ignored += _set_beyond(one, partial(Resource, one.name, one.stock))
    if ignored:
        raise InputError(
            sentence(
                "Plans for demand scenarios do not take these settings into account: {settings}; leave them out.",
                settings=listed(dict.fromkeys(ignored)),
            )
        )


def _set_beyond(found: Problem | Resource, plain: Callable[[], Problem | Resource]) -> list[str]:
    """Return the names of settings that are not understood here and are not at rest, as they are in a plain one."""
    unknown = [each.name for each in fields(found) if each.name not in UNDERSTOOD]
    at_rest = plain() if unknown else None
    return [name for name in unknown if not _same(getattr(found, name), getattr(at_rest, name, None))]


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        # a missing number stands for "not settled" and is at rest, too
        return bool(np.array_equal(np.asarray(one, float), np.asarray(other, float), equal_nan=True))
    return bool(one == other)
