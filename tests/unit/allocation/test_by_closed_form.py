from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.by_closed_form import plan_in_closed_form
from medalloc.allocation.closed_forms.cells import as_cells, of_regions
from medalloc.allocation.fitting.broken import largest_share_of_floors
from medalloc.allocation.problem import Problem, Resource


@settings(max_examples=120, deadline=None)
@given(
    data=st.data(),
    policy=st.sampled_from(["most-served", "alpha:2", "max-min", "proportional", "per-head", "today"]),
    budget=st.none() | st.integers(1, 100).map(float),
)
def test_resources_with_persons_of_their_own_are_planned_like_a_region_for_each(data, policy, budget):
    cells = st.lists(st.lists(st.integers(0, 20).map(float), min_size=2, max_size=2), min_size=3, max_size=3)
    demand = np.array(data.draw(cells))
    problem = Problem(
        ("A", "B", "C"),
        demand.sum(axis=1),
        tuple(Resource(name, data.draw(st.integers(0, 30)), 2.0, data.draw(st.integers(0, 3))) for name in "xy"),
        demand_of=demand,
        existing=data.draw(cells),
        cap=data.draw(st.just(np.full((3, 2), np.inf)) | cells),
        value=data.draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=3, max_size=3)),
        population=[5.0, 0.0, 9.0],
        common_floor=data.draw(st.sampled_from([0.0, 0.5])),
        budget=budget,
        policy=policy,
    )
    problem = replace(problem, common_floor=problem.common_floor * largest_share_of_floors(problem))
    plan, expected = plan_in_closed_form(problem), of_regions(plan_in_closed_form(as_cells(problem)), problem)
    for name in ("served_of", "served", "units", "value", "bound", "shadow_price", "budget_price", "most_served"):
        found, same = getattr(plan, name), getattr(expected, name)
        assert found is same or found == pytest.approx(same, rel=1e-7, abs=1e-7), name


@settings(max_examples=25, deadline=None)
@given(data=st.data(), policy=st.sampled_from(["alpha:2", "max-min", "proportional", "per-head", "today"]))
def test_the_price_of_a_limit_is_what_the_same_policy_does_with_one_unit_more_of_it(data, policy, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just(policy)))
    plan = plan_in_closed_form(problem)

    def more(**changes):
        return float(problem.value @ (plan_in_closed_form(problem.derived(**changes)).served - plan.served))

    kinds = problem.resources
    for place, one in enumerate(kinds):
        resources = (*kinds[:place], replace(one, stock=one.stock + 1), *kinds[place + 1 :])
        assert plan.shadow_price[place] == pytest.approx(more(resources=resources), abs=1e-6)
    if problem.budget is None:
        assert plan.budget_price is None
    else:
        assert plan.budget_price == pytest.approx(more(budget=problem.budget + 1), abs=1e-6)
