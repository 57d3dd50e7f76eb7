"""Plans in whole units: what each policy decides, within what parts of units could do at most."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.by_closed_form import plan_in_closed_form
from medalloc.allocation.by_whole_units import in_parts, is_in_whole_units, plan_in_whole_units
from medalloc.allocation.problem import Problem, Resource

POLICIES = ("most-served", "max-min", "alpha:2", "alpha:0.5", "proportional", "per-head", "today")


def asked(seed, policy, *, kinds=2):
    draw = np.random.default_rng(seed)
    regions, whole = 3, [True, bool(draw.random() < 0.6)]
    return Problem(
        ("A", "B", "C"),
        draw.integers(0, 9, regions).astype(float),
        tuple(
            Resource(f"kind {k}", float(draw.integers(0, 9)), draw.choice([0.5, 1.0]), 1.0, whole=whole[k])
            for k in range(kinds)
        ),
        existing=draw.integers(0, 3, (regions, kinds)).astype(float),
        cap=draw.choice([2.5, np.inf], (regions, kinds)),
        value=draw.choice([0.5, 1.0, 2.0], regions),
        population=draw.integers(1, 9, regions).astype(float),
        budget=draw.choice([None, 5.0]),
        policy=policy,
    )


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), policy=st.sampled_from(POLICIES))
def test_every_policy_keeps_every_limit_in_whole_units_and_is_told_with_the_prices_of_parts(seed, policy):
    problem = asked(seed, policy)
    assert is_in_whole_units(problem) and not is_in_whole_units(in_parts(problem))
    plan, parts = plan_in_whole_units(problem), plan_in_closed_form(in_parts(problem.derived(policy="most-served")))
    assert (plan.units[:, problem.whole] == np.round(plan.units[:, problem.whole])).all() and (plan.units >= 0).all()
    assert (plan.units <= problem.cap).all() and (plan.units.sum(axis=0) <= problem.stock + 1e-9).all()
    assert problem.budget is None or plan.units.sum() <= problem.budget + 1e-9
    have = (problem.existing + plan.units) / problem.requirement
    assert (plan.served <= np.minimum(problem.demand, have.min(axis=1)) + 1e-9).all()
    # no plan of whole units serves more than parts of them could
    assert float(problem.value @ plan.served) <= parts.value + 1e-6
    assert plan.served.sum() - 1e-9 <= plan.most_served <= parts.most_served + 1e-6
    assert plan.value <= plan.bound * (1 + 1e-9) + 1e-12
    assert plan.shadow_price == pytest.approx(parts.shadow_price, abs=1e-9)
    assert (plan.budget_price is None) == (problem.budget is None)
    if problem.budget is not None:
        assert plan.budget_price == pytest.approx(parts.budget_price, abs=1e-9)
    is_rule = policy in ("proportional", "per-head", "today")
    assert (plan.status == "rule") == is_rule
    if policy == "today":
        assert not plan.units.any()
    if policy == "most-served":
        assert plan.bound <= parts.value + 1e-9 and plan.value == pytest.approx(float(problem.value @ plan.served))


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), policy=st.sampled_from(["most-served", "max-min"]))
def test_of_all_ways_to_place_whole_units_none_is_better(seed, policy):
    problem = asked(seed, policy, kinds=1)
    plan, use = plan_in_whole_units(problem), problem.requirement[:, 0]
    most = np.minimum(np.floor(problem.cap[:, 0]), 9).astype(int)
    ways = np.array(list(itertools.product(*(range(each + 1) for each in most))), dtype=float)
    money = np.inf if problem.budget is None else problem.budget
    ways = ways[ways.sum(axis=1) <= min(problem.stock[0], money)]
    served = np.minimum(problem.demand, (problem.existing[:, 0] + ways) / use)
    if policy == "most-served":
        assert plan.value == pytest.approx((served @ problem.value).max())
        return
    needy = problem.demand > 0
    lowest = (served[:, needy] / problem.demand[needy]).min(axis=1).max() if needy.any() else 1.0
    assert plan.value == pytest.approx(lowest * problem.demand.sum())
