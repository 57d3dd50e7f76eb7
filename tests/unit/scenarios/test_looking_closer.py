from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures
from medalloc.scenarios import Change, Scenario, apply
from medalloc.scenarios.grid import two_at_once
from medalloc.scenarios.reaching import smallest
from medalloc.scenarios.regret import regrets
from medalloc.scenarios.sensitivity import Way, sensitivity
from medalloc.scenarios.side_by_side import side_by_side
from medalloc.scenarios.without import without


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


@settings(max_examples=25)
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


def test_every_square_is_the_plan_of_both_changes_and_is_blank_where_there_is_none():
    down, across = Way("demand"), Way("stock", "beds")
    found = two_at_once(base(floor=[0.3] * 3), down, across, aim="fair", step=0.2)
    assert found.factors[3] == 1 and found.values[3, 3] == solve(base(floor=[0.3] * 3)).lowest_coverage
    for row, one in enumerate(found.factors):
        for column, other in enumerate(found.factors):
            changed = apply(base(floor=[0.3] * 3), Scenario("both", (down(one), across(other))))
            # 55 persons need 30% of a bed each
            if 0.3 * 55 * one > 20 * other + 1e-9:
                assert np.isnan(found.values[row, column])
            else:
                assert found.values[row, column] == pytest.approx(solve(changed).lowest_coverage)


def test_without_a_region_its_units_go_where_they_serve_most_and_what_is_then_lost_is_never_below_nothing():
    plan = solve(base(45.0, cap=[[30, 30], [10, 30], [5, 30]]))
    for each in without(plan):
        if each.region is None:
            again = solve(apply(plan.problem, Scenario("none", (Change("stock", value=0, resource=each.resource),))))
        else:
            row = plan.problem.regions.index(each.region)
            cap = plan.problem.cap.copy()
            cap[row] = 0
            again = solve(replace(plan.problem, cap=cap))
            assert each.there == pytest.approx(plan.served[row]) and each.units == tuple(plan.units[row].tolist())
        assert each.lost == pytest.approx(float(plan.served.sum() - again.served.sum()))
        assert each.lost >= -1e-9


FOR_FUTURES = {"": solve(base()), "more": solve(base(30.0)), "fair": solve(base(policy="max-min"))}


@settings(max_examples=30)
@given(st.lists(st.lists(st.floats(0, 60), min_size=3, max_size=3), min_size=1, max_size=5))
def test_regret_is_against_the_best_of_the_plans_in_the_same_future(demand):
    plans = FOR_FUTURES
    futures = Futures(("North", "South", "West"), demand)
    found = {each.name: each for each in regrets(plans, futures)}
    served = {
        name: [sum(np.minimum(one, plan.problem.existing[:, 0] + plan.units[:, 0])) for one in demand]
        for name, plan in plans.items()
    }
    for name, each in found.items():
        behind = [max(others) - own for own, *others in zip(served[name], *served.values(), strict=True)]
        assert each.mean_regret == pytest.approx(np.mean(behind), abs=1e-6)
        assert each.largest_regret == pytest.approx(max(behind), abs=1e-6)
