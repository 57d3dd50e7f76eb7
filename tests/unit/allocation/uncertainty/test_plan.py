import json

import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, cautious, sample_average

FUTURES = Futures(("B", "A"), [[20, 0], [20, 40], [0, 0]])
PROBLEM = Problem(("A", "B"), [20, 20], (Resource("beds", 30), Resource("nurses", 80, requirement=2)))


@pytest.mark.parametrize("make", [sample_average, cautious])
def test_a_plan_is_plain_values_that_add_up(make):
    plan = make(PROBLEM, FUTURES)
    saved = json.loads(json.dumps(plan.to_json()))
    assert saved["status"] == "optimal" and saved["futures"] == 3 and saved["expected_demand"] == pytest.approx(80 / 3)
    assert saved["expected_served"] == pytest.approx(sum(row["expected_served"] for row in saved["regions"]))
    assert [row["region"] for row in saved["regions"]] == ["A", "B"]
    for kind, name in enumerate(PROBLEM.resource_names):
        assert sum(row["units"][name] for row in saved["regions"]) == pytest.approx(plan.used[kind])


def test_coverage_is_served_on_average_over_demand_on_average():
    plan = sample_average(PROBLEM, FUTURES)
    assert plan.capacity == pytest.approx([10, 20])
    assert plan.coverage == pytest.approx([(10 / 3) / (40 / 3), 1])
