"""How many units a plan lacks for a promise about waiting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.waiting.entries import Array
from medalloc.allocation.waiting.of_plan import queued_for, target_in_words, waits_of
from medalloc.allocation.waiting.staffing import staffing
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True, eq=False)
class Lacking:
    """What it takes to keep a promise about waiting in every region, and what a plan lacks of it."""

    resource: str
    """What people queue for."""

    target_wait: float
    """Longest acceptable wait. [hours]"""

    service_level: float
    """Share of those who arrive that shall wait no longer than that. [fraction]"""

    enough: Array
    """Fewest whole units that keep the promise, shape (n_regions,). [units]"""

    lacking: Array
    """How many of them the plan does not have, shape (n_regions,). [units]"""

    def said(self, regions: Sequence[str]) -> Sentence:
        """Return what is lacking in one sentence; `regions` are their names."""
        named: dict[str, object] = {
            "resource": self.resource,
            "percent": round(100 * self.service_level, 1),
            "target": target_in_words(self.target_wait),
        }
        short = np.flatnonzero(self.lacking > 0).tolist()
        if not short:
            return sentence(
                "Every region has enough {resource} for {percent}% to wait no longer than {target}.", **named
            )
        most = int(self.lacking.argmax())
        named |= {"lacking": float(self.lacking.sum()), "region": regions[most]}
        if len(short) == 1:
            return sentence(
                "For {percent}% to wait no longer than {target}, {region} needs {lacking} more {resource}.", **named
            )
        return sentence(
            "For {percent}% to wait no longer than {target}, {count} regions need {lacking} more "
            "{resource}, most of all {region} with {most}.",
            **named,
            count=len(short),
            most=float(self.lacking[most]),
        )


def units_lacking(
    plan: Plan, *, target_wait: float = 4.0, service_level: float = 0.95, period: float = HOURS_A_YEAR
) -> Mapping[str, Lacking]:
    """Return, for each resource with a length of stay, how many units keep a promise and how many of them are lacking.

    Parameters
    ----------
    plan, target_wait, period
        As in `waits_of`.
    service_level : float
        Share of those who arrive that shall wait no longer than the target, below 1. [fraction]

    Returns
    -------
    mapping of str to Lacking
        By name of the resource. What one region has too many of is not held against what another lacks.

    Raises
    ------
    InputError
        With every fault, as `waits_of` and `staffing` do.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> beds = Resource("beds", stock=18, requirement=0.01, length_of_stay=48)
    >>> plan = solve(Problem(("North", "South"), [1460, 730], (beds,), existing=[[0], [4]]))
    >>> found = units_lacking(plan)["beds"]
    >>> found.enough.tolist(), found.lacking.tolist()
    ([14.0, 8.0], [0.0, 1.0])
    """
    return {
        name: _lacking(name, found.arrivals, found.servers, _stay(plan, name), target_wait, service_level)
        for name, found in waits_of(plan, target_wait=target_wait, period=period).items()
    }


def _stay(plan: Plan, name: str) -> float:
    return plan.problem.resources[queued_for(plan)[name]].length_of_stay or 0.0


def _lacking(name: str, arrivals: Array, servers: Array, stay: float, target: float, level: float) -> Lacking:
    enough = staffing(arrivals, stay, target_wait=target, service_level=level).servers
    return Lacking(name, target, level, enough, np.maximum(0.0, enough - servers))
