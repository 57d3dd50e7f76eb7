"""Plans of problems that closed forms do not answer: whole units, units that are moved, units that stand in."""

import math
from dataclasses import replace
from time import perf_counter

import numpy as np

from medalloc.allocation.closed_forms.bundle import WHOLE, floor_persons, persons_with, units_for
from medalloc.allocation.closed_forms.cells import as_cells, of_regions
from medalloc.allocation.closed_forms.rules import METHOD, Shares, shares
from medalloc.allocation.closed_forms.worth import equal_worth
from medalloc.allocation.fitting.conflicts import require_feasible
from medalloc.allocation.plan import STOPPED, Plan, PriceKind, coverage_of
from medalloc.allocation.policies.kind import Rule
from medalloc.allocation.policies.proportional import BY_DEMAND, PROPORTIONAL
from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units, without_locks
from medalloc.allocation.program.answer import Answer, Best, answer, most_at_best, most_persons_at_best
from medalloc.allocation.program.found import OutOfTimeError
from medalloc.allocation.program.needed import as_followed
from medalloc.allocation.program.persons import persons_of
from medalloc.errors import InfeasibleError, InputError
from medalloc.sentences import sentence


def plan_by_program(problem: Problem, time_limit: float | None = None) -> Plan:
    """Return the plan of a feasible problem that needs the general program.

    Where the time is up before there is any, it is the plan that moves nothing and lets nothing stand in, with a gap
    that says how much better another may be.

    Raises
    ------
    InputError
        If the time was up and there is no such plan either.
    InfeasibleError
        If the policy is a rule of thumb, which moves nothing and lets nothing stand in, and the floors need that.
    """
    begun = perf_counter()
    if problem.aim.rule is not None:
        plan = by_rule(problem, problem.aim.rule, most_at_best(problem, time_limit=time_limit))
        return replace(plan, seconds=perf_counter() - begun)
    try:
        found = answer(problem, problem.aim, time_limit=time_limit)
    except OutOfTimeError as late:
        return _in_time(problem, late, begun)
    most: Answer | Best = found
    if not problem.aim.serves_most:
        most = most_at_best(problem, time_limit=time_limit)
    is_today = not problem.aim.places
    return Plan(
        problem=problem,
        units=found.units,
        served=found.served,
        status="rule" if is_today else found.status,
        method=found.method,
        value=found.value,
        bound=max(found.value, most.bound) if is_today else found.bound,
        shadow_price=most.price,
        budget_price=None if problem.budget is None else most.budget_price,
        shadow_price_kind=_price_kind(problem),
        most_served=max(_most_persons(problem, most), float(found.served.sum())),
        seconds=perf_counter() - begun,
        served_of=found.served_of,
        moved=found.moved if any(one.is_moved for one in problem.resources) else None,
        standing_in=found.standing_in if any(one.stands_in_for for one in problem.resources) else None,
    )


def _in_time(problem: Problem, late: OutOfTimeError, begun: float) -> Plan:
    """Return the rule of thumb's plan, as one that is not proved, when no better was found in time."""
    try:
        plan = plan_by_thumb(problem, STOPPED, late.bound)
    except InfeasibleError as error:
        raise InputError(
            sentence("No plan was found in the time there was; allow more, or allow parts of units.")
        ) from error
    return replace(plan, seconds=perf_counter() - begun)


def plan_by_thumb(problem: Problem, method: str, most: float = math.inf) -> Plan:
    """Return the rule of thumb's plan as one that is not proved, for whatever policy was asked.

    Parameters
    ----------
    problem : Problem
        What is asked, under any policy.
    method : str
        Why there is no better one.
    most : float
        What serving the most is known not to exceed. [persons]

    Raises
    ------
    InfeasibleError
        If the floors need units that move or stand in, which the rule does without.
    """
    everyone = float(problem.value @ problem.demand)
    by_demand = replace(problem, policy=Policy(PROPORTIONAL.kind))
    best = Best(min(most, everyone), np.zeros(problem.stock.size), 0.0)
    plan = by_rule(by_demand, BY_DEMAND, best, float(problem.demand.sum()))
    value = _judged(problem, plan)
    bound = best.bound if problem.aim.serves_most else max(everyone, float(problem.demand.sum()))
    return replace(plan, problem=problem, status="best found", method=method, value=value, bound=max(value, bound))


def _judged(problem: Problem, plan: Plan) -> float:
    """Return the value of a plan as the policy of a problem judges it. [persons]."""
    alpha, persons = problem.aim.alpha, persons_of(problem)
    served = (plan.served if plan.served_of is None else plan.served_of).ravel()
    if alpha is None or problem.aim.serves_most:
        return float(persons.value @ served)
    coverage = coverage_of(served, persons.demand)
    if alpha == math.inf:
        return float(coverage.min(initial=1.0) * persons.demand.sum())
    weight = persons.value * persons.demand
    return float(equal_worth(coverage, weight, alpha) * weight.sum())


def counted_by_program(problem: Problem, *, time_limit: float | None = None) -> float:
    """Return how many the plan of a feasible problem serves, each counted with the value of the region."""
    if problem.aim.rule is not None:
        return plan_by_program(problem, time_limit=time_limit).value
    return float(problem.value @ answer(problem, problem.aim, time_limit=time_limit).served)


def prices_by_program(problem: Problem, *, time_limit: float | None = None) -> Array:
    """Return the duals of the most served: of the stocks, then of the budget if there is one."""
    most = most_at_best(problem, time_limit=time_limit)
    return most.price if problem.budget is None else np.append(most.price, most.budget_price)


def _price_kind(problem: Problem) -> PriceKind:
    plain = problem.aim.serves_most and not problem.whole.any()
    return "dual" if plain else "relaxed"


def _most_persons(problem: Problem, most: Answer | Best) -> float:
    """Return the most persons that can be served when everyone counts the same."""
    if np.ptp(problem.value) == 0 and problem.value[0] > 0:
        return most.bound / float(problem.value[0])
    return most_persons_at_best(problem)


def _within_space(problem: Problem, cells: Problem, share: Shares) -> Shares:
    """Return the shares with a region's units that go beyond its floors cut, all in proportion, to what has space."""
    if problem.demand_of is None or not np.isfinite(problem.space).any():
        return share
    kinds = len(problem.resources)
    floor = units_for(cells, floor_persons(cells))
    room = problem.space - (locked_units(problem) + floor.reshape(-1, kinds, kinds).sum(axis=1)) @ problem.unit_space
    wanted = (share.units - floor).reshape(-1, kinds, kinds).sum(axis=1) @ problem.unit_space
    part = np.divide(room, wanted, out=np.ones_like(room), where=wanted > 0).clip(0.0, 1.0)
    units = floor + np.repeat(part, kinds)[:, None] * (share.units - floor)
    units = np.where(cells.whole, np.maximum(floor, np.floor(units * (1 + WHOLE))), units)
    return Shares(units, np.minimum(share.served, np.maximum(floor_persons(cells), persons_with(cells, units))))


def by_rule(problem: Problem, rule: Rule, most: Best, most_persons: float | None = None) -> Plan:
    """Return the plan of a rule of thumb, held against what no plan can exceed; worked out where it is not given."""
    placed = as_followed(problem)
    require_feasible(placed)
    cells = as_cells(placed)
    free = without_locks(cells)
    share = _within_space(problem, free, shares(free, rule))
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
        most_served=max(
            _most_persons(problem, most) if most_persons is None else most_persons, float(share.served.sum())
        ),
        seconds=0.0,
    )
    return of_regions(plan, problem) if problem.demand_of is not None else replace(plan, problem=problem)
