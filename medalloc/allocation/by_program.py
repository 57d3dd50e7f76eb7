"""Plans of problems that closed forms do not answer: whole units, units that are moved, units that stand in."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from medalloc.allocation.bundle import units_for
from medalloc.allocation.cells import as_cells, of_regions
from medalloc.allocation.conflicts import require_feasible
from medalloc.allocation.locks import locked_units, without_locks
from medalloc.allocation.plan import Plan, PriceKind
from medalloc.allocation.policy import MOST_SERVED, RULES, Aim, aim_of
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.answer import Answer, answer
from medalloc.allocation.rules import METHOD, shares


def plan_by_program(problem: Problem, *, time_limit: float) -> Plan:
    """Return the plan of a feasible problem that needs the general program.

    Raises
    ------
    InputError
        If the time was up before any plan was found.
    InfeasibleError
        If the policy is a rule of thumb, which moves nothing and lets nothing stand in, and the floors need that.
    """
    begun = perf_counter()
    most = answer(problem, aim_of(MOST_SERVED), time_limit=time_limit)
    if problem.aim.name in RULES:
        return replace(_by_rule(problem, most), seconds=perf_counter() - begun)
    found = most if problem.aim.name == "most-served" else answer(problem, problem.aim, time_limit=time_limit)
    return Plan(
        problem=problem,
        units=found.units,
        served=found.served,
        status="rule" if problem.aim.name == "today" else found.status,
        method=found.method,
        value=found.value,
        bound=max(found.value, most.bound) if problem.aim.name == "today" else found.bound,
        shadow_price=most.price,
        budget_price=None if problem.budget is None else most.budget_price,
        shadow_price_kind=_price_kind(problem),
        most_served=max(_most_persons(problem, most, time_limit), float(found.served.sum())),
        seconds=perf_counter() - begun,
        served_of=found.served_of,
        moved=found.moved if any(one.is_moved for one in problem.resources) else None,
        standing_in=found.standing_in if any(one.stands_in_for for one in problem.resources) else None,
    )


def counted_by_program(problem: Problem, *, time_limit: float) -> float:
    """Return how many the plan of a feasible problem serves, each counted with the value of the region."""
    if problem.aim.name in RULES:
        return plan_by_program(problem, time_limit=time_limit).value
    return float(problem.value @ answer(problem, problem.aim, time_limit=time_limit).served)


def prices_by_program(problem: Problem, *, time_limit: float) -> Array:
    """Return the duals of the most served: of the stocks, then of the budget if there is one."""
    most = answer(problem, aim_of(MOST_SERVED), time_limit=time_limit)
    return most.price if problem.budget is None else np.append(most.price, most.budget_price)


def as_placed(problem: Problem) -> Problem:
    """Return the problem as a rule of thumb sees it: nothing is moved, and nothing stands in for anything."""
    resources = tuple(replace(one, movable=0.0, move_cost=0.0, stands_in_for="") for one in problem.resources)
    return replace(problem, resources=resources)


def _price_kind(problem: Problem) -> PriceKind:
    plain = problem.aim.name == "most-served" and not problem.whole.any()
    return "dual" if plain else "relaxed"


def _most_persons(problem: Problem, most: Answer, time_limit: float) -> float:
    """Return the most persons that can be served when everyone counts the same."""
    if np.ptp(problem.value) == 0 and problem.value[0] > 0:
        return float(most.served.sum())
    alike = replace(problem, value=np.ones_like(problem.value))
    return float(answer(alike, Aim("most-served"), time_limit=time_limit).served.sum())


def _by_rule(problem: Problem, most: Answer) -> Plan:
    placed = as_placed(problem)
    require_feasible(placed)
    cells = as_cells(placed)
    free = without_locks(cells)
    share = shares(free)
    # What serves nobody, because another resource is short, stays in stock.
    units = np.minimum(share.units, units_for(free, share.served)) + locked_units(cells)
    value = float(cells.value @ share.served)
    plan = Plan(
        problem=cells,
        units=units,
        served=share.served,
        status="rule",
        method=METHOD,
        value=value,
        bound=max(value, most.bound),
        shadow_price=most.price,
        budget_price=None if problem.budget is None else most.budget_price,
        shadow_price_kind="relaxed",
        most_served=max(float(most.served.sum()), float(share.served.sum())),
        seconds=0.0,
    )
    return of_regions(plan, problem) if problem.demand_of is not None else replace(plan, problem=problem)
