"""Every plan against the problem as it was asked, whatever method made it: what it breaks, and what it leaves idle."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.simplex import SolverError
from medalloc.allocation.plan import STOPPED, Plan
from medalloc.allocation.problem import Array

NEAR = 1e-6
"""Share of a limit by which a plan may exceed it, and of a region's demand that may be left unserved beside what would
serve it, before that is a bug."""

ROUNDING = 1e-9
"""Share of a limit that may be left of it by rounding."""


def verified(plan: Plan) -> Plan:
    """Return the plan.

    Raises
    ------
    SolverError
        If it breaks a limit, adds up wrongly, or leaves in stock what would serve somebody: a bug.
    """
    excused = plan.problem.aim.alpha is None or plan.method == STOPPED
    faults = broken(plan) + ([] if excused else idle(plan))
    if faults:
        raise SolverError(f"The plan by {plan.method} does not hold: {'; '.join(faults)}.")
    return plan


def broken(plan: Plan) -> list[str]:
    """Return what a plan breaks of the problem as it was asked, in words for whoever mends it.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),)))
    >>> broken(plan), broken(replace(plan, units=2 * plan.units))
    ([], ['stock'])
    """
    problem, served = plan.problem, plan.served if plan.served_of is None else plan.served_of
    demand = problem.demand if plan.served_of is None else problem.own_demand
    moved = np.zeros((1, plan.units.shape[1])) if plan.moved is None else plan.moved
    new, space, whole = plan.units - moved, plan.units @ problem.unit_space, plan.units[:, problem.whole]

    def scale() -> Array:
        return np.asarray(problem.existing + np.abs(plan.units) + np.abs(moved))

    def everyone() -> Array:
        used = problem.requirement * (demand if demand.ndim == 2 else demand[:, None])
        # what stands in may be as much as what it stands in for, to which the solver rounds in proportion
        return scale() + used + (0.0 if plan.standing_in is None else used.max(axis=1, keepdims=True))

    given = np.maximum(0.0, -moved).sum(axis=0)
    share = np.array([one.movable for one in problem.resources]) * problem.existing.sum(axis=0)
    checks = {
        "numbers": np.isfinite(plan.units).all() and np.isfinite(served).all() and np.isfinite(plan.bound),
        "persons": _within(-served, 0.0, lambda: demand) and _within(served, demand),
        "sums": plan.served_of is None
        or _within(np.abs(plan.served - plan.served_of.sum(axis=1)), 0.0, lambda: plan.served),
        "units": _within(-new, 0.0, scale) and _within(-plan.units, problem.existing),
        "stock": _within(new.sum(axis=0), problem.stock),
        "cap": _within(plan.units, problem.cap),
        "budget": problem.budget is None or _within(np.array(plan.spent), np.array(problem.budget)),
        "space": _within(
            space, problem.space, lambda: np.abs(plan.units) @ problem.unit_space + problem.existing.sum(axis=1)
        ),
        "moves": _within(np.abs(moved.sum(axis=0)), 0.0, lambda: given) and _within(given, share),
        "whole units": bool((np.abs(whole - np.round(whole)) <= NEAR).all()),
        "locks": _locks_hold(plan, new),
        "requirement": _within(_uses(plan, served), problem.existing + plan.units, everyone),
        "floor": not problem.aim.places or _within((problem.effective_floor * demand.T).T, served, lambda: demand),
        "bound": plan.value <= plan.bound * (1 + NEAR) + 1e-9,
    }
    return [name for name, holds in checks.items() if not holds]


def _within(found: Array, limit: Array | float, scale: Callable[[], Array | float] = lambda: 0.0) -> bool:
    """Whether numbers are within their limits, but for rounding of these or of what they are reckoned from."""
    # beside a limit that is infinite nothing is too much
    return bool(
        (found <= limit + 1e-9).all() or (found <= limit + NEAR * np.maximum(np.abs(limit), scale()) + 1e-9).all()
    )


def _locks_hold(plan: Plan, new: Array) -> bool:
    if not (plan.problem.is_locked and plan.problem.aim.places):
        return True
    locked = plan.problem.locked
    settled = ~np.isnan(locked)
    return bool(np.allclose(new[settled], locked[settled], rtol=NEAR, atol=1e-9))


def _uses(plan: Plan, served: Array) -> Array:
    """Return the units that the served persons use, less what stands in for them, shape (n_regions, n_resources)."""
    problem = plan.problem
    uses = problem.requirement * (served if served.ndim == 2 else served[:, None])
    if plan.standing_in is not None:
        names = problem.resource_names
        for place, one in enumerate(problem.resources):
            if one.stands_in_for:
                uses[:, place] += plan.standing_in[:, place]
                uses[:, names.index(one.stands_in_for)] -= one.productivity * plan.standing_in[:, place]
    return uses


def idle(plan: Plan) -> list[str]:
    """Return the regions that what is left in stock would serve more of, with nothing else changed."""
    problem = plan.problem
    if plan.standing_in is not None and plan.standing_in.any():
        return []
    served = plan.served[:, None] if plan.served_of is None else plan.served_of
    demand = problem.demand[:, None] if plan.served_of is None else problem.own_demand
    lacking = (demand - served > NEAR * demand) & (problem.value[:, None] > 0)
    if not lacking.any():
        return []
    found = (lacking & _could_serve_more(plan, served, demand)).any(axis=1)
    return [f"{problem.regions[place]} could be served more" for place in np.flatnonzero(found)[:5]]


def _could_serve_more(plan: Plan, served: Array, demand: Array) -> NDArray[np.bool_]:
    """Return where a step more, of these resources alone, serves more and breaks no limit, shape of `served`."""
    problem, together = plan.problem, plan.served_of is None
    moved = 0.0 if plan.moved is None else plan.moved
    have, uses = problem.existing + plan.units, problem.requirement
    enough = NEAR * np.maximum(demand, 1e-9)
    ends = np.divide(have, uses, out=np.full(have.shape, np.inf), where=uses > 0)
    # what is there already may serve more
    more = np.minimum(demand, ends.min(axis=1, keepdims=True) if together else ends) - served > enough
    # what rounding of a stock leaves of it is nothing, as are parts of units that were too few to be told
    rounding = np.where(problem.whole, ROUNDING, NEAR)
    stock = np.maximum(0.0, problem.stock * (1 - rounding) - (plan.units - moved).sum(axis=0))
    money = np.inf if problem.budget is None else problem.budget * (1 - rounding.max()) - plan.spent
    if not stock.any() or (money <= 0 and (problem.unit_cost > 0).all()):
        return np.asarray(more)
    came = plan.units if plan.moved is None else plan.units - np.minimum(0.0, moved)
    may = np.minimum(stock, np.where(np.isnan(problem.locked), np.maximum(0.0, problem.cap - came), 0.0))
    may = np.where(problem.whole, np.floor(may * (1 + 1e-12)), may)
    small = np.where(problem.whole, np.minimum(1.0, may), 1e-3 * may)
    room = (problem.space * (1 - ROUNDING) - plan.units @ problem.unit_space)[:, None]
    for step in (may, small):
        ends = np.divide(have + step, uses, out=np.full(have.shape, np.inf), where=uses > 0)
        level = np.minimum(demand, ends.min(axis=1, keepdims=True) if together else ends)
        units = np.maximum(0.0, uses * level - have)
        units = np.where(problem.whole, np.ceil(units * (1 - 1e-9)), units)
        fits, taken, spent = units <= may * (1 + 1e-9), units * problem.unit_space, units * problem.unit_cost
        if together:
            fits, taken, spent = (fits.all(axis=1, keepdims=True), *(_a_region(each) for each in (taken, spent)))
        more |= fits & (taken <= room) & (spent <= money) & (level - served > enough)
    return np.asarray(more)


def _a_region(amounts: Array) -> Array:
    return np.asarray(amounts.sum(axis=1, keepdims=True))
