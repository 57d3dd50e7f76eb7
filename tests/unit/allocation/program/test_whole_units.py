"""Whole units at thousands of regions: a bound by prices, a plan by rounding, the same whenever it is asked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.deciding import relaxation
from medalloc.allocation.program.effort import Effort
from medalloc.allocation.program.guessing import guessed
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.netting import Netting
from medalloc.allocation.program.rounding import keeps
from medalloc.allocation.program.staircases import staircases
from medalloc.allocation.solving import solve
from medalloc.sentences import Sentence


def coupled(regions, movable=0.0, seed=1):
    draw = np.random.default_rng(seed)
    demand, use = draw.gamma(2, 500, regions), np.array([0.01, 0.02])
    existing = np.round(demand[:, None] * use * draw.uniform(0, 0.8, (regions, 2)))
    stock = np.round((demand[:, None] * use - existing).clip(0).sum(axis=0) / 2).tolist()
    kinds = tuple(
        Resource(f"kind {k}", stock[k], use[k], 10.0, whole=True, movable=movable, move_cost=2.0) for k in range(2)
    )
    names = tuple(f"region {place}" for place in range(regions))
    return Problem(names, demand, kinds, existing=existing, value=draw.uniform(0.5, 2, regions), budget=8 * sum(stock))


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_no_plan_of_whole_units_exceeds_the_bound_by_prices_whatever_they_are(data, with_choices, program):
    problem = data.draw(with_choices(whole=st.booleans(), kinds=st.integers(1, 2), floors=False))
    problem = replace(problem, resources=tuple(replace(one, stands_in_for="") for one in problem.resources))
    assume(problem.whole.any())
    model = model_of(problem)
    rows = model.matrix.shape[0]
    price = np.array(data.draw(st.lists(st.floats(0, 3), min_size=rows, max_size=rows)))
    bound, best = staircases(model).least_bound(price, 0.0)
    expected = program(problem)
    assert bound >= expected - 1e-6 and (best[model.rows["stock"]] >= 0).all()


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_plan_that_is_guessed_keeps_every_row_and_its_bound(data, with_choices, program):
    problem = data.draw(with_choices(whole=st.booleans(), kinds=st.integers(1, 2)))
    problem = replace(problem, resources=tuple(replace(one, stands_in_for="") for one in problem.resources))
    expected = program(problem)
    assume(problem.whole.any() and expected is not None)
    model = model_of(problem)
    goal = goal_of(model, model.persons.value)
    found = guessed(model, goal, relaxation(model, goal, np.inf))
    if found is not None:
        assert keeps(model, found.amounts) and found.value <= expected + 1e-6 <= found.bound + 2e-6
        units = found.amounts[model.layout.new][:, problem.whole]
        assert (units == np.round(units)).all()


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_counting_what_comes_once_changes_no_optimum_and_no_plan(data, with_choices, program):
    problem = data.draw(with_choices())
    expected = program(problem)
    assume(expected is not None and any(one.is_moved for one in problem.resources))
    model = model_of(problem)
    netting, goal = Netting(model), goal_of(model, model.persons.value)
    found = relaxation(model, goal, np.inf)
    assert found.value == pytest.approx(expected, rel=1e-7, abs=1e-7)
    assert keeps(model, found.amounts)
    there = netting.apart(netting.together(found.amounts))
    assert keeps(model, there) and there[model.layout.served] == pytest.approx(found.amounts[model.layout.served])


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_is_locked_stays_locked_when_what_comes_is_counted_once(data, with_choices):
    problem = data.draw(with_choices(floors=False))
    assume(any(one.is_moved for one in problem.resources))
    cells = problem.existing.shape
    settled = np.array(data.draw(st.lists(st.booleans(), min_size=problem.cap.size, max_size=problem.cap.size)))
    settled, units = settled.reshape(cells), data.draw(st.sampled_from([0.0, 2.0]))
    problem = replace(
        problem,
        # there is enough for what is locked, and room
        resources=tuple(replace(one, stock=one.stock + units * cells[0]) for one in problem.resources),
        cap=np.maximum(problem.cap, units),
        space=np.full(cells[0], np.inf),
        budget=None if problem.budget is None else problem.budget + 100,
        locked=np.where(settled, units, np.nan),
    )
    model = model_of(problem)
    netting, found = Netting(model), relaxation(model, goal_of(model, model.persons.value), np.inf)
    there, layout = netting.apart(netting.together(found.amounts)), model.layout
    assert keeps(model, found.amounts) and keeps(model, there)
    assert there[layout.served] == pytest.approx(found.amounts[layout.served])
    assert (there[layout.new][settled] == units).all()
    for each in (layout.taken, layout.given):
        assert not there[each][settled[:, list(layout.movable)]].any()


@pytest.mark.parametrize("movable", [0.0, 0.2])
def test_thousands_of_whole_units_are_within_half_a_percent(movable):
    plan = solve(coupled(1_500, movable))
    assert plan.gap <= 5e-3 and (plan.units == np.round(plan.units)).all()


def test_the_same_problem_has_the_same_plan_however_busy_the_machine_is(monkeypatch):
    problem = coupled(40, 0.2)
    first = solve(problem)
    clock = iter(range(0, 10**9, 1000))
    for module in ("answer", "concave", "deciding", "levels", "live", "trimming", "effort"):
        monkeypatch.setattr(f"medalloc.allocation.program.{module}.perf_counter", lambda: float(next(clock)))
    again = solve(problem)
    assert (first.units == again.units).all() and first.bound == again.bound


def test_whoever_watches_is_told_and_gets_the_best_plan_so_far_when_he_stops():
    told: list[tuple[float, Sentence]] = []

    def progress(fraction: float, stage: Sentence) -> None:
        told.append((fraction, stage))
        if "whole units" in str(stage):
            effort.stop()

    effort = Effort(progress)
    problem = coupled(300, 0.2)
    plan = solve(problem, time_limit=100.0, effort=effort)
    assert told and 0 <= told[0][0] <= 1
    assert plan.status == "best found" and plan.seconds < 50
    assert plan.value <= plan.bound and (plan.used <= problem.stock + 1e-9).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), regions=st.integers(2, 40), share=st.sampled_from([0.3, 0.9, 1.0]))
def test_floors_hold_also_where_so_many_units_are_placed_that_parts_are_cut_off(seed, regions, share):
    draw = np.random.default_rng(seed)
    demand = np.round(10 ** draw.uniform(4, 8, regions))
    kinds = (
        Resource("beds", np.round(0.02 * demand.sum()), 0.04, whole=True),
        Resource("physicians", np.round(0.01 * demand.sum()), 0.02, whole=True),
    )
    existing = np.round(demand[:, None] * draw.uniform(0, 0.02, (regions, 2)))
    asked = Problem(tuple(f"region {place}" for place in range(regions)), demand, kinds, existing=existing)
    floor = share * largest_floor(asked)
    plan = solve(replace(asked, common_floor=floor))
    assert (plan.served >= floor * demand * (1 - 1e-9)).all()
    assert (plan.units.sum(axis=0) <= plan.problem.stock).all() and (plan.units == np.round(plan.units)).all()


def test_millions_of_whole_units_that_are_moved_into_a_full_space_are_planned():
    kinds = (
        Resource("beds", 1_100_000, 2.0, space=1.0, whole=True, movable=1.0),
        Resource("nurses", 2_821_000, 0.07, space=2.0, whole=True, movable=1.0),
    )
    existing = [[600_000, 0], [0, 1_300_000], [1_800_000, 0]]
    space, locked = [np.inf, 1_200_000, 1_900_000], [[np.nan, np.nan], [np.nan, np.nan], [np.nan, 500_000]]
    for demand in ([2_721_000, 3_200_000, 0], [1_234_567, 3_200_001, 7], [5_000_003, 1_000_001, 333_333]):
        plan = solve(Problem(("A", "B", "C"), demand, kinds, existing=existing, space=space, locked=locked))
        assert plan.gap <= 1e-5 and (plan.units == np.round(plan.units)).all()
        assert (plan.units @ plan.problem.unit_space <= plan.problem.space).all()
