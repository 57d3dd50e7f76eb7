from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.worth import equal_worth
from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.policy import Policy, aim_of
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.answer import answer
from medalloc.allocation.program.needed import needs_program
from medalloc.allocation.solving import solve

POLICIES = ("most-served", "alpha:0.5", "alpha:1", "alpha:2", "max-min", "proportional", "per-head", "today")


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_value_is_that_of_the_program_as_it_is_written_down(data, with_choices, program, keeps_limits):
    problem = data.draw(with_choices())
    expected = program(problem)
    if expected is None:
        assert conflicts(problem)
        return
    assert not conflicts(problem)
    plan = solve(problem)
    keeps_limits(problem, plan)
    assert plan.value == pytest.approx(expected, rel=1e-7, abs=1e-7)
    assert plan.bound >= plan.value * (1 - 1e-12) and plan.gap <= 1e-7


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_whole_units_are_placed_as_the_program_of_whole_numbers_says(data, with_choices, program, keeps_limits):
    problem = data.draw(with_choices(whole=st.booleans(), kinds=st.integers(1, 2)))
    expected = program(problem)
    if expected is None:
        assert conflicts(problem)
        return
    assert not conflicts(problem)
    plan = solve(problem)
    keeps_limits(problem, plan)
    assert plan.value == pytest.approx(expected, rel=3e-6, abs=1e-6)
    # without presolve, a millionth of a unit passes for none
    assert plan.bound >= expected * (1 - 3e-6) - 3e-6


@settings(max_examples=60, deadline=None)
@given(data=st.data(), policy=st.sampled_from(POLICIES))
def test_every_policy_keeps_every_limit_and_none_serves_more_than_the_most(data, policy, with_choices, keeps_limits):
    problem = data.draw(with_choices(whole=st.booleans(), floors=False))
    problem = replace(problem, policy=policy)
    plan = solve(problem)
    keeps_limits(problem, plan)
    best = solve(replace(problem, policy="most-served"))
    assert problem.value @ plan.served <= best.bound * (1 + 1e-6) + 1e-6
    assert plan.served.sum() <= plan.most_served * (1 + 1e-6) + 1e-6


