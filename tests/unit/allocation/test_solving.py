from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.marginal import marginal
from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError

EVERY_POLICY = (*(each for each in CATALOGUE if each != "alpha"), "alpha:0", "alpha:0.5", "alpha:1", "alpha:2")


@settings(max_examples=100)
@given(data=st.data())
def test_every_plan_keeps_every_limit(data, feasible_problems):
    problem = data.draw(feasible_problems())
    plan = solve(problem)
    slack = 1 + 1e-9
    assert (plan.units >= 0).all() and (plan.served >= 0).all()
    assert (plan.used <= problem.stock * slack + 1e-12).all()
    assert problem.budget is None or plan.spent <= problem.budget * slack + 1e-12
    assert (plan.units <= problem.cap * slack + 1e-12).all()
    assert (plan.served <= problem.demand * slack).all()
    if problem.policy != "today":
        assert (plan.served >= problem.effective_floor * problem.demand * (2 - slack) - 1e-12).all()
    needed = problem.requirement * plan.served[:, None]
    assert (needed <= (problem.existing + plan.units) * slack + 1e-12).all()


@settings(max_examples=60)
@given(data=st.data())
def test_nothing_is_placed_that_serves_nobody(data, feasible_problems):
    problem = data.draw(feasible_problems())
    plan = solve(problem)
    needed = np.maximum(0, problem.requirement * plan.served[:, None] - problem.existing)
    assert np.allclose(plan.units, needed, atol=1e-9)


@settings(max_examples=60)
@given(data=st.data())
def test_no_policy_beats_the_most_served_plan(data, feasible_problems):
    problem = data.draw(feasible_problems())
    best = solve(replace(problem, policy="most-served"))
    assert best.status == "optimal" and best.gap <= 1e-7
    for policy in EVERY_POLICY:
        plan = solve(replace(problem, policy=policy))
        assert problem.value @ plan.served <= best.value * (1 + 1e-8) + 1e-8
        assert plan.value <= plan.bound * (1 + 1e-9) + 1e-9
        assert plan.status == "rule" or plan.gap <= 1e-7
        assert plan.status != "rule" or np.isclose(plan.bound, best.bound)
        assert plan.served.sum() <= plan.most_served * (1 + 1e-8) + 1e-8


@settings(max_examples=40)
@given(data=st.data(), more=st.floats(0, 20))
def test_more_stock_never_serves_fewer_and_gains_no_more_than_its_price(data, more, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just("most-served")))
    place = data.draw(st.integers(0, len(problem.resources) - 1))
    raised = list(problem.resources)
    raised[place] = replace(raised[place], stock=raised[place].stock + more)
    before, after = solve(problem), solve(replace(problem, resources=tuple(raised)))
    assert after.value >= before.value - 1e-8
    assert after.value <= before.value + more * before.shadow_price[place] + 1e-6


@settings(max_examples=40)
@given(data=st.data(), factor=st.sampled_from([0.25, 3.0, 1000.0]))
def test_scaling_everything_scales_everybody_served(data, factor, feasible_problems):
    problem = data.draw(feasible_problems())
    scaled = replace(
        problem,
        demand=problem.demand * factor,
        existing=problem.existing * factor,
        cap=problem.cap * factor,
        space=problem.space * factor,
        resources=tuple(replace(one, stock=one.stock * factor) for one in problem.resources),
        budget=None if problem.budget is None else problem.budget * factor,
    )
    assert np.allclose(solve(scaled).served, solve(problem).served * factor, rtol=1e-7, atol=1e-7 * factor)


@settings(max_examples=40)
@given(data=st.data())
def test_the_largest_floor_can_be_planned_for(data, feasible_problems):
    problem = data.draw(feasible_problems())
    policy = "max-min" if problem.policy == "today" else problem.policy
    plan = solve(replace(problem, common_floor=largest_floor(problem), policy=policy))
    assert plan.lowest_coverage >= largest_floor(problem) - 1e-8


@settings(max_examples=30)
@given(data=st.data())
def test_the_price_of_any_other_policy_is_what_one_more_unit_changes(data, feasible_problems):
    policies = [policy for policy in EVERY_POLICY if policy not in ("most-served", "alpha:0")]
    problem = data.draw(feasible_problems(policy=st.sampled_from(policies)))
    plan = solve(problem)
    assert plan.shadow_price_kind == "one more unit"
    more = replace(problem.resources[0], stock=problem.resources[0].stock + 1)
    after = solve(replace(problem, resources=(more, *problem.resources[1:])))
    assert np.isclose(plan.shadow_price[0], problem.value @ (after.served - plan.served), atol=1e-7)
    if problem.budget is not None:
        richer = solve(replace(problem, budget=problem.budget + 1))
        assert np.isclose(plan.budget_price, problem.value @ (richer.served - plan.served), atol=1e-7)


