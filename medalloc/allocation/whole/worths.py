"""What steps are worth to a policy, and what that is in persons."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.concave import alpha_curve
from medalloc.allocation.whole.steps import Integers, Steps

EVEN = 1e-7
"""How much plans that serve equally many are told apart by how equal they are, as a share of what a person counts."""


@dataclass(frozen=True, eq=False)
class Worths:
    """A policy's view of steps."""

    of: Callable[[Integers, Array], Array]
    """From regions and persons served in each to what that is worth there, of any shape."""

    even: Callable[[Integers, Array], Array]
    """The same, and a little more where coverage is low, so that equally good plans are told apart."""

    persons: Callable[[float], float]
    """From the sum of what the steps are worth to what a plan's value and bound are told in. [persons]"""


def worths_of(problem: Problem, steps: Steps, unit: float) -> Worths:
    """Return what steps are worth to the problem's policy, which is most served or alpha-fair.

    Parameters
    ----------
    unit : float
        Of an alpha-fair policy: the coverage around which worth is measured. [fraction]
    """
    return _fair(problem, steps, unit) if problem.aim.is_fair else _most(problem)


def _most(problem: Problem) -> Worths:
    demand = np.where(problem.demand > 0, problem.demand, 1.0)

    def of(region: Integers, served: Array) -> Array:
        return np.asarray(problem.value[region] * served)

    def even(region: Integers, served: Array) -> Array:
        return np.asarray(problem.value[region] * (served + EVEN * (served - served**2 / (2 * demand[region]))))

    return Worths(of, even, lambda worth: worth)


def _fair(problem: Problem, steps: Steps, unit: float) -> Worths:
    """Return the worth of coverage; where it is so low that hardly any plan leaves it there, it goes on as a line.

    Those whom no plan can serve, and those who count for nothing, are worth nothing.
    """
    alpha = float(problem.aim.alpha or 0.0)
    counted = (problem.value > 0) & (problem.demand > 0) & (steps.served[steps.lasts] > 0)
    weight = np.where(counted, problem.demand * problem.value, 0.0)
    everyone = float(weight.sum())
    curve, demand = alpha_curve(alpha, unit), np.where(problem.demand > 0, problem.demand, 1.0)

    def of(region: Integers, served: Array) -> Array:
        coverage = served / demand[region]
        slope, intercept = curve.tangents(coverage)
        return np.asarray(weight[region] / max(everyone, 1e-300) * (slope * coverage + intercept))

    def persons(total: float) -> float:
        base = math.exp(total) if alpha == 1 else 1.0 + (1.0 - alpha) * total
        power = 1.0 if alpha == 1 else 1.0 / (1.0 - alpha)
        return everyone * (min(1.0, unit * base**power) if base > 0 else float(alpha > 1))

    return Worths(of, of, persons)