@settings(max_examples=40, deadline=None)
@given(data=st.data(), alpha=st.sampled_from([0.5, 1.0, 2.0, 5.0]))
def test_the_alpha_fair_plan_is_that_of_the_closed_form_where_there_is_one(data, alpha, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just(f"alpha:{alpha}")))
    found, expected = answer(problem, problem.aim), solve(problem)
    assert found.value == pytest.approx(expected.value, rel=1e-6, abs=1e-6)
    assert found.bound >= expected.value * (1 - 1e-7) - 1e-9


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_worst_off_first_plan_is_that_of_the_closed_form_where_there_is_one(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just("max-min")))
    assert answer(problem, aim_of("max-min")).served == pytest.approx(solve(problem).served, rel=1e-6, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_with_choices_the_worst_off_are_raised_first_level_by_level(data, with_choices, program):
    """The law as it is told: raise all to one level, see who is stuck there, hold them, and go on."""
    problem = data.draw(with_choices(apart=st.just(False), floors=False, kinds=st.integers(1, 2)))
    assume(needs_program(problem))
    fixed = {r: 0.0 for r, demand in enumerate(problem.demand) if demand == 0}
    while len(fixed) < len(problem.regions):
        level = program(problem, "level", fixed)
        held = {**fixed, **{r: level * problem.demand[r] for r in range(len(problem.regions)) if r not in fixed}}
        for r in [r for r in range(len(problem.regions)) if r not in fixed]:
            most = program(problem, r, held)
            if most <= level * problem.demand[r] + 1e-6:
                fixed[r] = most
    expected = np.array([fixed[r] for r in range(len(problem.regions))])
    assert solve(replace(problem, policy="max-min")).served == pytest.approx(expected, rel=1e-5, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(data=st.data(), alpha=st.sampled_from([0.5, 1.0, 2.0]))
def test_no_plan_on_the_way_to_another_is_worth_more_to_an_alpha_fair_policy(data, alpha, with_choices):
    """The feasible set is convex: a step from the plan toward any other plan must not be worth more."""
    problem = data.draw(with_choices(apart=st.just(False), floors=False))
    plan = solve(replace(problem, policy=f"alpha:{alpha}"))
    weight, counted = problem.value * problem.demand, (problem.demand > 0) & (problem.value > 0) & (plan.served > 1e-6)
    assume(counted.any())
    for policy in ("most-served", "max-min", "proportional"):
        other = solve(replace(problem, policy=policy)).served
        for step in (0.01, 0.1, 0.5):
            mixed = (plan.served + step * (other - plan.served))[counted] / problem.demand[counted]
            worth = equal_worth(mixed, weight[counted], alpha) * weight[counted].sum()
            assert worth <= plan.value * (1 + 1e-6) + 1e-6


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_choice_is_worth_less_than_having_none(data, with_choices, plain):
    problem = data.draw(with_choices())
    without = plain(problem)
    assume(not conflicts(without))
    assert solve(problem).value >= solve(without).value * (1 - 1e-7) - 1e-7


def test_whole_units_are_those_that_trying_everything_finds():
    problem = Problem(
        ("A", "B", "C"),
        [3, 5, 4],
        (Resource("beds", 4, requirement=0.7, whole=True), Resource("nurses", 3, requirement=0.4, whole=True)),
        existing=[[0.5, 0], [0, 0.3], [1, 1]],
        value=[1, 1.5, 1],
    )

    def served(units):
        have = problem.existing + np.array(units).reshape(3, 2)
        return np.minimum(problem.demand, (have / problem.requirement).min(axis=1))

    fitting = (u for u in product(range(5), repeat=6) if sum(u[::2]) <= 4 and sum(u[1::2]) <= 3)
    best = max(float(problem.value @ served(units)) for units in fitting)
    assert solve(problem).value == pytest.approx(best)


def test_a_nurse_who_stands_in_for_a_doctor_does_so_no_more_than_allowed():
    nurses = Resource("nurses", 10, stands_in_for="doctors", productivity=0.5, stand_in_share=0.25)
    problem = Problem(("A",), [100], (nurses, Resource("doctors", 3)))
    plan = solve(problem)
    # of 4 persons one is seen by nurses instead of a doctor: 3 doctors, 4 nurses for nursing, 2 standing in
    assert plan.served == pytest.approx([4]) and plan.standing_in[0] == pytest.approx([2, 0])


def test_units_move_where_they_serve_more_and_no_further_than_allowed():
    beds = Resource("beds", 0, movable=0.5, move_cost=2)
    problem = Problem(("A", "B"), [2, 10], (beds,), existing=[[8], [0]], budget=100)
    plan = solve(problem)
    assert plan.served == pytest.approx([2, 4]) and plan.units.ravel() == pytest.approx([-4, 4])
    assert plan.spent == pytest.approx(8)
    assert solve(replace(problem, budget=2)).units.ravel() == pytest.approx([-1, 1])


def test_the_order_of_the_regions_does_not_matter(rows_of):
    resources = (Resource("beds", 7, whole=True), Resource("nurses", 9, requirement=0.5, movable=0.5))
    problem = Problem(
        ("A", "B", "C", "D"),
        [5, 5, 5, 5],
        resources,
        existing=[[0, 3], [0, 3], [0, 3], [0, 0]],
        population=[1, 9, 5, 5],
    )
    order = np.array([2, 0, 3, 1])
    assert solve(rows_of(problem, order)).units == pytest.approx(solve(problem).units[order])


def test_of_plans_that_serve_equally_many_the_most_equal_is_taken():
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 10, movable=1.0),))
    assert solve(problem).served == pytest.approx([5, 5], abs=1e-3)


