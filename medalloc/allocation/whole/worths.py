"""What steps are worth to a policy, and what that is in persons."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.concave import alpha_curve
from medalloc.allocation.whole.steps import Integers

EVEN = 1e-7
"""How much plans that serve equally many are told apart by how equal they are, as a share of what a person counts."""


@dataclass(frozen=True, eq=False)
class Worths:
    """A policy's view of steps."""

    of: Callable[[Integers, Array], Array]
    """From regions and persons served in each to what that is worth there, of any shape."""

    even: Callable[[Integers, Array], Array]
    """The same, and a little more where coverage is low, so that equally good plans are told apart."""

    gain: Callable[[Integers, Array, Array], Array]
    """From regions, persons served and more of them to what `even` gains by that, to the last digit."""

    persons: Callable[[float], float]
    """From the sum of what the steps are worth to what a plan's value and bound are told in. [persons]"""


def worths_of(problem: Problem, top: Array, unit: float) -> Worths:
    """Return what steps are worth to the problem's policy, which is most served or alpha-fair.

    Parameters
    ----------
    problem : Problem
        Whose policy it is.
    top : array of shape (n_regions,)
        The most that can be served in each region. [persons]
    unit : float
        Of an alpha-fair policy: the coverage around which worth is measured. [fraction]
    """
    return _fair(problem, top, unit) if problem.aim.is_fair else _most(problem)


def _most(problem: Problem) -> Worths:
    demand = np.where(problem.demand > 0, problem.demand, 1.0)

    def of(region: Integers, served: Array) -> Array:
        return np.asarray(problem.value[region] * served)

    def even(region: Integers, served: Array) -> Array:
        return np.asarray(problem.value[region] * (served + EVEN * (served - served**2 / (2 * demand[region]))))

    def gain(region: Integers, served: Array, more: Array) -> Array:
        # the difference of two large numbers would not tell apart what equality adds
        share = 1 - (served + more) / (2 * demand[region])
        return np.asarray(problem.value[region] * (more - served) * (1 + EVEN * share))

    return Worths(of, even, gain, lambda worth: worth)


def _fair(problem: Problem, top: Array, unit: float) -> Worths:
    """Return the worth of coverage.

    From an alpha of 1 on no coverage is endlessly bad: where it is so low that hardly any plan leaves it there, its
    worth goes on as a line. Those whom no plan can serve, and those who count for nothing, are worth nothing.
    """
    alpha = float(problem.aim.alpha or 0.0)
    counted = (problem.value > 0) & (problem.demand > 0) & (top > 0)
    weight = np.where(counted, problem.demand * problem.value, 0.0)
    everyone = float(weight.sum())
    curve, demand = alpha_curve(alpha, unit), np.where(problem.demand > 0, problem.demand, 1.0)

    def worth(coverage: Array) -> Array:
        if alpha < 1:
            with np.errstate(divide="ignore"):
                return np.asarray(np.expm1((1 - alpha) * np.log(np.maximum(coverage, 0.0) / unit)) / (1 - alpha))
        slope, intercept = curve.tangents(coverage)
        return np.asarray(slope * coverage + intercept)

    def of(region: Integers, served: Array) -> Array:
        return np.asarray(weight[region] / max(everyone, 1e-300) * worth(served / demand[region]))

    def gain(region: Integers, served: Array, more: Array) -> Array:
        return np.asarray(of(region, more) - of(region, served))

    def persons(total: float) -> float:
        base = math.exp(total) if alpha == 1 else 1.0 + (1.0 - alpha) * total
        power = 1.0 if alpha == 1 else 1.0 / (1.0 - alpha)
        return everyone * (min(1.0, unit * base**power) if base > 0 else float(alpha > 1))

    return Worths(of, of, gain, persons)
