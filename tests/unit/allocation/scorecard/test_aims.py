from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.scorecard.aims import aims, aims_json, idle
from medalloc.allocation.solving import solve
from medalloc.allocation.waiting.of_plan import waits_of
from medalloc.allocation.waiting.waits import longest_but, waits


def by_key(plan):
    return {aim.key: aim for aim in aims(plan)}


def test_a_plan_that_could_serve_more_says_how_many(plan_with):
    plan = replace(plan_with([0.5, 0.5, 0.5]), most_served=80.0)
    assert by_key(plan)["efficient"].value == pytest.approx(50 / 80)
    assert str(by_key(plan)["efficient"].meaning) == "50 people are served, of 80 at most within these limits."


@pytest.mark.parametrize("most", [50.0, 80.0])
def test_a_demand_that_is_no_people_is_told_in_its_unit(plan_with, most):
    plan = replace(plan_with([0.5, 0.5, 0.5]), most_served=most)
    plan = replace(plan, problem=replace(plan.problem, resources=(replace(plan.problem.resources[0], unit_cost=2.0),)))
    told = " ".join(f"{aim.name} {aim.measure} {aim.meaning}" for aim in aims(plan, "visits"))
    assert "people" not in told and "person" not in told
    assert "(visits)" in told and "Of the most visits possible" in told
    assert ("50 visits are served, of 80" in told) == (most == 80)


def test_what_stays_in_stock_and_what_stands_idle_is_waste():
    beds = Resource("beds", stock=30)
    plan = solve(Problem(("North", "South"), [10, 20], (beds,), existing=[[15], [0]], cap=[[0], [12]]))
    found = by_key(plan)["little_waste"]
    assert idle(plan).tolist() == [[5.0], [0.0]]
    # 45 beds in all: 18 stay in stock, for which the cap leaves no room, and 5 stand idle
    assert found.value == pytest.approx(1 - 23 / 45)
    assert str(found.meaning) == "18 units of beds stay in stock and 5 stand idle in their regions."


@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=6),
    st.floats(0, 100),
    st.floats(0.1, 3),
)
def test_units_in_use_idle_and_in_stock_are_all_units(regions, stock, requirement):
    demand, existing = (np.array(each) for each in zip(*regions, strict=True))
    resource = Resource("beds", stock=stock, requirement=requirement)
    names = tuple(f"R{place}" for place in range(len(regions)))
    plan = solve(Problem(names, demand, (resource,), existing=existing[:, None]))
    every = existing.sum() + stock
    busy = float((plan.served * requirement).sum())
    assert busy + idle(plan).sum() + plan.left.sum() == pytest.approx(every, abs=1e-6 * (1 + every))


def test_units_that_do_the_work_of_another_resource_are_in_use():
    doctors, nurses = Resource("doctors", stock=0), Resource("nurses", stock=10, stands_in_for="doctors")
    plan = solve(Problem(("North",), [10], (doctors, replace(nurses, requirement=0.0001))))
    assert plan.standing_in is not None
    assert plan.standing_in[0, 1] == pytest.approx(9.999, abs=0.01)
    assert idle(plan)[0, 1] == pytest.approx(0, abs=1e-6)


def test_all_but_one_in_twenty_wait_no_longer_than_the_wait_that_is_named():
    found = waits([7000, 3000, 1500], 48, [45, 20, 9])
    late = longest_but(found, 48, 0.05)
    again = waits([7000, 3000, 1500], 48, [45, 20, 9], target_wait=late)
    assert again.overall_share_longer == pytest.approx(0.05)


def test_where_a_queue_grows_without_end_the_mean_wait_has_none():
    beds = Resource("beds", stock=4, requirement=0.01, length_of_stay=96)
    plan = solve(Problem(("North", "South"), [730, 10], (beds,)))
    assert waits_of(plan)["beds"].is_endless.any()
    assert by_key(plan)["short_waits"].value == np.inf
    assert aims_json(plan)["short_waits"] is None


def test_quality_counts_everybody_by_the_value_of_their_region():
    plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", 20),), value=[1, 3]))
    assert plan.served.tolist() == [10, 10]
    assert by_key(plan)["quality"].value == pytest.approx(40 / 60)
    assert "counted alike, 50%" in str(by_key(plan)["quality"].meaning)
