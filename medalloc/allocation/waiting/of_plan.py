"""How long people wait under a plan, for every resource that somebody queues for."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.waiting.entries import Array
from medalloc.allocation.waiting.waits import Waits, wait_in_words, waits
from medalloc.sentences import Sentence, counted, sentence

NEXT_TO_NONE = 1e-9
"""Less than any wait that is told from none. [hours]"""

A_MINUTE = 1 / 60
"""A shorter wait is not told more closely. [hours]"""


def waits_of(plan: Plan, *, target_wait: float = 4.0, period: float = HOURS_A_YEAR) -> Mapping[str, Waits]:
    """Return the waits in every region for each resource with a length of stay.

    Parameters
    ----------
    plan : Plan
        Its units of a resource, existing and placed, are the servers; everybody in need of it arrives.
    target_wait : float
        Longest acceptable wait. [hours]
    period : float
        How long the period of the demand is. [hours]

    Returns
    -------
    mapping of str to Waits
        By name of the resource; empty where no resource has a length of stay.

    Raises
    ------
    InputError
        With every fault, as `waits` does, such as more units in one region than it takes.

    Notes
    -----
    A region whose persons use none of a resource (a requirement of 0) sends nobody to its queue. Who stands in for whom
    is left out of account: a unit serves the queue of its own resource. Limits of validity are those of `waits`.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> beds = Resource("beds", stock=18, requirement=0.01, length_of_stay=48)
    >>> plan = solve(Problem(("North", "South"), [1460, 730], (beds,), existing=[[0], [4]]))
    >>> found = waits_of(plan)["beds"]
    >>> found.load.tolist(), found.servers.tolist(), found.is_endless.tolist()
    ([8.0, 4.0], [14.0, 7.0], [False, False])
    """
    units = plan.problem.existing + plan.units
    return {
        name: waits(
            arriving(plan, place),
            plan.problem.resources[place].length_of_stay or 0.0,
            units[:, place],
            target_wait=target_wait,
            period=period,
        )
        for name, place in queued_for(plan).items()
    }


def queued_for(plan: Plan) -> dict[str, int]:
    """Return the place of every resource with a length of stay, by name."""
    return {one.name: place for place, one in enumerate(plan.problem.resources) if one.length_of_stay is not None}


def arriving(plan: Plan, place: int) -> Array:
    """Return who arrives for one resource: everybody in need who uses it, shape (n_regions,) [persons/period]."""
    problem = plan.problem
    persons = problem.demand if problem.demand_of is None else problem.demand_of[:, place]
    return np.where(problem.requirement[:, place] > 0, persons, 0.0)


def waits_json(plan: Plan, *, target_wait: float = 4.0, period: float = HOURS_A_YEAR) -> dict[str, object]:
    """Return the waits as plain values by resource; an infinite wait is None, and ``endless`` says so."""
    return {
        name: {
            "target_wait": float(target_wait),
            "overall_wait": found.overall_wait if math.isfinite(found.overall_wait) else None,
            "overall_share_longer": found.overall_share_longer,
            "endless": bool(found.is_endless.any()),
            "regions": [
                {"region": region, **row} for region, row in zip(plan.problem.regions, found.to_json(), strict=True)
            ],
        }
        for name, found in waits_of(plan, target_wait=target_wait, period=period).items()
    }


def in_one_sentence(resource: str, regions: Sequence[str], found: Waits) -> Sentence:
    """Return how long people wait for a resource, in one sentence; in words where no mean wait can be given.

    Examples
    --------
    >>> print(in_one_sentence("beds", ["North", "South"], waits([730, 730], 96, [8, 10])))
    In North there are too few beds for those who arrive, and the queue grows without end; elsewhere the mean wait is 19.6 hours.
    """  # noqa: E501
    named: dict[str, object] = {"resource": resource}
    arrives, endless = found.arrivals > 0, found.is_endless
    if not arrives.any():
        return sentence("Nobody arrives for {resource}, so nobody waits.", **named)
    if endless[arrives].all():
        return sentence(
            "In every region where somebody arrives there are too few {resource}: the queues grow without end, and no "
            "mean wait can be given.",
            **named,
        )
    if endless.any():
        calm = arrives & ~endless
        named["wait"] = in_time(float(found.queue[calm].sum() / found.arrivals[calm].sum()))
        return _in_part(regions, np.flatnonzero(endless).tolist(), named)
    if found.overall_wait == 0:
        return sentence("Nobody waits for {resource}.", **named)
    longest = int(found.mean_wait.argmax())
    if found.mean_wait[longest] < A_MINUTE:
        return sentence("The mean wait for {resource} is less than a minute in every region.", **named)
    return sentence(
        "The mean wait for {resource} is {wait}, the longest in {region} with {longest}; {percent}% of "
        "those who arrive wait longer than {target}.",
        **named,
        wait=in_time(found.overall_wait),
        region=regions[longest],
        longest=in_time(float(found.mean_wait[longest])),
        percent=round(100 * found.overall_share_longer, 1),
        target=target_in_words(float(found.target_wait.max())),
    )


def _in_part(regions: Sequence[str], endless: list[int], named: dict[str, object]) -> Sentence:
    if len(endless) == 1:
        return sentence(
            "In {region} there are too few {resource} for those who arrive, and the queue grows without end; elsewhere "
            "the mean wait is {wait}.",
            **named,
            region=regions[endless[0]],
        )
    return counted(
        "In {count} of {all} region there are too few {resource} for those who arrive, and the queue grows without "
        "end; elsewhere the mean wait is {wait}.",
        "In {count} of {all} regions there are too few {resource} for those who arrive, and the queue grows without "
        "end; elsewhere the mean wait is {wait}.",
        "all",
        **named,
        count=len(endless),
        all=len(regions),
    )


def in_time(hours: float) -> Sentence:
    """Return a wait as it is shown inside a sentence, where "no wait" would not be a length of time."""
    return wait_in_words(max(hours, NEXT_TO_NONE))


def target_in_words(hours: float) -> Sentence:
    """Return a target as it is shown: a time, where a wait would be called short or none.

    Examples
    --------
    >>> print(target_in_words(0), target_in_words(4), target_in_words(0.5), sep="; ")
    0 hours; 4 hours; 30 minutes
    """
    return wait_in_words(hours) if hours >= A_MINUTE else counted("{hours} hour", "{hours} hours", "hours", hours=hours)
