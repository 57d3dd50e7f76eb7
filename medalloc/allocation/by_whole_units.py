"""Plans in whole units where every region needs what it needs in one way only: no search over all units is needed."""

import math
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from medalloc.allocation.by_closed_form import plan_in_closed_form
from medalloc.allocation.by_program import by_rule, plan_by_program
from medalloc.allocation.closed_forms.alpha_fair import AlphaFair, alpha_fair
from medalloc.allocation.closed_forms.bundle import persons_with, units_for
from medalloc.allocation.closed_forms.most_served import MostServed, most_persons_served, most_served
from medalloc.allocation.plan import Plan, Status, coverage_of
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.answer import Best
from medalloc.allocation.program.needed import has_choices
from medalloc.allocation.whole.choosing import repaired, topped_up
from medalloc.allocation.whole.levels import level_by_level_in_whole
from medalloc.allocation.whole.one_by_one import placed_one_by_one, shares_stock_alone
from medalloc.allocation.whole.prices import chosen, priced
from medalloc.allocation.whole.search import GAP, fitting, searched
from medalloc.allocation.whole.steps import EXACT, Integers, most_in_whole, ranked, steps_of
from medalloc.allocation.whole.worths import worths_of

LEVELS, STEPS, ONE_BY_ONE = "levels of whole units", "prices and steps of whole units", "whole units one by one"

FEW = 20
"""Regions up to which a plan of whole units beside parts is searched for as well, where steps leave it unproved."""


@dataclass(frozen=True, eq=False)
class _Answer:
    served: Array
    value: float
    bound: float
    status: Status
    method: str


def is_in_whole_units(problem: Problem) -> bool:
    """Whether some units come whole, and every region needs what it needs in one way only."""
    return bool(problem.whole.any()) and not has_choices(problem)


def plan_in_whole_units(problem: Problem, time_limit: float | None = None) -> Plan:
    """Return the plan of a feasible problem without locks, in cells where each resource has persons of its own.

    Parameters
    ----------
    problem : Problem
        What is asked.
    time_limit : float, optional
        Seconds for the search that closes the gap; when left out its work is limited. [s]
    """
    until = math.inf if time_limit is None else perf_counter() + time_limit
    parts = in_parts(problem)
    best = most_served(parts)
    prices = np.maximum(0.0, best.price)
    budget_price = None if problem.budget is None else float(prices[-1])
    if problem.aim.rule is not None:
        return by_rule(problem, problem.aim.rule, Best(best.bound, prices[: problem.whole.size], budget_price or 0.0))
    answer = _decided(problem, parts, best, until)
    if answer.status == "best found" and problem.demand.size <= FEW and not _is_pure(problem):
        searched_for = plan_by_program(problem, time_limit)
        if searched_for.value >= answer.value:
            return searched_for
    return Plan(
        problem=problem,
        units=units_for(problem, answer.served) if problem.aim.places else np.zeros_like(problem.existing),
        served=answer.served,
        status=answer.status,
        method=answer.method,
        value=answer.value,
        # by rounding alone the bound of the plan in parts may lie below
        bound=max(answer.value, min(answer.bound, best.bound) if problem.aim.serves_most else answer.bound),
        shadow_price=prices[: problem.whole.size],
        budget_price=budget_price,
        shadow_price_kind="relaxed",
        most_served=max(most_persons_served(parts, best), float(answer.served.sum())),
        seconds=0.0,
    )


def in_parts(problem: Problem) -> Problem:
    """Return the problem in which parts of units may be placed, within caps of whole ones."""
    return problem.derived(
        resources=tuple(replace(one, whole=False) for one in problem.resources),
        cap=np.where(problem.whole, np.floor(problem.cap), problem.cap),
    )


def _decided(problem: Problem, parts: Problem, most: MostServed, until: float) -> _Answer:
    """Return what a policy that is no rule of thumb decides; `parts` is the problem in parts, and its most served."""
    if not problem.aim.places:
        served = persons_with(problem, np.zeros_like(problem.existing))
        return _Answer(served, float(problem.value @ served), most.bound, "rule", "nothing placed")
    if problem.aim.alpha != math.inf:
        ideal = alpha_fair(parts, problem.aim.alpha or 0.0) if problem.aim.is_fair else most
        if shares_stock_alone(problem):
            return _one_by_one(problem, ideal)
        return _by_steps(problem, parts, ideal, until)
    served, level = level_by_level_in_whole(problem)
    served = _with_parts(problem, served)
    everyone, lowest = float(problem.demand.sum()), float(coverage_of(served, problem.demand).min(initial=1.0))
    return _Answer(served, lowest * everyone, max(level, lowest) * everyone, "optimal", LEVELS)


