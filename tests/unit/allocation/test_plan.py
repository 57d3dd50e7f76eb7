import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.plan import infeasible_json, plan_frame
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError

KEYS = [
    "status",
    "method",
    "value",
    "bound",
    "gap",
    "demand",
    "served",
    "coverage",
    "lowest_coverage",
    "gini",
    "shadow_price",
    "regions",
    "conflicts",
]


def problem(**changes):
    given = {
        "regions": ("North", "South"),
        "demand": [30.0, 10.0],
        "resources": (Resource("beds", stock=20, unit_cost=2), Resource("nurses", stock=50)),
        "existing": [[0, 0], [2, 0]],
        "population": [300, 200],
        "budget": 38,
        **changes,
    }
    return Problem(**given)


def test_the_numbers_of_a_plan_agree_with_each_other():
    plan = solve(problem())
    assert np.isclose(plan.served.sum(), 21) and np.isclose(plan.total_coverage, 21 / 40)
    assert np.allclose(plan.unmet + plan.served, [30, 10])
    assert np.allclose(plan.used + plan.left, [20, 50])
    assert np.isclose(plan.spent, 38) and np.isclose(plan.budget_price, 0.5) and np.allclose(plan.shadow_price, [0, 0])
    assert plan.price_of_fairness == 0


def test_what_a_rule_gives_up_is_its_price_of_fairness():
    rule = solve(problem(policy="per-head", budget=None, existing=[[0, 0], [0, 0]], cap=[[5, np.inf], [10, 10]]))
    assert rule.method == "water level" and rule.price_of_fairness == pytest.approx(0.0)
    unequal = solve(problem(policy="per-head", resources=(Resource("beds", 20), Resource("nurses", 22, 2.0))))
    assert unequal.price_of_fairness == pytest.approx(
        (unequal.most_served - unequal.served.sum()) / unequal.most_served
    )
    assert unequal.gap == pytest.approx(unequal.price_of_fairness)


def test_the_worst_region_is_the_largest_of_those_covered_least():
    plan = solve(Problem(("A", "B", "C"), [5, 8, 8], (Resource("beds", 10),)))
    assert plan.worst_region == "B"
    assert plan.lowest_coverage == pytest.approx(10 / 21)


def test_gini_counts_people_if_they_are_known_and_demand_otherwise():
    plan = solve(problem(budget=None, value=[1, 2]))
    known = plan.gini
    unknown = solve(problem(budget=None, value=[1, 2], population=None)).gini
    assert known != unknown and 0 < known < 1


@settings(max_examples=40)
@given(data=st.data())
def test_a_plan_is_plain_json_with_the_promised_keys(data, feasible_problems):
    drawn = data.draw(feasible_problems())
    saved = solve(drawn).to_json()
    json.dumps(saved, allow_nan=False)
    assert list(saved) == KEYS
    assert ("budget" in saved["shadow_price"]) == (drawn.budget is not None)
    assert [row["region"] for row in saved["regions"]] == list(drawn.regions)
    assert set(saved["regions"][0]) == {"region", "demand", "served", "coverage", "units"}
    assert sum(row["served"] for row in saved["regions"]) == pytest.approx(saved["served"])


def test_no_plan_is_written_with_the_same_keys_and_its_conflicts_in_english():
    with pytest.raises(InfeasibleError) as caught:
        solve(problem(common_floor=1.0))
    saved = infeasible_json(caught.value)
    json.dumps(saved, allow_nan=False)
    assert list(saved) == KEYS
    assert saved["status"] == "infeasible" and saved["value"] is None
    assert [set(conflict) for conflict in saved["conflicts"]] == [{"limit", "required", "available", "repair"}] * 2


def test_the_table_of_a_plan_has_one_row_a_region_and_every_number_shown():
    frame = plan_frame(solve(problem()))
    assert list(frame.columns) == [
        "region",
        "population",
        "demand",
        "served",
        "unmet",
        "coverage",
        "existing beds",
        "placed beds",
        "existing nurses",
        "placed nurses",
    ]
    assert frame["region"].tolist() == ["North", "South"]
    assert "population" not in plan_frame(solve(problem(population=None)))
