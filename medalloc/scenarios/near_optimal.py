"""Plans that are nearly as good as the best and place units otherwise: what the numbers leave to judgement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.found import NoPlanError, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Model, goal_of, model_of
from medalloc.allocation.solving import solve
from medalloc.allocation.verifying import broken
from medalloc.errors import InfeasibleError

ROUNDS = 8
"""Programs in which a plan is pushed away from the others. [count]"""

PARTS = (1.0, 0.5, 0.0)
"""Shares of what may be given up that a plan in parts of units gives up, until the policy's own plan there is near."""

MOST_WHOLE = 600
"""Whole numbers up to which whole units are looked for rather than rounded. [count]"""

FAR = 0.05
"""Share by which whole units may be nearer than the farthest there are: these are not proved to be far anyway. [1]"""

SAME = 1e-3
"""Share of the units that a plan must place otherwise to be told."""

SLACK = 1e-9
"""Share by which what was found may be missed while more persons are looked for."""


@dataclass(frozen=True, eq=False)
class NearPlan:
    """A plan nearly as good as the best one, and what it would change."""

    plan: Plan
    """Of the same problem, within all limits."""

    more: Array
    """Units more than in the best plan, below 0 where fewer, shape (n_regions, n_resources). [units]"""

    fewer_served: float
    """Persons fewer than in the best plan, each counted with the value of the region. [persons]"""

    otherwise: float
    """Units placed otherwise than in the best plan as a share of all, the mean of the resources. [fraction]"""


def near_optimal(plan: Plan, *, within: float = 0.01, count: int = 3) -> tuple[NearPlan, ...]:
    """Return plans that serve nearly as many as this one and place units as differently as was found.

    Parameters
    ----------
    within : float
        Share of the persons served that may be given up; under a policy for which the worse off count more, also of
        the lowest coverage. [fraction]
    count : int
        Plans at most; fewer where no others are that near, none under a rule of thumb.

    Notes
    -----
    It takes a few linear programs and up to three plans for each: where one plan takes long, a minute. Whole units are
    looked for as such; of more than `MOST_WHOLE` numbers, parts are rounded, and often no other plan is found.

    Modelling to generate alternatives, as Hop, Skip and Jump [1]_ does: each plan is pushed away from all that were
    found before. The sum of distances is convex, so its largest value is not found by a linear program: the first
    push is toward cells that were used least, and every further one along the signs of the differences, which never
    makes the sum smaller. So what is found is far from the others, not proved to be the farthest. Of points that far
    the one that serves the most is taken; what comes to each cell there is made the cap of a problem, and the door
    answers it. Every plan is held against the problem as it was asked.

    References
    ----------
    .. [1] E. D. Brill, S.-Y. Chang, L. D. Hopkins, Modeling to generate alternatives: the HSJ approach and an
       illustration using a problem in land use planning, Management Science 28 (1982) 221-235.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> best = solve(Problem(("North", "South"), [30, 30], (Resource("beds", stock=30),)))
    >>> near = near_optimal(best)[0]
    >>> best.units.ravel().tolist(), near.plan.units.ravel().tolist(), near.fewer_served
    ([15.0, 15.0], [30.0, 0.0], 0.0)
    """
    problem = plan.problem
    if not problem.aim.places or problem.aim.rule is not None or plan.served.sum() <= 0:
        return ()
    least = problem
    if not problem.aim.serves_most:
        least = problem.derived(common_floor=max(problem.common_floor, (1 - within) * plan.lowest_coverage))
    model, found = model_of(least), [plan.units]
    near: list[NearPlan] = []
    for _ in range(count):
        other = _another(plan, model, found, within)
        if other is None:
            break
        found.append(other.units)
        fewer = _worth(problem, plan.served) - _worth(problem, other.served)
        near.append(NearPlan(other, other.units - plan.units, fewer, _otherwise(plan, other.units, plan.units)))
    return tuple(near)


def _another(plan: Plan, model: Model, found: Sequence[Array], within: float) -> Plan | None:
    """Return a plan that is near and far from all that were found; None where none was found."""
    best = _worth(plan.problem, plan.served)
    for part in PARTS:
        try:
            other = _answered(plan, _pushed(model, found, (1 - part * within) * best * (1 - SLACK)))
        except InfeasibleError:
            # floors that parts of units keep, whole ones may not
            continue
        far = min(_otherwise(plan, other.units, each) for each in found)
        if far >= SAME and _is_near(plan, other, within):
            return other
    return None


