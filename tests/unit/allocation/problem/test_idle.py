import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.idle import idle
from medalloc.allocation.solving import solve


@pytest.mark.parametrize(
    ("beds", "limits", "said"),
    [
        ({}, {}, []),
        ({"unit_cost": 9.0}, {"budget": 5}, []),
        ({}, {"budget": 0}, ["The budget has no effect: nothing costs money."]),
        ({}, {"budget": 0, "region_cost": [[1], [np.nan]]}, []),
        ({"unit_cost": 7.0}, {}, ["The costs of beds have no effect: there is no budget."]),
        ({"unit_cost": 9.0}, {}, []),
        ({"movable": 0.5, "move_cost": 1.0}, {}, ["The costs of beds have no effect: there is no budget."]),
        ({"space": 1.0}, {}, ["The space that beds take has no effect: no region says how much space it has."]),
        ({}, {"space": [1, np.inf]}, ["The space of regions has no effect: no resource takes any."]),
        ({"space": 1.0}, {"space": [1, np.inf]}, []),
        ({"move_cost": 2.0}, {}, ["What moving beds costs has no effect: no unit of them may be moved."]),
        ({"productivity": 0.5}, {}, ["How much beds can replace has no effect: they stand in for nothing."]),
        ({"stand_in_share": 0.5}, {}, ["How much beds can replace has no effect: they stand in for nothing."]),
        (
            {"movable": 0.5},
            {"policy": "proportional"},
            ["Under this policy nothing is moved, and nothing substitutes for others."],
        ),
    ],
)
def test_what_changes_nothing_is_said_and_truly_changes_nothing(beds, limits, said):
    problem = Problem(("N", "S"), [30, 10], (Resource("beds", 20, **beds),), existing=[[4], [4]], **limits)
    assert [str(each) for each in idle(problem, {"beds": 9.0})] == said
    if said:
        free = {"space": [np.inf, np.inf], "budget": None}
        kept = ("unit_cost", "space") if "policy" in limits else ("unit_cost", "space", "movable")
        plain = {each: value for each, value in beds.items() if each in kept}
        without = Problem(("N", "S"), [30, 10], (Resource("beds", 20, **plain),), existing=[[4], [4]], **limits | free)
        assert solve(without).served.tolist() == solve(problem).served.tolist()
