from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.verifying import broken
from medalloc.scenarios import near_optimal


@st.composite
def scarce(draw):
    seed = np.random.default_rng(draw(st.integers(0, 10_000)))
    n, count = draw(st.integers(2, 7)), draw(st.integers(1, 2))
    demand, policy = seed.uniform(1, 20, n), draw(st.sampled_from(["most-served", "max-min", "alpha:2"]))
    kinds = tuple(
        Resource(
            f"resource {place}",
            float(seed.integers(1, 30)),
            whole=policy == "most-served" and draw(st.booleans()),
            movable=draw(st.sampled_from([0.0, 0.5])),
        )
        for place in range(count)
    )
    return Problem(
        tuple(f"region {place}" for place in range(n)),
        demand,
        kinds,
        existing=seed.integers(0, 6, (n, count)).astype(float),
        cap=np.where(seed.random((n, count)) < 0.5, np.inf, seed.integers(1, 9, (n, count))),
        value=seed.choice([1.0, 1.0, 2.0], n),
        policy=Policy(policy),
    )


@settings(max_examples=15, deadline=None)
@given(problem=scarce(), within=st.sampled_from([0.01, 0.1]))
def test_each_plan_is_near_keeps_every_limit_and_differs_from_all_others(problem, within):
    best = solve(problem)
    near = near_optimal(best, within=within)
    worth = float(problem.value @ best.served)
    for each in near:
        assert each.plan.problem is problem and broken(each.plan) == []
        assert problem.value @ each.plan.served >= (1 - within) * worth * (1 - 1e-7)
        assert each.fewer_served == pytest.approx(worth - problem.value @ each.plan.served, abs=1e-6)
        if not problem.aim.serves_most:
            assert each.plan.lowest_coverage >= (1 - within) * best.lowest_coverage * (1 - 1e-7)
    for one, other in combinations([best, *(each.plan for each in near)], 2):
        assert np.abs(one.units - other.units).max() > 0


def test_beds_that_serve_alike_everywhere_may_all_be_elsewhere():
    best = solve(Problem(tuple("ABCD"), [30] * 4, (Resource("beds", 60),)))
    near = near_optimal(best, count=2)
    assert [each.otherwise for each in near] == pytest.approx([0.5, 0.5]) and near[0].fewer_served == 0
    # what one leaves out is where the other places all
    assert (near[0].plan.units + near[1].plan.units).ravel().tolist() == [30] * 4


def test_where_every_bed_counts_there_is_no_other_plan_nearly_as_good():
    best = solve(Problem(("A", "B"), [30, 30], (Resource("beds", 30, whole=True),), value=[2, 1]))
    assert near_optimal(best, within=0.01) == ()


@pytest.mark.parametrize("policy", ["most-served", "alpha:1"])
def test_whole_units_of_an_ordinary_size_have_other_plans_and_these_are_whole(policy):
    seed = np.random.default_rng(4)
    demand = seed.lognormal(6, 1, 12).round()
    kinds = tuple(
        Resource(f"kind {each}", round(0.02 * each * demand.sum()), 0.04 * each, whole=True) for each in (1, 2)
    )
    best = solve(Problem(tuple(f"region {each}" for each in range(12)), demand, kinds, policy=Policy(policy)))
    near = near_optimal(best)
    assert len(near) == 3 and all(each.otherwise > 0.01 for each in near)
    for each in near:
        assert np.array_equal(each.plan.units, each.plan.units.round()) and broken(each.plan) == []
        assert each.plan.served.sum() >= 0.99 * best.served.sum() * (1 - 1e-9)


def test_who_may_give_up_more_is_told_of_plans_farther_away():
    best = solve(Problem(("A", "B"), [30, 30], (Resource("beds", 30),), value=[2, 1]))
    far = [near_optimal(best, within=within)[0].otherwise for within in (0.01, 0.05, 0.2)]
    # a bed taken from A to B costs one of the 60 persons that A's count for
    assert far == pytest.approx([0.02, 0.1, 0.4])


@pytest.mark.parametrize("policy", ["today", "proportional", "per-head"])
def test_a_rule_has_one_plan(policy):
    problem = Problem(("A", "B"), [30, 30], (Resource("beds", 30),), population=[1, 1], policy=Policy(policy))
    assert near_optimal(solve(problem)) == ()
