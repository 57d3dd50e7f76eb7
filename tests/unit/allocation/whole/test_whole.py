"""Whole units that are needed in one way only: as good as every plan there is, and never better than is proved."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.by_program import counted_by_program
from medalloc.allocation.closed_forms.bundle import persons_with, units_for
from medalloc.allocation.closed_forms.worth import equal_worth
from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.whole.prices import priced
from medalloc.allocation.whole.steps import steps_of

ALWAYS = st.just(True)


@st.composite
def small(draw, *, whole=ALWAYS):
    """Draw problems of few regions that want few units."""
    n, kinds = draw(st.integers(1, 4)), draw(st.integers(1, 2))
    amounts = st.integers(0, 6).map(float) | st.floats(0.125, 6)

    def cells(cell):
        return np.array(draw(st.lists(st.lists(cell, min_size=kinds, max_size=kinds), min_size=n, max_size=n)))

    resources = tuple(
        Resource(
            f"resource {place}",
            stock=draw(st.integers(0, 7).map(float) | st.just(2.5)),
            requirement=draw(st.sampled_from([0.3, 0.5, 1.0])),
            unit_cost=draw(st.sampled_from([0.0, 1.0, 3.5])),
            space=draw(st.sampled_from([0.0, 1.0])),
            whole=draw(whole),
        )
        for place in range(kinds)
    )
    problem = Problem(
        regions=tuple(f"region {place}" for place in range(n)),
        demand=draw(st.lists(amounts, min_size=n, max_size=n)),
        resources=resources,
        existing=cells(st.just(0.0) | amounts),
        cap=cells(st.just(np.inf) | st.just(2.5) | st.integers(0, 3).map(float)),
        value=draw(st.lists(st.sampled_from([0.0, 1.0, 1.0, 2.0]), min_size=n, max_size=n)),
        budget=draw(st.none() | st.integers(0, 15).map(float)),
        space=draw(st.lists(st.just(np.inf) | amounts, min_size=n, max_size=n)),
    )
    floor = draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])) * largest_floor(problem)
    return replace(problem, common_floor=floor * (1 - 1e-9))


@settings(deadline=None, max_examples=40)
@given(
    demand=st.lists(st.integers(0, 40), min_size=2, max_size=6),
    beds=st.integers(0, 12),
    hours=st.integers(0, 60),
    per_person=st.tuples(st.sampled_from([0.1, 0.3, 0.45]), st.sampled_from([0.5, 1.0, 1.7])),
)
def test_few_regions_with_whole_units_beside_parts_are_served_as_well_as_by_the_program(
    demand, beds, hours, per_person
):
    resources = (Resource("beds", beds, per_person[0], whole=True), Resource("hours", hours, per_person[1]))
    problem = Problem(tuple(f"region {place}" for place in range(len(demand))), demand, resources)
    assert solve(problem).served.sum() == pytest.approx(counted_by_program(problem), rel=1e-6, abs=1e-6)


def every_plan(problem):
    """Return the persons served by every choice of steps within all limits, one by one."""
    choices = []
    for r in range(problem.demand.size):
        levels = {problem.demand[r], problem.effective_floor[r] * problem.demand[r]}
        for use, there in zip(problem.requirement[r], problem.existing[r], strict=True):
            levels |= {(there + units) / use for units in range(9)}
        choices.append([each for each in levels if each <= problem.demand[r]])
    for served in itertools.product(*choices):
        served = np.array(served)
        units = units_for(problem, served)
        money = 0.0 if problem.budget is None else (units * problem.unit_cost).sum() - problem.budget
        if (
            (units.sum(axis=0) <= problem.stock + 1e-9).all()
            and (units <= problem.cap).all()
            and (units @ problem.unit_space <= problem.space + 1e-9).all()
            and (served >= problem.effective_floor * problem.demand - 1e-9).all()
            and money <= 1e-9
        ):
            yield np.minimum(problem.demand, persons_with(problem, units))


@settings(max_examples=60, deadline=None)
@given(problem=small())
def test_no_plan_serves_more_than_the_most_served(problem):
    plan = solve(problem)
    best = max(float(problem.value @ served) for served in every_plan(problem))
    assert plan.value == pytest.approx(best, rel=3e-6, abs=1e-6) and plan.bound >= best - 1e-6
    assert (plan.units == np.round(plan.units)).all()


@settings(max_examples=60, deadline=None)
@given(problem=small())
def test_no_plan_leaves_the_worst_off_better_off(problem):
    problem = replace(problem, policy="max-min")
    plan = solve(problem)
    lowest = max(_coverage(problem, served).min() for served in every_plan(problem))
    assert plan.lowest_coverage == pytest.approx(lowest, rel=1e-6, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(problem=small())
def test_of_one_resource_the_next_worst_off_are_as_well_off_as_they_can_be_too(problem):
    assume(len(problem.resources) == 1 and problem.budget is None)
    problem = replace(problem, policy="max-min")
    best = max(tuple(np.sort(_coverage(problem, served)).round(6)) for served in every_plan(problem))
    assert np.sort(solve(problem).coverage) == pytest.approx(best, abs=2e-6)


def test_whoever_gets_no_unit_counts_as_nothing_by_an_alpha_below_1():
    beds = (Resource("beds", stock=1, requirement=0.3, whole=True),)
    plan = solve(Problem(("North", "South"), np.ones(2), beds, policy="alpha:0.5"))
    assert sorted(plan.coverage) == [0, 1]
    # a quarter of both is worth as much as all of one
    assert plan.value == pytest.approx(0.5, rel=1e-12) and plan.bound == plan.value


@settings(max_examples=60, deadline=None)
@given(problem=small(), alpha=st.sampled_from([0.5, 1.0, 2.0]))
def test_no_plan_is_fairer_by_alpha(problem, alpha):
    plan, plans = solve(replace(problem, policy=f"alpha:{alpha}")), np.array(list(every_plan(problem)))
    # whom no plan can serve does not count
    weight = np.where(plans.max(axis=0) > 0, problem.value * problem.demand, 0.0)
    best = max(equal_worth(_coverage(problem, served), weight, alpha) for served in plans) * weight.sum()
    assume(best > 1e-3)
    assert plan.value == pytest.approx(best, rel=1e-4) and plan.bound >= best * (1 - 1e-6)


@settings(max_examples=60, deadline=None)
@given(
    problem=small(whole=st.booleans()), policy=st.sampled_from(["most-served", "max-min", "alpha:1", "proportional"])
)
def test_where_some_units_come_in_parts_a_plan_keeps_its_bound_and_every_limit(problem, policy):
    assume(problem.whole.any())
    plan = solve(replace(problem, policy=policy))
    assert plan.value <= plan.bound * (1 + 1e-6) + 1e-9
    assert (plan.units[:, problem.whole] == np.round(plan.units[:, problem.whole])).all()


@settings(max_examples=60, deadline=None)
@given(problem=small())
def test_no_choice_is_worth_more_than_the_bound_by_prices(problem):
    steps = steps_of(problem)
    by = priced(steps, problem.value[steps.group] * steps.served)
    best = max(float(problem.value @ served) for served in every_plan(problem))
    assert by.bound >= best - 1e-6 and (by.price >= 0).all()


def _coverage(problem, served):
    return np.divide(served, problem.demand, out=np.ones_like(served), where=problem.demand > 0)


@pytest.mark.parametrize("policy", ["most-served", "max-min", "alpha:2"])
def test_a_thousand_regions_are_within_half_a_percent_and_the_same_whenever_they_are_asked(policy):
    draw = np.random.default_rng(3)
    demand, use = draw.lognormal(5, 1, 1_000), np.array([0.1, 0.05, 0.02])
    existing = np.round(demand[:, None] * use * draw.uniform(0, 0.6, (1_000, 3)))
    kinds = tuple(
        Resource(f"kind {k}", float(round(0.4 * demand.sum() * use[k])), use[k], whole=True) for k in range(3)
    )
    problem = Problem(tuple(map(str, range(1_000))), demand, kinds, existing=existing, policy=policy)
    plan, again = solve(problem), solve(problem)
    assert plan.gap <= 5e-3 and (plan.units == again.units).all()


def test_hundreds_of_thousands_of_units_that_are_worth_the_same_are_placed_as_well_as_their_parts():
    draw = np.random.default_rng(7)
    demand, use = 1000.0 * draw.integers(200, 4_000, 50), np.array([0.01, 0.002, 0.0005])
    existing = np.round(demand[:, None] * use * draw.uniform(0, 0.5, (50, 3)))
    value = draw.integers(1, 6, 50).astype(float)
    for kinds in (1, 2, 3):
        beds = tuple(
            Resource(f"kind {k}", float(round(0.3 * demand.sum() * use[k])), use[k], whole=True) for k in range(kinds)
        )
        plan = solve(Problem(tuple(map(str, range(50))), demand, beds, existing=existing[:, :kinds], value=value))
        assert plan.gap <= 5e-4
