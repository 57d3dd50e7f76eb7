"""What noise in numbers of people costs a plan that is made from them."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty.served import capacity_of, require_understood
from medalloc.disclosure.laplace import expected_error
from medalloc.errors import InfeasibleError, InputError
from medalloc.sentences import Sentence, sentence

DRAWS = 20
"""Times that noise is drawn, as the sentence says. [count]"""


@dataclass(frozen=True)
class NoisePrice:
    """What a plan loses that is made from numbers with noise."""

    epsilon: float
    """Of the noise. [1]"""

    off: float
    """By how much a number is off on average. [count]"""

    fewer: float
    """How many fewer such a plan serves on average, as a part of those whom the plan serves. [fraction]"""

    worst: float
    """The same for the worst of the draws. [fraction]"""

    @property
    def said(self) -> Sentence:
        """The same in a sentence."""
        return sentence(
            "A plan made from numbers with this noise (epsilon {epsilon}) serves {fewer}% fewer people than the plan "
            "from the exact ones, {worst}% fewer in the worst of twenty draws.",
            epsilon=f"{self.epsilon:g}",
            fewer=f"{100 * self.fewer:.1f}",
            worst=f"{100 * self.worst:.1f}",
        )


def price_of_noise(plan: Plan, epsilon: float, *, seed: int = 1) -> NoisePrice | None:
    """Return what noise costs a plan; None where nobody is served, or that depends on more than what is in a region.

    Parameters
    ----------
    plan : Plan
        Made from the exact numbers, which are told anyway.
    epsilon : float
        Of discrete Laplace noise in the demand of each region. [1]
    seed : int
        Of the noise, which is another one than any that is told.

    Notes
    -----
    Units stay where the plan from the numbers with noise puts them, and the people come who really come. A draw for
    which limits cannot be kept together serves nobody.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> plan = solve(Problem(("North", "South"), [40, 30], (Resource("beds", stock=35),)))
    >>> price_of_noise(plan, 20.0).fewer
    0.0
    """
    problem = plan.problem
    try:
        require_understood(problem)
    except InputError:
        return None
    exact = _served(problem.demand, capacity_of(problem, plan.units))
    if not exact:
        return None
    drawn = np.random.default_rng(seed)
    lost = np.array([1 - _with_noise(plan, _noise(drawn, epsilon, len(problem.regions))) / exact for _ in range(DRAWS)])
    return NoisePrice(epsilon, expected_error(epsilon), max(0.0, float(lost.mean())), max(0.0, float(lost.max())))


def _with_noise(plan: Plan, noise: Array) -> float:
    problem = plan.problem
    try:
        other = solve(problem.with_demand(np.maximum(problem.demand + noise, 0.0)))
    except InfeasibleError:
        return 0.0
    return _served(problem.demand, capacity_of(problem, other.units))


def _served(demand: Array, capacity: Array) -> float:
    return float(np.minimum(demand, capacity).sum())


def _noise(drawn: np.random.Generator, epsilon: float, count: int) -> Array:
    one, other = drawn.geometric(1 - np.exp(-epsilon), (2, count)).astype(np.float64)
    return np.asarray(one - other)
