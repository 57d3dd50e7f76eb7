import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.answer import answer_json
from medalloc.allocation.explaining.marginal import binding, marginal
from medalloc.allocation.explaining.next_unit import next_unit
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_for_the_most_served_the_price_lies_between_one_more_and_one_less(data, feasible_problems):
    plan = solve(data.draw(feasible_problems(policy=st.just("most-served"))))
    found = marginal(plan)
    assert (found.one_more <= found.dual + 1e-6).all()
    possible = ~np.isnan(found.one_less)
    assert (found.one_less[possible] >= found.dual[possible] - 1e-6).all()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_one_more_is_what_the_plan_calls_its_price_and_one_less_is_answered_afresh(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.sampled_from(["max-min", "alpha:2", "per-head", "today"])))
    plan = solve(problem)
    found = marginal(plan)
    assert np.allclose(found.one_more[: len(problem.resources)], plan.shadow_price, atol=1e-7)
    if not np.isnan(found.one_less[0]):
        less = replace(problem.resources[0], stock=problem.resources[0].stock - 1)
        after = solve(replace(problem, resources=(less, *problem.resources[1:])))
        assert found.one_less[0] == pytest.approx(problem.value @ (plan.served - after.served), abs=1e-7)
    json.dumps(answer_json(plan), allow_nan=False)


def test_the_next_unit_of_a_region_serves_whom_it_can_with_what_is_left():
    resources = (Resource("beds", 20), Resource("nurses", 8, requirement=2.0))
    plan = solve(Problem(("A", "B"), [30, 10], resources, existing=[[0, 6], [0, 0]], policy="today"))
    # Whom a bed or a nurse serves, the other stock standing by; beside a nurse more, A's own six find beds too.
    assert marginal(plan).next_unit.tolist() == [[1, 3.5], [1, 0.5]]
    most = solve(replace(plan.problem, policy="most-served"))
    assert marginal(most).next_unit[:, 0].tolist() == [0, 0]


def every_next(plan, row, place):
    """Return the most persons more by one unit of a resource and what is left of the others, one choice at a time."""
    problem, best = plan.problem, 0.0
    room = np.minimum(problem.cap[row] - plan.units[row], plan.left)
    most = [min(30, each) for each in room.tolist()]
    most[place] = min(1, problem.cap[row, place] - plan.units[row, place])
    for more in itertools.product(*(range(int(each + 1e-9) + 1) for each in most)):
        units = plan.units[row] + more
        if units @ problem.unit_space <= problem.space[row] + 1e-9:
            persons = ((problem.existing[row] + units) / problem.requirement[row]).min()
            best = max(best, min(problem.demand[row], persons) - plan.served[row])
    return best


@settings(max_examples=40, deadline=None)
@given(
    demand=st.lists(st.integers(1, 12), min_size=1, max_size=3),
    stocks=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    takes=st.tuples(st.sampled_from([0.4, 1.0]), st.sampled_from([0.3, 1.0])),
    sizes=st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.5, 2.0])),
    space=st.lists(st.integers(0, 12), min_size=3, max_size=3),
    budget=st.none() | st.integers(0, 12),
)
def test_the_next_whole_unit_serves_whom_every_choice_of_the_others_would_let_it(
    demand, stocks, takes, sizes, space, budget
):
    names = ("beds", "nurses")
    kinds = tuple(Resource(names[k], stocks[k], takes[k], 1.0, sizes[k], whole=True) for k in range(2))
    regions = ("A", "B", "C")[: len(demand)]
    plan = solve(Problem(regions, demand, kinds, space=space[: len(demand)], budget=budget))
    expected = [[every_next(plan, row, place) for place in range(2)] for row in range(len(demand))]
    assert next_unit(plan) == pytest.approx(np.array(expected), abs=1e-6)


def test_a_unit_that_is_not_there_cannot_be_taken():
    found = marginal(solve(Problem(("A",), [30], (Resource("beds", 0.5), Resource("nurses", 9)), common_floor=0.01)))
    assert np.isnan(found.one_less[0]) and found.one_less[1] == pytest.approx(0)


def test_everything_that_binds_is_named():
    problem = Problem(
        ("A", "B", "C"),
        [10, 10, 10],
        (Resource("beds", 12, unit_cost=1), Resource("nurses", 50)),
        cap=[[np.inf, np.inf], [np.inf, np.inf], [5, np.inf]],
        floor=[0.3, 0, 0],
        value=[1, 2, 3],
        budget=12,
    )
    assert [str(each) for each in binding(solve(problem))] == [
        "The stock of beds is used up.",
        "The budget is spent.",
        "Regions at their floor: 1.",
        "Regions at a cap: 1.",
    ]
    locked = replace(problem, locked=[[np.nan] * 2, [1, np.nan], [5, np.nan]], budget=None)
    assert [str(each) for each in binding(solve(locked))] == [
        "The stock of beds is used up.",
        "Regions with locked units: 2.",
    ]