def test_one_more_unit_tells_what_two_equally_short_resources_hide_in_their_prices():
    problem = Problem(("A",), [10], (Resource("beds", 5), Resource("nurses", 5)))
    assert np.isclose(solve(problem).shadow_price.sum(), 1)
    assert marginal(solve(problem)).one_more.tolist() == [0, 0]


def test_the_same_problem_has_the_same_plan():
    problem = Problem(tuple("ABC"), [5, 5, 5], (Resource("beds", 7, unit_cost=1),), existing=[[1], [0], [2]], budget=6)
    assert (solve(problem).served == solve(problem).served).all()


@pytest.mark.parametrize("policy", sorted({*EVERY_POLICY} - {"today"}))
def test_the_edges_have_plans(policy):
    given = {"population": [1.0, 1.0], "policy": policy}
    nothing = solve(Problem(("A", "B"), [3, 4], (Resource("beds", 0),), **given))
    assert nothing.coverage.tolist() == [0, 0] and nothing.gap == 0
    nobody = solve(Problem(("A", "B"), [0, 0], (Resource("beds", 5),), **given))
    assert nobody.coverage.tolist() == [1, 1] and nobody.total_coverage == 1 and nobody.gap == 0
    alike = solve(Problem(("A", "B"), [4, 4], (Resource("beds", 4),), **given))
    assert np.allclose(alike.coverage, [0.5, 0.5])
    alone = solve(Problem(("A",), [4], (Resource("beds", 3),), population=[1.0], policy=policy))
    assert np.allclose(alone.units, [[3]])


def test_today_places_nothing_and_keeps_no_floor():
    plan = solve(
        Problem(("A", "B"), [10, 10], (Resource("beds", 9),), existing=[[3], [0]], floor=[0.4, 0.4], policy="today")
    )
    assert plan.served.tolist() == [3, 0] and not plan.units.any()
    assert plan.shadow_price.tolist() == [0] and plan.price_of_fairness == pytest.approx(0.75)


@pytest.mark.parametrize("policy", ["alpha:2", "max-min"])
def test_the_first_unit_of_an_empty_stock_has_a_price(policy):
    plan = solve(Problem(("A", "B"), [30, 10], (Resource("beds", 0, unit_cost=1),), budget=9, policy=policy))
    assert plan.shadow_price == pytest.approx([1]) and plan.budget_price == 0


def test_alpha_0_is_answered_as_most_served():
    problem = Problem(("A", "B"), [30, 10], (Resource("beds", 20),), value=[1, 2], policy="alpha:0")
    plan, most = solve(problem), solve(replace(problem, policy="most-served"))
    assert (plan.served == most.served).all() and plan.shadow_price_kind == "dual"


def test_the_value_of_max_min_is_the_lowest_coverage_of_everybody():
    plan = solve(Problem(("A", "B"), [30, 10], (Resource("beds", 20),), cap=[[np.inf], [2]], policy="max-min"))
    assert plan.value == pytest.approx(8) and plan.bound == pytest.approx(8) and plan.status == "optimal"


def test_floors_that_do_not_fit_are_never_planned_for():
    with pytest.raises(InfeasibleError):
        solve(Problem(("A",), [10], (Resource("beds", 4),), common_floor=0.5))


SIZES = st.sampled_from([0.3, 1.0, 21.0, 1e3, 1e6 / 3])
TINY = st.sampled_from([float("nan"), 1e-15, 1e-12, 3e-11, 1e-9, 1e-6])


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_locks_of_next_to_nothing_beside_numbers_of_any_size_have_a_plan_or_a_sentence(data) -> None:
    n, kinds = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 2))
    resources = tuple(
        Resource(
            f"resource {place}",
            data.draw(st.sampled_from([0.0, 0.3, 7.0, 1e6])),
            requirement=data.draw(SIZES),
            movable=data.draw(st.sampled_from([0.0, 0.5])),
        )
        for place in range(kinds)
    )
    rows = st.lists(SIZES | st.just(0.0), min_size=n, max_size=n)
    asked = Problem(
        tuple("ABC"[:n]),
        data.draw(rows),
        resources,
        existing=np.transpose([data.draw(rows) for _ in range(kinds)]),
        locked=[[data.draw(TINY) for _ in range(kinds)] for _ in range(n)],
        policy=data.draw(st.sampled_from(["most-served", "proportional"])),
    )
    try:
        plan = solve(asked)
    except InfeasibleError:
        assert (np.nansum(asked.locked, axis=0) > asked.stock).any()
        return
    moved = 0.0 if plan.moved is None else plan.moved
    assert np.allclose((plan.units - moved)[~np.isnan(asked.locked)], asked.locked[~np.isnan(asked.locked)], atol=1e-9)


@pytest.mark.parametrize("whole", [False, True])
def test_where_nobody_is_in_need_the_worst_off_first_plan_places_nothing(whole: bool) -> None:
    nurses = Resource("nurses", 21, requirement=7, whole=True, movable=0.5)
    plan = solve(Problem(("A", "B"), [0, 0], (Resource("beds", 9, whole=whole), nurses), policy="max-min"))
    assert not plan.units.any()
