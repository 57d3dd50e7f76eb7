"""Rules of thumb: units in proportion to inhabitants or to demand, within floors, caps, stocks and the budget."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.bundle import floor_persons, persons_with, persons_within, units_for
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.water import at_level, water_level

METHOD = "water level"


@dataclass(frozen=True)
class Shares:
    """What a rule gives to whom."""

    units: Array
    """Units the rule offers, shape (n_regions, n_resources), before those that serve nobody go back. [units]"""

    served: Array
    """Persons served with them, shape (n_regions,). [persons]"""


def shares(problem: Problem) -> Shares:
    """Return the shares of a feasible problem under its rule, `per-head` or `proportional`.

    Notes
    -----
    A region is offered ``clip(level * requirement * weight, units for its floor, units it can use)`` of a resource,
    where the weight is its population or its demand. Each resource's level rises until its stock is used up, but no
    further than the common level at which the budget is spent; that level holds back only what costs money.
    """
    floor = floor_persons(problem)
    rate = problem.requirement * _weight(problem)[:, None]
    upper = np.minimum(problem.cap, units_for(problem, problem.demand))
    lower = np.minimum(units_for(problem, floor), upper)
    for place, stock in enumerate(problem.stock):
        level = water_level(rate[:, place], lower[:, place], upper[:, place], float(stock))
        upper[:, place] = at_level(level, rate[:, place], lower[:, place], upper[:, place])
    units = upper
    if problem.budget is not None and float((units * problem.unit_cost).sum()) > problem.budget:
        cost = problem.unit_cost
        level = water_level(rate * cost, lower * cost, units * cost, problem.budget)
        units = np.where(cost > 0, at_level(level, rate, lower, units), units)
    served = np.minimum(persons_with(problem, units), persons_within(problem))
    return Shares(units, np.minimum(problem.demand, np.maximum(floor, served)))


def _weight(problem: Problem) -> Array:
    if problem.policy == "per-head" and problem.population is not None:
        return problem.population
    return problem.demand