def _by_steps(problem: Problem, parts: Problem, ideal: MostServed | AlphaFair, until: float) -> _Answer:
    steps, rank = steps_of(problem, ideal.served), ranked(problem)
    worths = worths_of(problem, steps.served[steps.lasts], _unit(problem, ideal.served))
    even = worths.even(steps.group, steps.served)
    by = priced(steps, even)
    priced_at = repaired(steps, fitting(steps, even, chosen(steps, even, by.price, ideal.served), by.price), even)
    # where very many steps are worth the same, prices lead far astray; rounding down the best plan in parts does not
    begun = [each for each in (priced_at, steps.below(_rounded_down(problem, parts, ideal.served))) if steps.fit(each)]
    tried = [topped_up(steps, each, even, by.price, rank) for each in begun]
    at = max(tried, key=lambda each: float(even[each].sum()))
    if steps.are_all:
        at, bound = searched(steps, worths.of(steps.group, steps.served), at, by, until)
        served = steps.served[at]
    else:
        served, bound = _wider(problem, steps.served[at], rank), math.inf
    served = _for_nothing(problem, served, rank)
    plans = [_with_parts(problem, served)]
    if not _is_pure(problem):
        plans.append(_settled(problem, _rounded_up(problem, served, ideal.served)))
    # what passes for a whole unit by rounding must not serve more than it can
    plans = [np.minimum(each, persons_with(problem, units_for(problem, each))) for each in plans]
    values = [worths.persons(float(worths.of(np.arange(each.size), each).sum())) for each in plans]
    value = max(values)
    served = plans[values.index(value)]
    proved = ideal.bound if not (steps.are_all and _is_pure(problem)) else worths.persons(bound)
    proved = max(value, min(proved, ideal.bound) if problem.aim.serves_most else proved)
    gap = (proved - value) / proved if proved > 0 else 0.0
    return _Answer(served, value, proved, "optimal" if gap <= 2 * GAP else "best found", STEPS)


def _rounded_down(problem: Problem, parts: Problem, served: Array) -> Array:
    """Return whom the whole ones among the units of a plan in parts serve."""
    units = units_for(parts, served)
    return persons_with(problem, np.where(problem.whole, np.floor(units * (1 + EXACT)), units))


def _one_by_one(problem: Problem, ideal: MostServed | AlphaFair) -> _Answer:
    top, rank, every = most_in_whole(problem), ranked(problem), np.arange(problem.demand.size)
    worths = worths_of(problem, top, _unit(problem, ideal.served))
    served = placed_one_by_one(problem, ideal.served, top, worths, rank)
    # no plan is worth more when equality counts a little, and then none is worth more than this one
    bound = worths.persons(float(worths.even(every, served).sum()))
    served = _for_nothing(problem, served, rank)
    value = worths.persons(float(worths.of(every, served).sum()))
    bound = max(value, min(bound, ideal.bound) if problem.aim.serves_most else bound)
    return _Answer(served, value, bound, "optimal", ONE_BY_ONE)


def _unit(problem: Problem, served: Array) -> float:
    """Return a coverage around which an alpha-fair policy sees clearly: that of all together."""
    return max(1e-9, float(served.sum()) / max(float(problem.demand.sum()), 1e-300))


def _wider(problem: Problem, served: Array, rank: Integers) -> Array:
    """Return what is served when all that is left is placed, where steps were looked at near the best plan only."""
    while True:
        steps = steps_of(problem, served)
        at = steps.least(np.abs(steps.served - served[steps.group]))
        worth = problem.value[steps.group] * steps.served
        up = topped_up(steps, at, worth, np.zeros(steps.room.size), rank)
        more = float((steps.served[up] - served).sum())
        served = np.maximum(served, steps.served[up])
        if more <= 1e-9 * float(served.sum()):
            return served


def _for_nothing(problem: Problem, served: Array, rank: Integers) -> Array:
    """Return what is served when those who count for nothing get what the others leave."""
    idle = (problem.value <= 0) & (served < problem.demand)
    if not idle.any():
        return served
    steps = steps_of(problem, served)
    at = steps.least(np.abs(steps.served - served[steps.group]))
    worth = np.where(idle[steps.group], steps.served, 0.0)
    return steps.served[topped_up(steps, at, worth, np.zeros(steps.room.size), rank)]


def _is_pure(problem: Problem) -> bool:
    return bool((problem.whole | (problem.requirement == 0).all(axis=0)).all())


def _with_parts(problem: Problem, served: Array) -> Array:
    """Return what is served when whole units stay where they are, and of the others parts are placed as is best."""
    if _is_pure(problem):
        return served
    return _settled(problem, np.where(problem.whole, units_for(problem, served), 0.0))


def _settled(problem: Problem, units: Array) -> Array:
    """Return what is served with these whole units, when the others are placed as is best."""
    cost, space = units * problem.unit_cost, units @ problem.unit_space
    settled = problem.derived(
        resources=tuple(replace(one, whole=False, stock=0.0 if one.whole else one.stock) for one in problem.resources),
        existing=problem.existing + units,
        cap=np.where(problem.whole, 0.0, problem.cap),
        space=np.maximum(0.0, problem.space - space),
        budget=None if problem.budget is None else max(0.0, problem.budget - float(cost.sum())),
    )
    return plan_in_closed_form(settled).served


def _rounded_up(problem: Problem, served: Array, ideal: Array) -> Array:
    """Return whole units that let as many regions as they last for be served as in the best plan in parts.

    What is placed in parts may serve a region between two of its steps: the whole unit of the upper one is then worth
    having although it is not needed in full. Regions that gain the most come first.
    """
    units = np.where(problem.whole, units_for(problem, served), 0.0)
    more = np.where(problem.whole, units_for(problem, np.maximum(served, ideal)), 0.0) - units
    left = np.array([one.stock for one in problem.resources]) - units.sum(axis=0)
    money = math.inf if problem.budget is None else problem.budget - float((units * problem.unit_cost).sum())
    room = problem.space - units @ problem.unit_space
    for index in np.argsort(served - ideal, kind="stable").tolist():
        extra, cost = more[index], float(more[index] @ problem.unit_cost[index])
        if extra.any() and (extra <= left).all() and cost <= money and extra @ problem.unit_space <= room[index]:
            units[index] += extra
            left, money = left - extra, money - cost
    return units
