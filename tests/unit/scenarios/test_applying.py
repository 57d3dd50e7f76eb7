import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import InputError
from medalloc.scenarios import Change, Scenario, apply

BASE = Problem(
    ("North", "South"),
    [30, 10],
    (Resource("beds", stock=20, unit_cost=2), Resource("nurses", stock=40)),
    cap=[[5, np.inf], [np.inf, np.inf]],
    existing=[[1, 2], [3, 4]],
    floor=[0.2, 0],
    common_floor=0.1,
    budget=100,
    population=[3, 1],
)


def after(*changes):
    return apply(BASE, Scenario("test", changes))


@pytest.mark.parametrize(
    ("change", "seen", "expected"),
    [
        (Change("demand", factor=2), lambda p: p.demand.tolist(), [60, 20]),
        (Change("demand", factor=2, region="South"), lambda p: p.demand.tolist(), [30, 20]),
        (Change("demand", value=7, region="South"), lambda p: p.demand.tolist(), [30, 7]),
        (Change("stock", factor=0.5), lambda p: p.stock.tolist(), [10, 20]),
        (Change("stock", value=7, resource="beds"), lambda p: p.stock.tolist(), [7, 40]),
        (Change("requirement", value=3, resource="beds"), lambda p: p.requirement[0].tolist(), [3, 1]),
        (Change("unit_cost", factor=3, resource="beds"), lambda p: p.unit_cost[0].tolist(), [6, 0]),
        (Change("budget", factor=2), lambda p: p.budget, 200),
        (Change("budget", value=0), lambda p: p.budget, 0),
        (Change("budget", value="unlimited"), lambda p: p.budget, None),
        (Change("floor", value=0.3), lambda p: (p.common_floor, p.floor.tolist()), (0.3, [0.2, 0])),
        (Change("floor", value=0.3, region="South"), lambda p: (p.common_floor, p.floor.tolist()), (0.1, [0.2, 0.3])),
        (Change("floor", factor=0), lambda p: (p.common_floor, p.floor.tolist()), (0, [0, 0])),
        (Change("existing", value=9, resource="beds", region="North"), lambda p: p.existing.tolist(), [[9, 2], [3, 4]]),
        (Change("existing", factor=0), lambda p: p.existing.tolist(), [[0, 0], [0, 0]]),
        (Change("cap", factor=0), lambda p: p.cap.tolist(), [[0, np.inf], [np.inf, np.inf]]),
        (Change("cap", value="unlimited", resource="beds"), lambda p: np.isinf(p.cap).all(), True),
        (Change("cap", value=1, resource="nurses"), lambda p: p.cap.tolist(), [[5, 1], [np.inf, 1]]),
        (Change("value", factor=2, region="North"), lambda p: p.value.tolist(), [2, 1]),
        (Change("policy", value="per-head"), lambda p: p.policy, "per-head"),
    ],
)
def test_a_change_changes_what_it_says_and_leaves_the_base_alone(change, seen, expected):
    before = BASE.to_json()
    assert seen(after(change)) == expected
    assert BASE.to_json() == before


def test_changes_are_made_in_their_order():
    assert after(Change("stock", value=5, resource="beds"), Change("stock", factor=2)).stock.tolist() == [10, 80]
    assert after(Change("stock", factor=2), Change("stock", value=5, resource="beds")).stock.tolist() == [5, 80]


def test_no_change_is_the_same_problem():
    assert after() == BASE


def test_every_unknown_name_is_said_at_once():
    with pytest.raises(InputError) as caught:
        after(Change("demand", factor=2, region="East"), Change("stock", factor=2, resource="vans"))
    assert [str(fault) for fault in caught.value.faults] == [
        "The scenario changes an unknown region: East; known are: North, South.",
        "The scenario changes an unknown resource: vans; known are: beds, nurses.",
    ]


def test_a_budget_that_is_not_there_cannot_be_multiplied():
    free = apply(BASE, Scenario("free", (Change("budget", value="unlimited"),)))
    with pytest.raises(InputError, match="no budget that could be multiplied"):
        apply(free, Scenario("half", (Change("budget", factor=0.5),)))


def test_a_change_to_something_impossible_is_refused_as_the_problem_refuses_it():
    with pytest.raises(InputError, match="fraction from 0 to 1"):
        after(Change("floor", value=30))
