import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.plan import infeasible_json
from medalloc.allocation.plan_frame import plan_frame
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
    "spent",
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


def test_where_nobody_can_be_served_nothing_is_given_up():
    for policy in ("most-served", "max-min", "proportional"):
        plan = solve(Problem(("A", "B"), [30, 10], (Resource("beds", 0),), policy=policy))
        assert (plan.most_served, plan.price_of_fairness) == (0, 0)


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


def test_what_came_from_elsewhere_and_what_stands_in_are_in_the_json_and_the_table_where_there_may_be_any():
    resources = (
        Resource("beds", stock=1),
        Resource("doctors", stock=2, movable=0.5),
        Resource("nurses", stock=9, requirement=0.01, stands_in_for="doctors", productivity=0.5, stand_in_share=0.4),
    )
    existing = [[9, 8, 0], [9, 0, 0]]
    plan = solve(problem(resources=resources, existing=existing, demand=[2, 9], budget=None))
    frame, regions = plan_frame(plan), plan.to_json()["regions"]
    assert [name for name in frame if name.startswith(("moved", "standing"))] == ["moved doctors", "standing in nurses"]
    assert frame["moved doctors"].sum() == pytest.approx(0) and frame["moved doctors"].abs().sum() > 1
    assert frame["standing in nurses"].sum() > 0
    for place, region in enumerate(regions):
        assert list(region)[:5] == ["region", "demand", "served", "coverage", "units"]
        assert region["moved"]["doctors"] == frame["moved doctors"][place]
        assert region["standing_in"]["nurses"] == frame["standing in nurses"][place]
        assert "served_of" not in region


def test_a_plain_plan_has_no_columns_for_what_cannot_be():
    plan = solve(problem(resources=(Resource("beds", 20, whole=True),), existing=[[0], [2]], budget=None))
    assert list(plan_frame(plan)) == [
        *("region", "population", "demand", "served", "unmet", "coverage", "existing beds", "placed beds"),
    ]
    assert list(plan.to_json()["regions"][0]) == ["region", "demand", "served", "coverage", "units"]


def test_persons_of_each_resource_are_in_the_json_and_the_table_where_each_has_its_own():
    plan = solve(problem(demand=[30, 10], demand_of=[[20, 10], [0, 10]], budget=None))
    frame = plan_frame(plan)
    assert plan.coverage_of.tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert (frame["served beds"] + frame["served nurses"]).tolist() == pytest.approx(frame["served"].tolist())
    assert frame["coverage beds"].tolist() == [1, 1] and frame["demand nurses"].tolist() == [10, 10]
    assert plan.to_json()["regions"][1]["served_of"] == {"beds": 0.0, "nurses": pytest.approx(10.0)}
