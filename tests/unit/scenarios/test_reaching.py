"""The smallest number that reaches a coverage, by hand where one person takes two beds."""

import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.scenarios.reaching import smallest


def asked(*, whole=False, **changes):
    beds = Resource("beds", 500, requirement=2, unit_cost=3, whole=whole)
    return Problem(("A", "B"), [30, 10], (beds,), existing=[[4], [0]], **changes)


@pytest.mark.parametrize(
    ("what", "goal", "of", "found"),
    [
        ("stock", 0.5, "all", 36),
        ("stock", 0.5, "worst-off", 36),
        ("stock", 0.2, "all", 12),
        ("stock", 0.05, "all", 0),
        ("stock", 0.05, "worst-off", 1),
        ("stock", 1.0, "all", 76),
        ("budget", 0.5, "all", 108),
        ("budget", 0.04, "all", 0),
    ],
)
def test_it_is_what_the_persons_take_beyond_what_is_there(what, goal, of, found):
    problem = asked(budget=1.0) if what == "budget" else asked()
    resource = None if what == "budget" else "beds"
    assert smallest(problem, what, goal, of=of, resource=resource) == pytest.approx(found, rel=1e-6)


@pytest.mark.parametrize(("goal", "found"), [(0.5, 36), (0.51, 37), (0.05, 0)])
def test_of_whole_units_it_is_a_whole_number(goal, found):
    assert smallest(asked(whole=True), "stock", goal, resource="beds") == found


def test_where_no_number_is_enough_there_is_none():
    assert smallest(asked(cap=[[9], [9]]), "stock", 0.9, resource="beds") is None
    assert smallest(asked(cap=[[9], [0]]), "stock", 0.1, of="worst-off", resource="beds") is None
