"""Two numbers at once: a plan for every pair of steps, a little less and a little more of each."""

from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.scorecard.aims import aims
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Scenario
from medalloc.scenarios.sensitivity import Way
from medalloc.spreading import for_each

STEPS = 3
"""Steps to each side of the number as it is. [count]"""

COVERAGE = "coverage"
"""What is looked at when nothing else is said: served over demand of all."""

AIMS = (COVERAGE, "fair", "efficient", "little_waste", "short_waits", "quality")
"""What can be looked at: the coverage of all, and the aims of a plan by their keys."""


@dataclass(frozen=True, eq=False)
class Grid:
    """What comes of every pair of changes."""

    down: Way
    """The number that changes from row to row."""

    across: Way
    """The number that changes from column to column."""

    factors: Array
    """By what each is multiplied, shape (steps,), rising; the middle one is 1. [1]"""

    aim: str
    """One of `AIMS`."""

    values: Array
    """How far the aim is reached, shape (steps, steps), NaN where limits cannot be kept or it cannot be told.
    [fraction, of waits hours]"""


def two_at_once(problem: Problem, down: Way, across: Way, *, aim: str = COVERAGE, step: float = 0.1) -> Grid:
    """Return what a plan reaches when two numbers change together.

    Parameters
    ----------
    down, across : Way
        The numbers. Where both are the same one, it is multiplied by both factors.
    aim : str
        One of `AIMS`.
    step : float
        From one plan to the next; at most 0.3. [fraction]

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    >>> found = two_at_once(base, Way("demand"), Way("stock", "beds"), step=0.25)
    >>> found.factors.tolist(), found.values[3].round(3).tolist()
    ([0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75], [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875])
    """
    factors: Array = 1.0 + step * np.arange(-STEPS, STEPS + 1, dtype=np.float64)
    pairs = product(factors.tolist(), repeat=2)
    values = np.array([found for _, found in for_each(partial(_reached, problem, down, across, aim), pairs)])
    return Grid(down, across, factors, aim, values.reshape(len(factors), len(factors)))


def _reached(problem: Problem, down: Way, across: Way, aim: str, factors: tuple[float, float]) -> float:
    one, other = factors
    try:
        plan = solve(apply(problem, Scenario("grid", (down(one), across(other)))))
    except InfeasibleError:
        return float("nan")
    value = _value(plan, aim)
    return float("nan") if value is None or not np.isfinite(value) else float(value)


def _value(plan: Plan, aim: str) -> float | None:
    if aim == COVERAGE:
        return plan.total_coverage
    return next(each.value for each in aims(plan) if each.key == aim)
