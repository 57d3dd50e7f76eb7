from dataclasses import replace

import numpy as np
import pytest

from benchmarks.allocation.problems import coupled
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program import by_prices
from medalloc.allocation.program.by_prices import best_by_prices
from medalloc.allocation.program.effort import STEPS, Effort, working
from medalloc.allocation.program.found import OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.netting import Netting
from medalloc.allocation.program.rounding import keeps


def regions_that_share(count, seed, *, apart=False, helps=False, floor=0.0):
    draw = np.random.default_rng(seed)
    demand, use = draw.lognormal(3, 1, count), np.array([1.0, 0.7])
    whole = (use * demand.sum()).tolist()
    helper = {"stands_in_for": "beds", "productivity": 0.5, "stand_in_share": 0.3} if helps else {}
    kinds = (
        Resource("beds", 0.2 * whole[0], 1.0, 1.0, space=1.0, movable=0.2, move_cost=0.5),
        Resource("nurses", 0.25 * whole[1], 0.7, 2.0, movable=0.1, **helper),
    )
    return Problem(
        tuple(f"region {place}" for place in range(count)),
        demand,
        kinds,
        existing=np.outer(demand, use) * draw.uniform(0, 0.6, (count, 2)),
        value=draw.uniform(1, 2, count),
        common_floor=floor,
        space=np.where(draw.random(count) < 0.5, np.inf, 0.4 * demand),
        budget=0.8 * sum(one.stock * one.unit_cost for one in kinds),
        demand_of=np.outer(demand, [0.6, 0.4]) if apart else None,
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", [{}, {"apart": True}, {"helps": True}, {"floor": 0.1}])
def test_prices_lead_to_the_optimum_of_the_whole_program(seed, kind, monkeypatch):
    monkeypatch.setattr(by_prices, "MANY", 100)
    model = Netting(model_of(regions_that_share(400, seed, **kind))).netted
    goal = goal_of(model, model.persons.value)
    expected, found = Live(model).run(goal), best_by_prices(model, goal)
    assert found is not None and keeps(model, found.amounts)
    assert found.bound >= expected.value * (1 - 1e-9) and found.value <= expected.value * (1 + 1e-9)
    assert found.bound - found.value <= 1e-2 * found.bound


def test_where_a_part_of_the_regions_has_no_plan_prices_are_of_no_use():
    problem = regions_that_share(50, 1)
    crowded = replace(problem, cap=np.where(np.arange(50)[:, None] == 0, 0.0, np.inf) * np.ones((1, 2)))
    model = model_of(replace(crowded, existing=0 * problem.existing, floor=np.eye(50)[0]))
    assert best_by_prices(model, goal_of(model, model.persons.value)) is None


def test_prices_found_before_the_work_is_up_make_a_plan_with_its_gap(monkeypatch):
    monkeypatch.setattr(by_prices, "MANY", 100)
    monkeypatch.setattr(by_prices, "CLOSE", -1.0)
    monkeypatch.setattr(by_prices, "DOUBT", (0.3, 0.6))
    model = Netting(model_of(regions_that_share(400, 2))).netted
    goal, tried = goal_of(model, model.persons.value), []
    expected = best_by_prices(model, goal)

    def until_the_work_is_up(*given, completed=by_prices._Parts.completed):
        if any(made is not None for made in tried):
            raise OutOfTimeError(np.inf)
        tried.append(completed(*given))
        return tried[-1]

    monkeypatch.setattr(by_prices._Parts, "completed", until_the_work_is_up)
    found = best_by_prices(model, goal)
    assert len(tried) == 1 and keeps(model, found.amounts)
    assert found.value <= expected.bound * (1 + 1e-9) and found.bound >= expected.value * (1 - 1e-9)


def test_the_work_that_31_000_regions_take_is_half_of_what_may_be_done():
    counted, sizes = [], []
    for count in (300, 1_200):
        live, effort = Live(model_of(coupled(count))), Effort()
        with working(effort):
            live.run(goal_of(live.model, live.model.persons.value))
        counted.append((STEPS - effort.steps) / live.solver.getInfo().simplex_iteration_count)
        sizes.append(sum(live.matrix.shape))
    growth = np.log(counted[1] / counted[0]) / np.log(sizes[1] / sizes[0])
    # as measured: 724,000 steps over 341,000 rows and columns
    step = counted[1] * (341_000 / sizes[1]) ** growth
    assert 2 * 724_000 * step <= STEPS