def _worth(problem: Problem, served: Array) -> float:
    return float(problem.value @ served)


def _is_near(plan: Plan, other: Plan, within: float) -> bool:
    least = (1 - within) * (1 - 10 * SLACK)
    near = _worth(plan.problem, other.served) >= least * _worth(plan.problem, plan.served)
    lowest = least * plan.lowest_coverage
    return near and (plan.problem.aim.serves_most or other.lowest_coverage >= lowest) and not broken(other)


def _otherwise(plan: Plan, units: Array, others: Array) -> float:
    return float((np.abs(units - others).sum(axis=0) / 2 / _all_units(plan.problem)).mean())


def _all_units(problem: Problem) -> Array:
    return np.asarray(np.maximum(problem.stock + problem.existing.sum(axis=0), 1e-9))


def _pushed(model: Model, found: Sequence[Array], least: float) -> Array:
    """Return the units that come to every cell in a plan, if need be in parts, that is far from those found."""
    problem, everyone = model.problem, goal_of(model, model.persons.value)
    used = np.mean([each / _all_units(problem) for each in found], axis=0)
    # of cells that were used alike the first are taken
    push = np.where(used.ravel().argsort(kind="stable").argsort() < used.size / 2, 1.0, -1.0).reshape(used.shape)
    live = Live(model)
    live.relax()
    live.add_rows(*_at_least(live, everyone, least))
    for _ in range(ROUNDS):
        goal = _toward(model, push)
        point = live.run(goal)
        signs = np.sum([np.sign(_net(model, point.amounts) - each) for each in found], axis=0)
        if np.array_equal(signs, push):
            break
        push = signs
    amounts = _in_whole(live, goal) if model.whole.any() else None
    if amounts is None:
        live.relax()
        live.add_rows(*_at_least(live, goal, point.value - SLACK * float(np.abs(goal) @ point.amounts)))
        amounts = live.run(everyone).amounts
    come: Array = np.array(amounts[model.layout.new])
    come[:, list(model.layout.movable)] += amounts[model.layout.taken]
    return come


def _in_whole(live: Live, goal: Array) -> Array | None:
    """Return the whole units that are farthest that way; None where there are many, or none was found in time.

    Parts that are rounded afterwards place too many units somewhere, and too few are left to serve as many.
    """
    if int(live.model.whole.sum()) > MOST_WHOLE:
        return None
    live.relax(False)
    live.solver.setOptionValue("mip_rel_gap", FAR)
    try:
        return live.run(goal).amounts
    except (NoPlanError, OutOfTimeError):
        return None


def _at_least(live: Live, goal: Array, value: float) -> tuple[csr_array, Array, Array]:
    scale = float(np.abs(goal * live.size).max(initial=0.0)) or 1.0
    return csr_array((goal * live.size / scale)[None, :]), np.array([value / scale]), np.array([np.inf])


def _toward(model: Model, push: Array) -> Array:
    """Return the goal of units that come where they are pushed to, and go from where they are pushed away."""
    goal, layout, weight = np.zeros(model.layout.columns), model.layout, push / _all_units(model.problem)
    goal[layout.new] = weight
    goal[layout.taken], goal[layout.given] = weight[:, list(layout.movable)], -weight[:, list(layout.movable)]
    return goal


def _net(model: Model, amounts: Array) -> Array:
    """Return the units more than today in every cell."""
    layout = model.layout
    units: Array = np.array(amounts[layout.new])
    units[:, list(layout.movable)] += amounts[layout.taken] - amounts[layout.given]
    return units


def _answered(plan: Plan, come: Array) -> Plan:
    """Return the door's plan of the problem in which no more than this comes to any cell."""
    problem = plan.problem
    come = np.where(problem.whole, np.ceil(come - 1e-6), come)
    come = np.minimum(problem.cap, np.maximum(0.0, come * (1 + SLACK)))
    cap = np.where(np.isnan(problem.locked), come, problem.cap)
    other = solve(problem.derived(cap=cap))
    best = {name: getattr(plan, name) for name in ("bound", "shadow_price", "budget_price", "most_served")}
    return replace(other, problem=problem, status="best found", **best)
