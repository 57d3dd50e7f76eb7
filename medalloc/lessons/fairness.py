"""Who gets what as a plan is asked to be fairer: regions in which a person takes more, or for whom there is no room."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.lessons.sample import Floats

REGIONS = {
    2: (("City", "Hills"), (600.0, 400.0)),
    6: (("City", "Harbour", "Plain", "Lakes", "Valley", "Hills"), (600.0, 250.0, 150.0, 200.0, 100.0, 300.0)),
}
"""Names and persons in need; the later, the farther from the next hospital. [persons]"""

WAYS = ("most-served", "alpha:0.5", "alpha:1", "alpha:2", "alpha:5", "max-min", "equal")
"""From serving the most to serving everywhere the same share, the last one even where that leaves beds unused."""


@dataclass(frozen=True, eq=False)
class Shared:
    """What every region gets under one way of sharing."""

    way: str
    """One of `WAYS`."""

    served: Floats
    """Persons served, shape (regions,). [persons]"""

    coverage: Floats
    """The same over those in need, shape (regions,). [fraction]"""

    unused: float
    """Beds that serve nobody. [units]"""


def asked(regions: int, *, stock: float, effort: float, room: float) -> Problem:
    """Return the problem that is shared out, most served first.

    Parameters
    ----------
    regions : int
        2 or 6.
    stock : float
        Beds, over those that all in need would take. [fraction]
    effort : float
        Beds that a person takes in the last region, where one takes 1 in the first; in between evenly. [units/person]
    room : float
        Share of the last region's need for which it has room. [fraction]
    """
    names, demand = REGIONS[regions]
    takes = np.linspace(1.0, effort, regions)[:, None]
    cap = np.full((regions, 1), np.inf)
    cap[-1] = room * demand[-1] * effort
    beds = Resource("beds", stock=stock * float(np.array(demand) @ takes[:, 0]))
    return Problem(names, np.array(demand), (beds,), region_requirement=takes, cap=cap)


def shared(problem: Problem) -> tuple[Shared, ...]:
    """Return what every one of `WAYS` gives to each region."""
    made = [_of(way, solve(problem.derived(policy=Policy(way)))) for way in WAYS[:-1]]
    lowest = float(made[-1].coverage.min())
    level = np.full(len(problem.regions), lowest)
    used = float((level * problem.demand) @ problem.requirement[:, 0])
    return (*made, Shared(WAYS[-1], level * problem.demand, level, float(problem.stock[0]) - used))


def _of(way: str, plan: Plan) -> Shared:
    return Shared(way, plan.served, plan.coverage, float(plan.problem.stock[0] - plan.units.sum()))
