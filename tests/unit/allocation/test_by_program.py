from dataclasses import replace

import numpy as np
import pytest

from medalloc.allocation.by_program import STOPPED, plan_by_program
from medalloc.allocation.explaining.marginal import binding, marginal
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.needed import as_followed
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError, InputError

RULES = ("proportional", "per-head")


def large(whole, regions=300):
    draw = np.random.default_rng(3)
    demand = draw.lognormal(3, 1, regions)
    kinds = tuple(
        Resource(name, 0.3 * demand.sum(), use, whole=whole, movable=0.1)
        for name, use in (("beds", 1.0), ("nurses", 0.7))
    )
    existing = np.outer(demand, [1.0, 0.7]) * draw.uniform(0, 0.5, (regions, 2))
    return Problem(tuple(f"r{place}" for place in range(regions)), demand, kinds, existing=existing)


def test_when_the_time_is_up_there_is_a_plan_that_keeps_the_limits_and_an_honest_gap():
    problem = large(whole=True, regions=4_000)
    plan = plan_by_program(problem, time_limit=1e-9)
    assert (plan.status, plan.method) == ("best found", STOPPED)
    assert (plan.used <= problem.stock + 1e-9).all() and (plan.units == np.round(plan.units)).all()
    best = solve(replace(problem, resources=tuple(replace(one, whole=False) for one in problem.resources)))
    assert plan.value <= best.value * (1 + 1e-9) and best.value <= plan.bound * (1 + 1e-7)
    assert plan.gap > 0


def test_when_the_time_is_up_and_floors_need_units_to_move_it_is_said_that_there_is_no_plan():
    problem = large(whole=False, regions=4_000)
    existing = problem.existing * np.array([2.0, 0.0] * 2_000)[:, None]
    resources = tuple(replace(one, stock=0.0, movable=1.0) for one in problem.resources)
    problem = replace(problem, resources=resources, existing=existing, common_floor=0.05)
    with pytest.raises(InputError, match="No plan was found in the time there was"):
        plan_by_program(problem, time_limit=1e-9)


@pytest.mark.parametrize("policy", RULES)
def test_a_rule_of_thumb_moves_nothing_and_says_so_where_the_floors_need_it(policy):
    problem = Problem(
        ("A", "B"),
        [4, 4],
        (Resource("beds", 0, movable=1.0),),
        existing=[[8], [0]],
        common_floor=0.5,
        population=[1, 1],
        policy=policy,
    )
    with pytest.raises(InfeasibleError, match="Stock of beds"):
        solve(problem)
    plan = solve(replace(problem, common_floor=0.0))
    assert plan.units.tolist() == [[0], [0]] and plan.served.tolist() == [4, 0] and plan.bound == pytest.approx(8)


@pytest.mark.parametrize("policy", RULES)
def test_whole_shares_go_to_the_largest_fractions_then_to_the_larger_population(policy):
    problem = Problem(
        ("A", "B", "C", "D"),
        [10, 10, 10, 10],
        (Resource("beds", 6, whole=True),),
        population=[1, 1, 3, 3],
        policy=policy,
    )
    expected = {"per-head": [1, 1, 2, 2], "proportional": [1, 1, 2, 2]}
    plan = solve(problem)
    assert plan.units.ravel().tolist() == expected[policy] and plan.status == "rule"


def test_a_whole_share_never_breaks_the_budget_a_cap_or_the_space():
    problem = Problem(
        ("A", "B", "C"),
        [10, 10, 10],
        (Resource("beds", 9, unit_cost=2, space=1, whole=True),),
        budget=13,
        cap=[[2.5], [np.inf], [np.inf]],
        space=[np.inf, 1.5, np.inf],
        policy="proportional",
    )
    units = solve(problem).units.ravel()
    assert units.tolist() == np.round(units).tolist() and units[0] <= 2 and units[1] <= 1 and 2 * units.sum() <= 13


def test_what_a_rule_places_is_what_it_would_place_if_nothing_could_move():
    problem = Problem(("A", "B"), [4, 4], (Resource("beds", 3, movable=1.0),), existing=[[1], [0]])
    rule = replace(problem, policy="proportional")
    assert solve(rule).units == pytest.approx(solve(as_followed(rule)).units)


def test_locked_units_stay_where_they_are_under_a_rule_with_whole_units():
    nan = float("nan")
    beds = (Resource("beds", 7, whole=True),)
    problem = Problem(("A", "B"), [10, 10], beds, locked=[[5], [nan]], policy="proportional")
    assert solve(problem).units.ravel().tolist() == [5, 2]


def test_one_more_unit_and_one_less_are_answered_again_where_units_move():
    problem = Problem(("A", "B"), [2, 10], (Resource("beds", 1, movable=0.5),), existing=[[8], [0]])
    found = marginal(solve(problem))
    assert found.one_more == pytest.approx([1]) and found.one_less == pytest.approx([1])
    assert found.dual == pytest.approx([1])


def test_what_binds_is_told_where_each_resource_has_persons_of_its_own():
    resources = (Resource("beds", 6), Resource("masks", 100))
    plan = solve(Problem(("A", "B"), [14, 14], resources, demand_of=[[4, 10], [4, 10]]))
    assert [str(each) for each in binding(plan)] == ["The stock of beds is used up."]


@pytest.mark.parametrize("policy", ["most-served", "max-min", "alpha:2"])
def test_the_most_that_can_be_served_does_not_change_when_everybody_counts_twice(policy):
    beds = Resource("beds", 7, 0.5, movable=1.0)
    once = Problem(("A", "B"), [10, 30], (beds,), existing=[[4], [0]], cap=[[9], [5]], policy=policy)
    twice = replace(once, value=[2, 2])
    plans = [solve(each) for each in (once, twice)]
    assert plans[1].most_served == pytest.approx(plans[0].most_served)
    assert plans[1].served == pytest.approx(plans[0].served)
