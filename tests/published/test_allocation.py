"""Values that other people computed, and hand calculations."""

import numpy as np
import pytest

from medalloc.allocation.closed_forms.water import at_level, water_level
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve

KESHAV = [
    ([2, 2.6, 4, 5], [1, 1, 1, 1], 10, [2, 2.6, 2.7, 2.7]),
    ([4, 2, 10, 4], [2.5, 4, 0.5, 1], 16, [4, 2, 6, 4]),
]
"""Max-min fair shares: demands, weights, capacity, shares. S. Keshav, An Engineering Approach to Networking, 1997."""


@pytest.mark.parametrize(("demands", "weights", "capacity", "expected"), KESHAV)
def test_the_water_level_gives_the_max_min_fair_shares_of_keshav(demands, weights, capacity, expected):
    weight, upper, lower = np.array(weights), np.array(demands), np.zeros(4)
    level = water_level(weight, lower, upper, capacity)
    assert at_level(level, weight, lower, upper) == pytest.approx(np.array(expected))


@pytest.mark.parametrize(("demands", "weights", "capacity", "expected"), KESHAV)
def test_dividing_per_head_gives_the_same_shares_with_the_weights_as_inhabitants(demands, weights, capacity, expected):
    problem = Problem(tuple("ABCD"), demands, (Resource("beds", capacity),), population=weights, policy="per-head")
    assert solve(problem).served == pytest.approx(np.array(expected))


def test_a_plan_worked_out_by_hand():
    """Nurses are short: B counts double and is served in full, A and C share what is left by lowest coverage.

    A has its beds already and takes nurses only, 2 a person. Of 24 nurses A's floor takes 2 * 3 and B takes 2 * 5, so
    8 are left, for 4 persons more. A starts at 3 of 10 and C at 0 of 4; the common level t has 10 t + 4 t = 3 + 4.
    """
    problem = Problem(
        ("A", "B", "C"),
        [10, 5, 4],
        (Resource("beds", 9), Resource("nurses", 24, requirement=2.0)),
        existing=[[10, 0], [0, 0], [0, 0]],
        value=[1, 2, 1],
        floor=[0.3, 0, 0],
    )
    plan = solve(problem)
    assert plan.served == pytest.approx(np.array([5, 5, 2]))
    assert plan.value == pytest.approx(17) and plan.shadow_price == pytest.approx(np.array([0, 0.5]))
    assert plan.units == pytest.approx(np.array([[0, 10], [5, 10], [2, 4]]))
