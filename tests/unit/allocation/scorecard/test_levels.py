import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.solving import solve


@settings(max_examples=25)
@given(data=st.data())
def test_a_plan_that_places_units_keeps_its_floors_so_nobody_is_below_them(data, feasible_problems, scores):
    placing = st.sampled_from([each for each in CATALOGUE if each not in ("alpha", "today")])
    assert scores(solve(data.draw(feasible_problems(policy=placing))))["below_floor"].value == 0


def test_the_floor_may_be_asked_of_a_plan_that_was_made_without_one(plan_with, scores):
    below = scores(plan_with([0.2, 0.5, 0.8], population=[300, 100, 600]), floor=0.5)["below_floor"]
    assert below.value == pytest.approx(0.3) and below.best == 0
    assert str(below.meaning) == "300 of 1,000 people are in regions that are covered below their floor."
    assert str(scores(plan_with([0.2, 0.5, 0.8]))["below_floor"].meaning) == "No floor is set."


def test_a_region_without_need_does_not_raise_the_highest_coverage(plan_with, scores):
    found = scores(plan_with([0.2, 0.5, 0.8], demand=[40, 10, 0]))
    assert found["highest_coverage"].value == pytest.approx(0.5)
    assert found["lowest_over_highest"].value == pytest.approx(0.4)


def test_where_nobody_is_in_need_there_is_nothing_to_be_better_at(plan_with, scores):
    found = scores(plan_with([1.0, 1.0, 1.0], demand=[0, 0, 0]))
    assert (found["lowest_coverage"].value, found["highest_coverage"].value) == (1.0, 1.0)
    assert str(found["lowest_coverage"].meaning) == str(found["highest_coverage"].meaning) == "Nobody is in need."
