import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.reasons import reason, reasons
from medalloc.allocation.solving import solve


def why(demand, *, stock=10.0, **changes):
    regions = tuple("ABCDE"[: len(demand)])
    resources = changes.pop("resources", (Resource("beds", stock, unit_cost=1),))
    return [str(each) for each in reasons(solve(Problem(regions, demand, resources, **changes)))]


def test_full_coverage_and_no_demand_need_no_excuse():
    assert why([4, 0, 3], existing=[[0], [0], [5]]) == [
        "Fully covered.",
        "Nobody is in need here.",
        "Fully covered by what is already there.",
    ]


def test_a_floor_names_the_units_it_sets():
    assert why([10, 10], value=[1, 5], common_floor=0.3, stock=12)[0] == "Its floor of 30% sets what it gets: 3 beds."


def test_a_cap_a_stock_and_a_budget_are_named_when_they_limit():
    assert why([10, 10], cap=[[2], [np.inf]]) == ["Its cap is reached: beds.", "The stock of beds is used up."]
    assert why([10, 10], budget=5) == ["The budget is spent."] * 2
    assert why([10, 10], budget=10) == ["The stock of beds is used up. The budget is spent."] * 2


def test_only_the_resource_that_is_short_is_named():
    both = (Resource("beds", 50), Resource("nurses", 10))
    assert why([10, 10], resources=both) == ["The stock of nurses is used up."] * 2


def test_a_rule_names_the_share_that_limits():
    both = (Resource("beds", 50), Resource("nurses", 10))
    assert why([10, 10], resources=both, policy="proportional") == ["Its share of nurses by demand serves no more."] * 2
    per_head = why([10, 10], resources=both, policy="per-head", population=[1, 3])
    assert per_head == ["Its share of nurses by population serves no more."] * 2


def test_today_says_that_nothing_is_placed():
    words = ["Nothing is placed; what is already there serves no more.", "Fully covered by what is already there."]
    assert why([10, 2], existing=[[3], [2]], common_floor=0.5, policy="today") == words


@pytest.mark.parametrize("policy", ["alpha:2", "max-min"])
def test_a_fair_plan_names_what_is_used_up(policy):
    assert why([10, 10], policy=policy, value=[1, 4]) == ["The stock of beds is used up."] * 2


@settings(max_examples=100)
@given(data=st.data())
def test_every_region_has_a_reason_that_names_its_limit(data, feasible_problems):
    problem = data.draw(feasible_problems())
    plan = solve(problem)
    for place in range(len(problem.regions)):
        words = str(reason(plan, place))
        assert ": ." not in words and "share of  by" not in words and "elsewhere" not in words
        if plan.coverage[place] < 1 - 1e-6:
            assert "Fully" not in words
        if "used up" in words and "budget" not in words:
            named = words.removeprefix("The stock of ").removesuffix(" is used up.").split(", ")
            for name in named:
                assert plan.left[problem.resource_names.index(name)] == pytest.approx(0, abs=1e-5)
