"""How much care does fairness cost? The most served, for every common floor from no demand to the largest."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral

import numpy as np

from medalloc.allocation.by_floor import Most, most_by_floor
from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.measures import gini
from medalloc.allocation.plan import Plan, coverage_of
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.solving import solve
from medalloc.errors import InputError
from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Change, Scenario
from medalloc.sentences import counted, sentence
from medalloc.spreading import for_each


@dataclass(frozen=True, eq=False)
class FrontierPoint:
    """The most served under one common floor."""

    floor: float
    """Smallest coverage that every region gets. [fraction]"""

    served: float
    """Persons served. [persons/period]"""

    value: float
    """Persons served, each counted with the value of its region; the same where all count 1. [persons/period]"""

    lowest_coverage: float
    """Coverage of the region that is worst off, at least the floor. [fraction]"""

    gini: float
    """Of coverage over persons. [1]"""

    price_of_fairness: float
    """Share of the value that the floor gives up against no common floor: of the persons served, where all count the
    same. [fraction]"""

    change: Scenario
    """What makes of the base problem the one whose plan this is."""

    problem: Problem
    """The base problem."""

    @cached_property
    def plan(self) -> Plan:
        """The plan itself, found when it is asked for."""
        return solve(apply(self.problem, self.change))

    def to_json(self) -> dict[str, object]:
        """Return the point as plain values, without its plan, which its change gives again."""
        return {
            "floor": self.floor,
            "served": self.served,
            "value": self.value,
            "lowest_coverage": self.lowest_coverage,
            "gini": self.gini,
            "price_of_fairness": self.price_of_fairness,
            "change": self.change.to_json(),
        }


def frontier(problem: Problem, points: int = 50) -> Iterator[FrontierPoint]:
    """Return the frontier of efficiency against fairness, one point at a time, as each is found.

    Parameters
    ----------
    problem : Problem
        Whose common floor is swept; the regions' own floors, and every other limit, stay. Its policy does not matter.
    points : int
        At most this many, at least 2. [count]

    Returns
    -------
    iterator of FrontierPoint
        With rising floors. The first is the lowest coverage of the most-served plan, below which no floor changes
        anything, the last the largest floor that fits. There are fewer points, at the least one, where a floor is
        kept already by the plan of the point before.

    Raises
    ------
    InputError
        If `points` is no whole number of at least 2; before the first point is asked for.
    InfeasibleError
        If the regions' own floors do not fit; before the first point, too.

    Notes
    -----
    From point to point the value never rises and the lowest coverage never falls. Persons served never rise, either,
    where all count the same. Between two points the true frontier is concave, so it lies on or above the line.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> problem = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), value=[2, 1])
    >>> [(round(point.floor, 2), round(point.value, 2)) for point in frontier(problem, 3)]
    [(0.0, 40.0), (0.25, 37.5), (0.5, 35.0)]
    """
    if not isinstance(points, Integral) or isinstance(points, bool) or points < 2:
        raise InputError(
            counted(
                "A frontier has {found} point; give a whole number from 2 on.",
                "A frontier has {found} points; give a whole number from 2 on.",
                "found",
                found=str(points),
            )
        )
    largest = largest_floor(problem)
    most = most_by_floor(problem)
    served, value = most(0.0)
    first = min(float(coverage_of(served, problem.demand).min()), largest)
    # Two floors closer than this are the same in any figure that is shown.
    floors = np.linspace(first, largest, int(points)).tolist() if largest - first > 1e-9 else [largest]
    return _points(problem, floors, most, value)


def _points(problem: Problem, floors: list[float], most: Most, highest: float) -> Iterator[FrontierPoint]:
    reached = -1.0

    def tells_more(floor: float) -> bool:
        # What the plan before keeps already would only give that plan again.
        return floor > reached or floor == floors[-1]

    # asked again: where points are found at once, none is known when the next one is handed out
    for floor, found in for_each(most, filter(tells_more, floors)):
        if not tells_more(floor):
            continue
        point = _point(problem, floor, found, highest)
        reached = point.lowest_coverage
        yield point


def _point(problem: Problem, floor: float, found: tuple[Array, float], highest: float) -> FrontierPoint:
    served, value = found
    coverage = coverage_of(served, problem.demand)
    return FrontierPoint(
        floor=floor,
        served=float(served.sum()),
        value=value,
        lowest_coverage=float(coverage.min()),
        gini=gini(coverage, problem.demand if problem.population is None else problem.population),
        price_of_fairness=max(0.0, (highest - value) / highest) if highest > 0 else 0.0,
        change=_change(problem, floor),
        problem=problem,
    )


def _change(problem: Problem, floor: float) -> Scenario:
    policy = () if problem.policy == MOST_SERVED else (Change("policy", value=MOST_SERVED),)
    name = str(sentence("Common floor {percent}%", percent=round(100 * floor, 4)))
    return Scenario(name, (*policy, Change("floor", value=floor)))
