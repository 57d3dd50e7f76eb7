"""Rules of thumb: units in proportion to inhabitants or to demand, within floors, caps, stocks and the budget."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.closed_forms.bundle import (
    WHOLE,
    everyone,
    floor_persons,
    gross_units,
    persons_with,
    persons_within,
    units_for,
)
from medalloc.allocation.closed_forms.water import at_level, water_level
from medalloc.allocation.policies.kind import Rule
from medalloc.allocation.problem import Array, Problem

METHOD = "water level"


@dataclass(frozen=True)
class Shares:
    """What a rule gives to whom."""

    units: Array
    """Units the rule offers, shape (n_regions, n_resources), before those that serve nobody go back. [units]"""

    served: Array
    """Persons served with them, in the form of `everyone`. [persons]"""


def shares(problem: Problem, rule: Rule) -> Shares:
    """Return the shares of a feasible problem under a rule.

    Notes
    -----
    A region is offered ``clip(level * requirement * weight, units for its floor, units it can use)`` of a resource,
    where the weight is the size that the rule goes by. Each resource's level rises until its stock is used up, but no
    further than the common level at which the budget is spent; that level holds back only what costs money.
    """
    floor = floor_persons(problem)
    rate = gross_units(problem, rule.size(problem.population, everyone(problem)))
    upper = np.minimum(problem.cap, units_for(problem, everyone(problem)))
    lower = np.minimum(units_for(problem, floor), upper)
    for place, stock in enumerate(problem.stock):
        level = water_level(rate[:, place], lower[:, place], upper[:, place], float(stock))
        upper[:, place] = at_level(level, rate[:, place], lower[:, place], upper[:, place])
    units = upper
    if problem.budget is not None and float((units * problem.unit_cost).sum()) > problem.budget:
        cost = problem.unit_cost
        level = water_level(rate * cost, lower * cost, units * cost, problem.budget)
        units = np.where(cost > 0, at_level(level, rate, lower, units), units)
    if problem.whole.any():
        units = _whole(problem, units, lower)
    served = np.minimum(persons_with(problem, units), persons_within(problem))
    return Shares(units, np.minimum(everyone(problem), np.maximum(floor, served)))


def _whole(problem: Problem, units: Array, lower: Array) -> Array:
    """Return whole units for fractional shares: what is cut off goes, one by one, to the largest fractions.

    Of equal fractions the larger population, or else demand, comes first, then the first by name. Nobody gets less
    than a floor needs or more than can be used, and stocks, budget and space are kept.
    """
    cut = np.where(problem.whole, np.maximum(lower, np.floor(units * (1 + WHOLE))), units)
    most = np.minimum(np.floor(problem.cap), units_for(problem, problem.demand))
    room = problem.space - cut @ problem.unit_space
    for row in np.flatnonzero(room < 0).tolist():
        extra = cut[row] - lower[row]
        part = 1.0 + room[row] / float(extra @ problem.unit_space)
        cut[row] = lower[row] + np.where(problem.whole, np.floor(part * extra + WHOLE), part * extra)
    room = problem.space - cut @ problem.unit_space
    left = problem.stock - cut.sum(axis=0)
    money = np.inf if problem.budget is None else problem.budget - float((cut * problem.unit_cost).sum())
    size = problem.demand if problem.population is None else problem.population
    for place in np.flatnonzero(problem.whole).tolist():
        fraction = np.round(units[:, place] - cut[:, place], 9)
        for row in np.lexsort((np.array(problem.regions), -size, -fraction)).tolist():
            cost, space = float(problem.unit_cost[row, place]), float(problem.unit_space[place])
            fits = left[place] >= 1 - WHOLE and cost <= money * (1 + WHOLE) and space <= room[row]
            if fits and fraction[row] > 0 and cut[row, place] + 1 <= most[row, place]:
                cut[row, place] += 1
                left[place], room[row], money = left[place] - 1, room[row] - space, money - cost
    return cut
