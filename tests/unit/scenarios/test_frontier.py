import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError, InputError
from medalloc.scenarios import Scenario, apply
from medalloc.scenarios.frontier import frontier

AMOUNTS = st.integers(0, 20).map(float)
BASE = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), value=[2, 1])


@st.composite
def problems(draw):
    n, kinds = draw(st.integers(1, 5)), draw(st.integers(1, 2))

    def cells(cell):
        return draw(st.lists(st.lists(cell, min_size=kinds, max_size=kinds), min_size=n, max_size=n))

    return Problem(
        regions=tuple(f"region {place}" for place in range(n)),
        demand=draw(st.lists(AMOUNTS, min_size=n, max_size=n)),
        resources=tuple(
            Resource(f"resource {place}", draw(st.integers(0, 60)), draw(st.sampled_from([0.7, 1.0, 2.0])), 1.0)
            for place in range(kinds)
        ),
        existing=cells(st.just(0.0) | AMOUNTS),
        cap=cells(st.just(np.inf) | AMOUNTS),
        value=draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=n, max_size=n)),
        budget=draw(st.none() | st.integers(0, 60).map(float)),
        policy=draw(st.sampled_from(["most-served", "proportional"])),
    )


@settings(max_examples=50)
@given(problem=problems(), count=st.integers(2, 6))
def test_the_value_never_rises_and_the_lowest_coverage_never_falls(problem, count):
    found = list(frontier(problem, count))
    value, lowest, price = (
        np.array([getattr(point, name) for point in found])
        for name in ("value", "lowest_coverage", "price_of_fairness")
    )
    assert 1 <= len(found) <= count
    assert (np.diff(value) <= 1e-7 * (1 + value[0])).all()
    assert (np.diff(lowest) >= -1e-9).all()
    assert (np.diff(price) >= -1e-7).all() and price[0] <= 1e-7 and price[-1] <= 1


@settings(max_examples=30)
@given(problem=problems())
def test_where_all_count_the_same_the_persons_served_never_rise(problem):
    problem = replace(problem, value=np.ones_like(problem.value))
    served = np.array([point.served for point in frontier(problem, 4)])
    assert (np.diff(served) <= 1e-7 * (1 + served[0])).all()


@settings(max_examples=40)
@given(problem=problems())
def test_the_last_point_is_the_largest_floor_and_the_first_serves_the_most(problem):
    found = list(frontier(problem, 3))
    assert found[-1].floor == largest_floor(problem)
    most = solve(replace(problem, common_floor=0.0, policy="most-served"))
    assert np.isclose(found[0].value, most.value, rtol=1e-7, atol=1e-7)
    assert found[0].floor >= min(most.lowest_coverage, found[-1].floor) - 1e-12


@settings(max_examples=30)
@given(problem=problems())
def test_taking_a_points_change_gives_its_plan(problem):
    for point in frontier(problem, 3):
        plan = solve(apply(problem, point.change))
        assert np.array_equal(plan.units, point.plan.units)
        assert plan.problem.policy == "most-served" and plan.problem.common_floor == point.floor


def test_points_begin_where_a_floor_first_changes_something():
    # Existing beds cover half of South; a floor of less is kept anyway.
    problem = replace(BASE, existing=[[0], [5]], resources=(Resource("beds", 21),))
    found = list(frontier(problem, 5))
    assert found[0].floor == pytest.approx(0.5) and found[0].price_of_fairness == pytest.approx(0)
    assert len(found) == 5 and found[1].price_of_fairness > 0


def test_where_efficiency_is_fair_already_there_is_one_point():
    found = list(frontier(replace(BASE, value=[1, 1]), 50))
    assert len(found) == 1 and found[0].floor == 0.5 and found[0].price_of_fairness == 0


def test_points_come_one_at_a_time():
    points = frontier(BASE, 1_000_001)
    assert next(points).floor == 0 and next(points).floor == pytest.approx(0.5e-6, rel=1e-6)


def test_the_price_is_the_share_of_the_value_given_up():
    found = list(frontier(BASE, 3))
    assert [point.price_of_fairness for point in found] == pytest.approx([0, 2.5 / 40, 5 / 40])
    assert [point.change.name for point in found] == ["Common floor 0%", "Common floor 25%", "Common floor 50%"]


def test_a_point_as_plain_values_still_gives_its_plan():
    saved = json.loads(json.dumps([point.to_json() for point in frontier(BASE, 3)]))
    plans = [solve(apply(BASE, Scenario.from_json(point["change"]))) for point in saved]
    assert [plan.value for plan in plans] == [point["value"] for point in saved]


@pytest.mark.parametrize("count", [1, 0, -3, 2.5, True])
def test_what_is_no_number_of_points_is_refused_before_the_first_is_asked_for(count):
    with pytest.raises(InputError, match="whole number from 2 on"):
        frontier(BASE, count)


def test_own_floors_that_do_not_fit_are_said_before_the_first_point():
    with pytest.raises(InfeasibleError):
        frontier(replace(BASE, floor=[1, 1]), 3)