def test_what_is_locked_is_neither_placed_otherwise_nor_moved():
    nan = float("nan")
    problem = Problem(
        ("A", "B"), [2, 10], (Resource("beds", 3, movable=1.0),), existing=[[8], [0]], locked=[[1], [nan]]
    )
    assert solve(problem).units.ravel() == pytest.approx([1, 2])


def test_resources_with_persons_of_their_own_are_planned_each_for_itself():
    resources = (Resource("beds", 6), Resource("masks", 30, requirement=2))
    problem = Problem(("A", "B"), [14, 14], resources, demand_of=[[4, 10], [4, 10]], policy="max-min")
    plan = solve(problem)
    assert plan.served_of == pytest.approx(np.array([[3, 7.5], [3, 7.5]])) and plan.served == pytest.approx(
        [10.5, 10.5]
    )
    assert plan.units == pytest.approx(np.array([[3, 15], [3, 15]]))


def test_a_resource_that_comes_whole_is_placed_beside_persons_of_whom_some_are_in_no_need():
    resources = (
        Resource("doctors", 1, requirement=2, whole=True, stands_in_for="nurses"),
        Resource("nurses", 0, movable=0.3, stands_in_for="doctors", stand_in_share=1),
        Resource("masks", 6, requirement=0.5),
    )
    problem = Problem(
        ("A", "B", "C"),
        [21, 0, 9],
        resources,
        existing=[[0, 10, 0], [0, 0, 0], [0, 0, 0]],
        space=[0, np.inf, np.inf],
        demand_of=[[8, 7, 6], [0, 0, 0], [0, 3, 6]],
        value=[1, 0, 1],
        policy="most-served",
    )
    assert solve(problem).served[0] > 7


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whole_units_are_not_moved_while_the_stock_lasts_and_money_is_no_matter(data, with_choices):
    drawn = data.draw(with_choices(whole=st.just(True), floors=False))
    problem = replace(
        drawn,
        resources=tuple(replace(one, stands_in_for="", stock=float(np.floor(one.stock))) for one in drawn.resources),
        budget=None,
        cap=np.full_like(drawn.cap, np.inf),
        space=np.full_like(drawn.space, np.inf),
    )
    plan = solve(problem)
    if plan.moved is not None:
        came = np.maximum(plan.moved, 0).sum(axis=0)
        assert (np.minimum(came, np.floor(plan.left + 1e-7)) <= 1e-6).all()


@pytest.mark.parametrize("policy", ["most-served", "alpha:2", "max-min"])
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("room", [0.0, 1.5, 3.0])
def test_what_is_locked_finds_room_where_what_is_there_already_can_go(policy, whole, room):
    beds = Resource("beds", 4, space=1)
    nurses = Resource("nurses", 0, space=1, movable=1, move_cost=5, whole=whole)
    problem = Problem(
        ("Full", "Other"),
        [10, 20],
        (beds, nurses),
        existing=[[5, 6], [0, 0]],
        locked=[[4, np.nan], [np.nan, np.nan]],
        space=[room, np.inf],
        policy=Policy(policy),
    )
    plan = solve(problem)
    assert plan.units[0, 0] == 4 and (plan.units @ problem.unit_space)[0] <= room
    stuck = replace(problem, resources=(beds, replace(nurses, movable=0.0)))
    assert [each for each in conflicts(stuck) if "space" in str(each.limit)]


@pytest.mark.parametrize("seed", range(8))
def test_of_an_empty_stock_nothing_is_placed_not_even_by_rounding(seed):
    draw = np.random.default_rng(seed)
    existing = np.where(draw.random((6, 2)) < 0.5, 0.0, draw.uniform(0, 15, (6, 2)))
    kinds = (Resource("beds", 11, 0.7), Resource("nurses", 0, 2.0, movable=0.3))
    plan = solve(Problem(tuple("ABCDEF"), draw.uniform(0, 15, 6), kinds, existing=existing, policy=Policy("alpha:2")))
    assert ((plan.units - plan.moved)[:, 1] == 0).all()
