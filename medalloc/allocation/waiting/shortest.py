"""How short waits could be, were every unit of a resource placed anew to that end alone."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.waiting.entries import MOST_SERVERS, Array
from medalloc.allocation.waiting.erlang import fewest_stable
from medalloc.allocation.waiting.of_plan import in_time, queued_for, waits_of
from medalloc.allocation.waiting.servers import share_servers
from medalloc.allocation.waiting.waits import Waits
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True, eq=False)
class Shortest:
    """The shortest overall wait that the units of a resource allow, beside that of a plan."""

    resource: str
    """What people queue for."""

    units: float
    """Whole units there are: existing and in stock. [units]"""

    needed: float
    """Fewest units with which every queue ends. [units]"""

    servers: Array | None
    """Units in every region that make the overall wait least, shape (n_regions,); None where no division of the units
    ends every queue. [units]"""

    wait: float
    """Mean wait of everybody who arrives, with these; infinite where there are none. [hours]"""

    plan_wait: float
    """The same under the plan; infinite where a queue grows without end. [hours]"""

    @property
    def said(self) -> Sentence:
        """The comparison in one sentence."""
        named: dict[str, object] = {"resource": self.resource, "units": self.units}
        if self.servers is None:
            return sentence(
                "No division of the {units} {resource}, existing and in stock, ends every queue: that takes {needed}, "
                "which is {lacking} more.",
                **named,
                needed=self.needed,
                lacking=self.needed - self.units,
            )
        named["wait"] = in_time(self.wait)
        if math.isinf(self.plan_wait):
            return sentence(
                "The same {units} {resource}, existing and in stock, placed to make waits shortest would end every "
                "queue, with an overall wait of {wait}.",
                **named,
            )
        before = in_time(self.plan_wait)
        if str(before) == str(named["wait"]):
            return sentence(
                "No other placing of the {units} {resource}, existing and in stock, makes the overall wait noticeably "
                "shorter.",
                **named,
            )
        return sentence(
            "The same {units} {resource}, existing and in stock, placed to make waits shortest would give an overall "
            "wait of {wait} instead of {before}.",
            **named,
            before=before,
        )


def shortest_waits(plan: Plan, *, period: float = HOURS_A_YEAR) -> Mapping[str, Shortest]:
    """Return, for each resource with a length of stay, how short the overall wait could be.

    Parameters
    ----------
    plan, period
        As in `waits_of`.

    Returns
    -------
    mapping of str to Shortest
        By name of the resource. No plan for the same problem has a shorter overall wait.

    Raises
    ------
    InputError
        With every fault, as `waits_of` does.

    Notes
    -----
    Every unit, existing or in stock, may go anywhere: budget, caps, space, locks, floors and what else a person needs
    are left out of account. So the comparison says what the limits and the policy cost in waiting, not what to do.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> beds = Resource("beds", stock=18, requirement=0.01, length_of_stay=48)
    >>> plan = solve(Problem(("North", "South"), [1460, 730], (beds,), existing=[[0], [4]]))
    >>> print(shortest_waits(plan)["beds"].said)
    The same 22 beds, existing and in stock, placed to make waits shortest would give an overall wait of 26.7 minutes instead of 55.8 minutes.
    """  # noqa: E501
    there = plan.problem.existing.sum(axis=0) + plan.problem.stock
    places = queued_for(plan)
    return {
        name: _shortest(name, float(there[places[name]]), found)
        for name, found in waits_of(plan, period=period).items()
    }


def _shortest(name: str, there: float, found: Waits) -> Shortest:
    # a plan keeps to the stock but for rounding, and the same units are never fewer than those it uses
    units = max(float(np.floor(there * (1 + 1e-9))), float(found.servers.sum()))
    start = fewest_stable(found.load)
    needed = float(start.sum())
    if needed > units:
        return Shortest(name, units, needed, None, math.inf, found.overall_wait)
    # what every queue needs is given as existing, so that only what goes beyond it is a number of servers to place
    shared = share_servers(found.load, min(units - needed, MOST_SERVERS), existing=start)
    everybody = float(found.arrivals.sum())
    wait = float(shared.queue.sum()) / everybody if everybody > 0 else 0.0
    return Shortest(name, units, needed, shared.servers, wait, found.overall_wait)
