"""What is lost without a resource or a region's share: the whole problem asked again, one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.scenarios.without import without


@settings(max_examples=30, deadline=None)
@given(
    demand=st.lists(st.integers(1, 40), min_size=2, max_size=4),
    stocks=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_what_is_lost_is_what_a_plan_without_it_serves_less_and_its_units_are_its_own(demand, stocks):
    kinds = (Resource("beds", stocks[0]), Resource("nurses", stocks[1], 0.5))
    names = tuple("ABCD"[: len(demand)])
    existing = [[demand[0] * 0.2, 9]] + [[demand[1] * 0.1 + 1, 2]] * (len(demand) - 1)
    problem = Problem(names, demand, kinds, existing=existing)
    plan = solve(problem)
    found = without(plan, most=len(demand))
    for each in found:
        if each.resource is not None:
            place = problem.resource_names.index(each.resource)
            asked = replace(
                problem,
                resources=tuple(replace(one, stock=0 if k == place else one.stock) for k, one in enumerate(kinds)),
            )
            own = np.where(np.arange(2) == place, plan.units.sum(axis=0), 0)
        else:
            row = names.index(each.region)
            cap = np.full((len(demand), 2), np.inf)
            cap[row] = 0
            asked, own = replace(problem, cap=cap), plan.units[row]
        lost = plan.served.sum() - solve(asked).served.sum()
        assert each.units == pytest.approx(own.tolist(), abs=1e-9)
        assert each.lost == pytest.approx(lost, abs=1e-6)
    assert {each.resource for each in found} >= {"beds", "nurses"}
    assert {each.region for each in found if each.region} == {
        name for name, units in zip(names, plan.units, strict=True) if units.sum() > 0
    }
