from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.policy import MOST_SERVED, Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program import going_on as module
from medalloc.allocation.program.effort import STEPS, Effort
from medalloc.allocation.program.going_on import (
    APART,
    BESIDE,
    LOADED,
    RESIZED,
    Programs,
    Standing,
    going_on,
    is_found_at_once,
)
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import model_of
from medalloc.allocation.program.needed import needs_program
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.scenarios import Change, Scenario, apply

FACTORS = st.sampled_from([0.0, 0.5, 0.9, 0.99, 1.01, 1.5, 3.0])
STEP = st.tuples(st.sampled_from(["demand", "stock", "budget"]), FACTORS) | st.tuples(
    st.just("floor"), st.sampled_from([0.0, 0.1, 0.3])
)


@pytest.fixture(scope="module", autouse=True)
def few_count_as_many():
    """Take programs of few regions for those of many: they are solved the same way."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "MOST_TO_SPREAD", 0)
        yield


def stepped(base, step):
    what, by = step
    if what == "budget" and base.budget is None:
        return base
    change = Change("floor", value=by) if what == "floor" else Change(what, factor=by)
    return apply(base, Scenario("step", (change,)))


def answered(problem):
    try:
        return solve(problem)
    except InfeasibleError as error:
        return error.conflicts


def numbers(plan):
    amounts = (plan.units, plan.coverage, plan.served, plan.moved, plan.standing_in, plan.served_of, plan.shadow_price)
    single = (plan.value, plan.bound, plan.most_served, plan.budget_price)
    return [each for each in (*amounts, *single) if each is not None]


@pytest.fixture
def many():
    """Beds and nurses of so many regions that their program stays loaded; nurses can be moved."""

    def made(regions=700, alike=True):
        draw = np.random.default_rng(7)
        demand = draw.gamma(2, 50, regions)
        kinds = (
            Resource("beds", 0.3 * demand.sum(), unit_cost=1.0),
            Resource("nurses", 0.1 * demand.sum(), 0.5, 2.0, movable=0.2, move_cost=0.5),
        )
        existing = draw.uniform(0, 0.5, (regions, 2)) * demand[:, None] * [1.0, 0.5]
        value = np.ones(regions) if alike else draw.uniform(1, 2, regions)
        names = tuple(f"region {place}" for place in range(regions))
        return Problem(
            names, demand, kinds, existing=existing, value=value, population=demand, budget=0.35 * demand.sum()
        )

    return made


@settings(max_examples=40)
@given(st.data())
def test_any_steps_of_the_sliders_give_the_plans_that_each_problem_has_by_itself(with_choices, data):
    base = data.draw(with_choices())
    programs = Programs()
    for step in data.draw(st.lists(STEP, min_size=1, max_size=5)):
        problem = stepped(base, step)
        with going_on(programs):
            gone_on = answered(problem)
        afresh = answered(problem)
        if isinstance(afresh, tuple):
            assert gone_on == afresh
            continue
        for one, other in zip(numbers(gone_on), numbers(afresh), strict=True):
            assert np.allclose(one, other, rtol=1e-9, atol=1e-9)


@settings(max_examples=40)
@given(st.data())
def test_the_most_are_served_with_nothing_that_serves_nobody(with_choices, program, keeps_limits, data):
    problem = data.draw(with_choices(floors=False))
    if not needs_program(problem):
        return
    plan = solve(problem)
    keeps_limits(problem, plan)
    assert plan.value == pytest.approx(program(problem), rel=1e-7, abs=1e-7)
    assert plan.bound == pytest.approx(plan.value, rel=1e-9, abs=1e-9)
    if any(one.stands_in_for or one.is_moved for one in problem.resources):
        return
    groups = plan.served[:, None] if plan.served_of is None else plan.served_of
    needed = np.maximum(0.0, problem.requirement * groups - problem.existing)
    assert np.allclose(plan.units, needed, atol=1e-6)


@pytest.mark.parametrize("alike", [True, False])
def test_a_bound_that_moves_by_a_percent_takes_a_tenth_of_the_solvers_steps(many, alike):
    problem, programs = many(alike=alike), Programs()
    with going_on(programs):
        solve(problem)
    moved = problem.derived(budget=0.99 * problem.budget)
    again, afresh = Effort(), Effort()
    with going_on(programs):
        plan = solve(moved, effort=again)
    assert np.allclose(plan.units, solve(moved, effort=afresh).units, rtol=1e-9, atol=1e-9)
    assert STEPS - again.steps <= (STEPS - afresh.steps) / 10


def test_the_price_of_a_stock_at_a_corner_is_what_a_little_more_of_it_is_worth():
    # the second unit serves a person who counts half as much
    beds = Resource("beds", 1.0, movable=0.5)
    plan = solve(Problem(("A", "B"), [1, 1], (beds,), value=[2, 1]))
    assert plan.shadow_price.tolist() == pytest.approx([1.0])


def test_the_order_of_regions_in_the_table_changes_no_plan(many, rows_of):
    problem = many(40)
    turned = rows_of(problem, np.arange(40)[::-1])
    one, other = solve(problem), solve(turned)
    assert np.allclose(one.units, other.units[::-1], rtol=1e-9, atol=1e-9)


def test_what_another_thread_uses_is_not_waited_for(many):
    problem, programs = many(), Programs()
    with going_on(programs), ThreadPoolExecutor(1) as pool:

        def beside():
            with going_on(programs):
                return solve(problem)

        here = solve(problem)
        there = pool.submit(beside).result(timeout=60)
    assert np.allclose(here.units, there.units, rtol=1e-9, atol=1e-9)
    assert not programs.one_at_a_time.locked()


def test_only_the_programs_last_asked_for_stay_loaded(many):
    problem, programs = many(8), Programs()
    for cost in (1.0, 2.0, 3.0, 4.0):
        kinds = tuple(replace(one, unit_cost=cost) for one in problem.resources)
        with going_on(programs):
            solve(replace(problem, resources=kinds))
    assert len(programs._standing) == LOADED


def test_a_change_is_found_at_once_where_the_most_are_served_in_parts_of_units_and_regions_are_many(many, monkeypatch):
    monkeypatch.setattr(module, "MOST_TO_SPREAD", 600)
    problem = many()
    assert problem.policy == MOST_SERVED and is_found_at_once(problem)
    assert not is_found_at_once(many(50))
    assert not is_found_at_once(replace(problem, policy=Policy("max-min")))
    whole = tuple(replace(one, whole=True) for one in problem.resources)
    assert not is_found_at_once(replace(problem, resources=whole))


def test_the_price_of_a_stock_that_just_suffices_is_nothing(many):
    """At a corner prices are of what lies beyond it, however the solver came there."""
    problem = many(40)
    need = np.maximum(0.0, problem.requirement * problem.demand[:, None] - problem.existing).sum(axis=0)
    staying = tuple(replace(one, movable=0.0) for one in problem.resources)
    for place, movable in ((0, 0.2), (1, 0.2), (0, 0.0)):
        stock = 10.0 * need
        stock[place] = need[place]
        kinds = tuple(replace(one, stock=each) for one, each in zip(staying, stock, strict=True))
        # what may be moved, but is not, lets the program answer
        beside = Resource("carts", 5.0, 0.01, movable=movable)
        existing = np.column_stack([problem.existing, np.full(40, 50.0)])
        cells = {"cap": np.full((40, 3), np.inf), "locked": np.full((40, 3), np.nan), "staying": np.zeros((40, 3))}
        own = {"region_requirement": cells["locked"], "region_cost": cells["locked"]}
        plan = solve(problem.derived(resources=(*kinds, beside), existing=existing, budget=None, **cells, **own))
        assert plan.served == pytest.approx(problem.demand, rel=1e-9)
        assert plan.shadow_price == pytest.approx(np.zeros(3), abs=1e-9)


def test_a_program_goes_on_with_models_of_its_rows_and_about_its_sizes_and_with_no_others(many):
    model = model_of(many(6))
    standing = Standing(Live(model))

    def sized(by):
        ends = replace(model.ends, column_upper=model.ends.column_upper * by)
        return replace(model, ends=ends)

    for by, suits in ((1.0, True), (RESIZED, True), (1 / RESIZED, True), (1.01 * RESIZED, False), (0.06, False)):
        assert standing.suits(sized(by)) == suits
    one = sized(np.where(np.arange(model.layout.columns) == 3, 40.0, 1.0))
    other = sized(np.where(np.arange(model.layout.columns) == 3, 0.01, 1.0))
    dear = model_of(many(6).derived(resources=tuple(replace(each, unit_cost=9.0) for each in many(6).resources)))
    free = model_of(many(6).derived(resources=tuple(replace(each, unit_cost=0.0) for each in many(6).resources)))
    for each in (one, other, dear, free, model_of(many(7)), model_of(many(6).derived(budget=None))):
        assert not standing.suits(each)
    assert standing.suits(model_of(many(6).derived(budget=1.0)))


def test_a_unit_counts_as_a_share_of_the_most_a_region_may_get_a_moved_one_half_more_and_one_that_helps_a_tenth():
    both = (
        Resource("beds", 50, movable=0.5),
        Resource("nurses", 60, 0.5, stands_in_for="beds", productivity=0.5, stand_in_share=0.5),
    )
    asked = Problem(("A", "B"), [40, 10], both, existing=[[3, 0], [5, 2]], cap=[[30, 20], [4, 8]], value=[1, 0])
    model = model_of(asked)
    layout, effort = model.layout, module.effort_of(model)
    unit = np.array([1 / 30, 1 / 20])
    expected = np.concatenate(
        [BESIDE * np.array([-1, 1]) / [40, 10], np.tile(unit, 2), [1.5 / 30] * 2, [0.01 / 30] * 2, [0.1 / 20] * 2]
    )
    assert effort.size == layout.columns
    # no two count quite alike, which tells equal plans apart
    share = effort / expected
    assert (share >= 1).all() and (share <= 1 + APART).all() and np.unique(share).size == share.size
