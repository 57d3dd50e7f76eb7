from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.cells import as_cells, in_cells, of_regions
from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve

BEDS, MASKS = Resource("beds", 6, unit_cost=3), Resource("masks", 30, requirement=2, unit_cost=1)


def apart(**limits):
    return Problem(("A", "B"), [14, 14], (BEDS, MASKS), demand_of=[[4, 10], [4, 10]], **limits)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 20), min_size=4, max_size=4),
    st.sampled_from(["most-served", "alpha:2", "max-min", "proportional", "today"]),
)
def test_without_a_budget_each_resource_is_planned_as_if_it_were_alone(demand, policy):
    demand_of = np.array(demand, dtype=float).reshape(2, 2)
    problem = Problem(
        ("A", "B"), demand_of.sum(axis=1), (BEDS, MASKS), demand_of=demand_of, existing=[[1, 0], [0, 3]], policy=policy
    )
    plan = solve(problem)
    for place, one in enumerate(problem.resources):
        alone = Problem(("A", "B"), demand_of[:, place], (one,), existing=problem.existing[:, [place]], policy=policy)
        expected = solve(alone)
        if policy != "max-min" and not policy.startswith("alpha"):
            assert plan.served_of[:, place].sum() == pytest.approx(expected.served.sum())
        assert plan.units[:, place].sum() <= one.stock + 1e-9
    assert plan.served == pytest.approx(plan.served_of.sum(axis=1))


def test_a_plan_for_cells_and_back_is_the_same_plan():
    plan = solve(apart(budget=30))
    again = of_regions(in_cells(plan), plan.problem)
    assert again.units == pytest.approx(plan.units) and again.served_of == pytest.approx(plan.served_of)


def test_a_budget_is_shared_by_all_resources():
    plan = solve(apart(budget=30))
    assert plan.spent == pytest.approx(30)
    # money serves more through masks, 2 a person, than through beds, 3
    assert plan.served_of[:, 1].sum() == pytest.approx(15) and plan.served_of[:, 0].sum() == pytest.approx(0)


def test_a_problem_whose_persons_need_everything_is_its_own_cells():
    problem = Problem(("A",), [3], (BEDS, MASKS))
    assert as_cells(problem) is problem


def test_a_conflict_names_the_region_and_its_remedy_is_one_for_the_region():
    (found,) = conflicts(apart(common_floor=0.5, cap=[[1, np.inf], [np.inf, np.inf]]))
    assert str(found.limit) == "A, beds can take 1 more beds, but its floor needs 2."
    assert found.remedies == ({"what": "cap", "resource": "beds", "region": "A", "value": 2.0},)
    assert not conflicts(replace(apart(common_floor=0.5), cap=[[2, np.inf], [np.inf, np.inf]]))