def test_the_next_unit_counts_what_stands_in_for_it():
    # two of three doctors' work may be done by nurses, of whom there are plenty
    both = (Resource("doctors", 1), Resource("nurses", 100, 0.001, stands_in_for="doctors", stand_in_share=2 / 3))
    plan = solve(Problem(("A", "B"), [30, 30], both, value=[2, 1]))
    assert plan.served.tolist() == pytest.approx([3, 0], abs=1e-6)
    assert next_unit(plan)[:, 0].tolist() == pytest.approx([3, 3]) and not next_unit(plan)[:, 1].any()


def test_the_next_unit_of_what_stands_in_serves_by_standing_in():
    both = (Resource("doctors", 4), Resource("nurses", 2, stands_in_for="doctors", productivity=0.5))
    plan = solve(Problem(("A",), [30], (both[0], replace(both[1], requirement=0.01))))
    # of a further nurse, a hundredth nurses each person served and the rest does half as much doctors' work
    assert next_unit(plan)[0].tolist() == pytest.approx([1 / 1.02 * 1, 0.5 / 1.005], rel=0.02)


def test_the_next_unit_finds_no_room_where_moved_units_have_filled_it():
    beds = (Resource("beds", 0, movable=1, space=1),)
    plan = solve(Problem(("A", "B"), [4, 20], beds, existing=[[10], [2]], space=[9, 6], value=[2, 1]))
    assert plan.units[:, 0].tolist() == pytest.approx([-6, 6]) and next_unit(plan).tolist() == [[0.0], [0.0]]


def test_the_next_unit_is_told_by_resource_where_each_has_persons_of_its_own():
    both = (Resource("beds", 5), Resource("masks", 50))
    plan = solve(Problem(("A",), [30], both, demand_of=[[10, 20]]))
    assert next_unit(plan).tolist() == [[1.0, 0.0]]


def test_what_is_moved_as_far_as_it_may_be_and_rests_of_whole_stocks_are_among_the_limits():
    rest = solve(Problem(("A",), [20], (Resource("beds", 3.5, whole=True),)))
    assert [str(each) for each in binding(rest)] == ["No whole unit of beds is left."]
    moved = solve(Problem(("A", "B"), [4, 20], (Resource("staff", 0, movable=0.25),), existing=[[8], [0]]))
    assert "No more staff may be moved." in [str(each) for each in binding(moved)]


def test_money_for_moving_is_counted_also_where_each_resource_has_persons_of_its_own():
    staff = (Resource("staff", 0, movable=1, move_cost=2), Resource("masks", 0))
    own = Problem(("A", "B"), [0, 9], staff, existing=[[9, 0], [0, 0]], demand_of=[[0, 0], [9, 0]], budget=6)
    assert "The budget is spent." in [str(each) for each in binding(solve(own))]


@pytest.mark.parametrize("size", [1.0, 1e-8, 1e6])
def test_moves_end_where_all_that_may_go_has_gone_and_not_where_money_ends_them(size):
    for movable, budget, ended in ((0.25, None, True), (0.5, 3.0 * size, False), (0.375, 3.0 * size, True)):
        staff = Resource("staff", 0, movable=movable, move_cost=1)
        asked = Problem(("A", "B"), [4 * size, 20 * size], (staff,), existing=[[8 * size], [0]], budget=budget)
        assert ("No more staff may be moved." in map(str, binding(solve(asked)))) == ended


@pytest.mark.parametrize("regions", [1, 2, 4])
def test_regions_that_are_held_are_counted_each_once_however_many_resources_hold_them(regions):
    both = (Resource("beds", 99), Resource("nurses", 99), Resource("masks", 99))
    caps = np.where(np.arange(5)[:, None] < regions, [[2.0, 2.0, np.inf]], np.inf)
    asked = Problem(tuple("ABCDE"), [10] * 5, both, cap=caps)
    assert f"Regions at a cap: {regions}." in map(str, binding(solve(asked)))
    locked = replace(asked, cap=np.full((5, 3), np.inf), locked=np.where(np.isfinite(caps), 1.0, np.nan))
    assert f"Regions with locked units: {regions}." in map(str, binding(solve(locked)))
