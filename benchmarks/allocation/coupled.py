"""A program that no closed form answers, kept alive while one bound moves."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

import numpy as np

from benchmarks.allocation.cases import SEED
from benchmarks.allocation.rows import one_bound_moved
from medalloc.allocation.problem import Problem
from medalloc.allocation.problem.resource import Resource
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import model_of

STEPS = (0.01, 0.05)
"""By which share a bound moves; a slider moves by the first."""

SHORT = 3
"""Limits that hold the plan back: nurses, doctors and the budget."""


def coupled(regions: int) -> Problem:
    """Return beds, nurses that can be moved and stand in for doctors, doctors; units there, floors and a budget."""
    draw = np.random.default_rng(SEED)
    demand = draw.gamma(2, draw.lognormal(3, 1, regions))
    use = np.array([1.0, 0.5, 0.25])
    beds, nurses, doctors = (use * float(demand.sum())).tolist()
    resources = (
        Resource("beds", 0.35 * beds, requirement=1.0, unit_cost=1.0),
        Resource(
            "nurses",
            0.25 * nurses,
            requirement=0.5,
            unit_cost=2.0,
            movable=0.2,
            move_cost=0.5,
            stands_in_for="doctors",
            productivity=0.4,
            stand_in_share=0.3,
        ),
        Resource("doctors", 0.2 * doctors, requirement=0.25, unit_cost=5.0),
    )
    return Problem(
        tuple(f"region {place}" for place in range(regions)),
        demand,
        resources,
        existing=draw.uniform(0, 0.5, (regions, 3)) * use * demand[:, None],
        value=draw.uniform(1, 2, regions),
        floor=draw.uniform(0.1, 0.3, regions),
        budget=0.9 * sum(one.stock * one.unit_cost for one in resources),
    )


def rows(regions: int, repeats: int) -> list[str]:
    """Return a line for each size of the step."""
    lines = []
    for step in STEPS:
        moved, cold = _sides(coupled(regions), step)
        aim = "at least 4" if step == STEPS[0] else "none"
        work = f"coupled program, {regions:,} regions x 3, one bound moved by {step:.0%}, against solving it afresh, ms"
        # the limits that are short take turns, and every one is to have moved as often
        lines.append(one_bound_moved(work, cold, moved, SHORT * repeats, aim))
    return lines


def _sides(problem: Problem, step: float) -> tuple[Callable[[], float], Callable[[], float]]:
    """Return what moves the next bound and goes on, and what solves the same afresh; both return their value."""
    model = model_of(problem)
    goal = np.zeros(model.layout.columns)
    goal[model.layout.served] = model.persons.value
    live, upper = Live(model), model.ends.row_upper.copy()
    price = live.run(goal).price
    limits = np.concatenate([model.rows["stock"], model.rows["budget"]])
    # a bound that nothing touches moves for free
    short = limits[price[limits] > 0].tolist()
    if len(short) != SHORT:
        raise RuntimeError(f"{len(short)} limits are short, there should be {SHORT}")
    turns = cycle(short)

    def moved() -> float:
        upper[next(turns)] *= 1 - step
        live.change_ends(replace(model.ends, row_upper=upper))
        return live.run(goal).value

    def cold() -> float:
        return Live(replace(model, ends=replace(model.ends, row_upper=upper))).run(goal).value

    return moved, cold
