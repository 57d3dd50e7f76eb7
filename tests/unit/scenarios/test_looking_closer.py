from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InputError
from medalloc.scenarios import Change, Scenario, apply
from medalloc.scenarios.promises import promised, promises
from medalloc.scenarios.reaching import smallest
from medalloc.scenarios.sensitivity import sensitivity
from medalloc.scenarios.side_by_side import side_by_side


def base(stock: float = 20.0, **changes) -> Problem:
    beds, vans = Resource("beds", stock=stock, unit_cost=2.0), Resource("vans", stock=30, requirement=0.5)
    return Problem(("North", "South", "West"), [30, 10, 15], (beds, vans), **changes)


def test_each_scenario_has_the_plan_that_it_would_have_alone():
    tried = [Scenario("more", (Change("stock", factor=1.5),)), Scenario("harder", (Change("demand", factor=2),))]
    for each, scenario in zip(side_by_side(base(), tried), tried, strict=True):
        assert each.plan is not None
        assert each.plan.served.tolist() == solve(apply(base(), scenario)).served.tolist()


def test_a_scenario_that_breaks_limits_says_why_and_does_not_keep_the_others_back():
    broken = Scenario("floor", (Change("floor", value=1.0),))
    found = side_by_side(base(), [broken, Scenario("more", (Change("stock", factor=2),))])
    assert found[0].plan is None and "stock of beds" in str(found[0].why_not)
    assert found[1].plan is not None


def test_the_widest_swing_comes_first_and_each_is_what_solving_again_gives():
    plan = solve(base(budget=30.0))
    swings = sensitivity(plan)
    assert [each.width for each in swings] == sorted((each.width for each in swings), reverse=True)
    for each in swings:
        again = solve(apply(plan.problem, Scenario("again", (each.change,))))
        assert each.high == pytest.approx(float(again.served.sum()))


@given(st.floats(0.05, 1.0), st.sampled_from(["all", "worst-off"]))
def test_the_smallest_stock_reaches_the_coverage_and_a_little_less_does_not(goal, of):
    needed = smallest(base(), "stock", goal, of=of, resource="beds")
    assert needed is not None

    def reached(stock: float) -> bool:
        problem = replace(base(stock), policy="max-min" if of == "worst-off" else "most-served")
        plan = solve(problem)
        return (plan.lowest_coverage if of == "worst-off" else plan.total_coverage) >= goal - 1e-6

    assert reached(needed * (1 + 1e-6) + 1e-6)
    assert needed == 0 or not reached(needed * 0.99)


def test_where_another_limit_holds_it_back_no_stock_is_enough():
    assert smallest(base(cap=[[5, 99], [5, 99], [5, 99]]), "stock", 0.9, resource="beds") is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("coverage >= 30%", True),
        ("coverage >= 0.99", False),
        ("served >= 20", True),
        ("unmet <= 35", True),
        ("left beds <= 0", True),
        ("spent < 41", True),
        ("coverage of west > 10%", True),
        ("Beds in North ≥ 500", False),
        ("lowest coverage = 1", False),
    ],
)
def test_a_promise_is_kept_or_broken_as_the_plan_is(text, kept):
    found = promised(text, solve(base()))
    assert found.kept is kept and str(found.said).startswith("Kept" if kept else "Broken")


@pytest.mark.parametrize("text", ["", "coverage of Nowhere >= 1%", "hope >= 3", "coverage is good", "beds in >= 3"])
def test_what_is_no_promise_is_refused_with_how_to_write_one_and_counts_as_broken(text):
    with pytest.raises(InputError, match="is no promise"):
        promised(text, solve(base()))
    (told,) = promises([text], solve(base()))
    assert not told.kept and told.value is None


def test_a_promise_about_units_counts_existing_and_placed():
    plan = solve(base(existing=np.array([[3, 0], [0, 0], [0, 0]])))
    there = 3 + plan.units[0, 0]
    assert promised("beds in North >= 0", plan).value == pytest.approx(there)
