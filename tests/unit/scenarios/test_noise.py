"""What noise in numbers of people costs a plan that is made from them."""

import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.scenarios import noise
from medalloc.scenarios.noise import price_of_noise

NAMES = tuple(f"region {place}" for place in range(12))


def problem(stock: float = 200.0, policy: str = "most-served") -> Problem:
    demand = np.random.default_rng(3).integers(10, 60, len(NAMES)).astype(float)
    return Problem(NAMES, demand, (Resource("beds", stock),), policy=policy)


@pytest.mark.parametrize("policy", ["most-served", "proportional", "max-min"])
def test_the_less_noise_the_less_it_costs_and_next_to_none_costs_nothing(policy: str) -> None:
    plan = solve(problem(policy=policy))
    costs = [price_of_noise(plan, epsilon) for epsilon in (0.02, 0.1, 1.0, 20.0)]
    assert all(each is not None and 0 <= each.fewer <= each.worst <= 1 for each in costs)
    fewer = [each.fewer for each in costs if each is not None]
    assert fewer == sorted(fewer, reverse=True) and fewer[0] > 0.01 and fewer[-1] == 0


def test_noise_costs_what_is_placed_where_nobody_comes() -> None:
    """The slow obvious way: draw noise, plan, and count who comes."""
    found = problem()
    plan = solve(found)
    cost = price_of_noise(plan, 0.05, seed=7)
    drawn, lost = np.random.default_rng(7), []
    for _ in range(noise.DRAWS):
        one, other = drawn.geometric(1 - np.exp(-0.05), (2, len(NAMES)))
        wrong = Problem(NAMES, np.maximum(found.demand + one - other, 0), found.resources, policy=found.policy)
        lost.append(1 - np.minimum(found.demand, solve(wrong).units[:, 0]).sum() / plan.served.sum())
    assert cost is not None
    assert cost.fewer == pytest.approx(np.mean(lost)) and cost.worst == pytest.approx(max(lost))
    assert f"{100 * cost.fewer:.1f}% fewer" in str(cost.said)


def test_the_noise_is_of_the_size_that_is_said() -> None:
    size = np.abs(noise._noise(np.random.default_rng(1), 0.5, 40_000)).mean()
    cost = price_of_noise(solve(problem()), 0.5)
    assert cost is not None and cost.off == pytest.approx(size, rel=0.03)


def test_nothing_is_told_where_nobody_is_served_or_people_are_served_elsewhere() -> None:
    assert price_of_noise(solve(problem(stock=0.0)), 1.0) is None
