"""What a policy decides, by the general program: served persons, units, and the proof."""

import math
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np

from medalloc.allocation.plan import Status, coverage_of
from medalloc.allocation.policies.kind import Aim
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.deciding import decided, relaxation
from medalloc.allocation.program.filling import filled
from medalloc.allocation.program.found import OutOfTimeError
from medalloc.allocation.program.going_on import goes_on, most, most_alike, most_and_least, programs
from medalloc.allocation.program.loaded import MIP_GAP
from medalloc.allocation.program.model import Model, goal_of, model_of
from medalloc.allocation.program.persons import Integers
from medalloc.allocation.program.trimming import trimmed

ROUNDING = 1e-12
"""Share of all who are in need below which a difference is rounding."""

SOLVER, MIXED = "HiGHS", "HiGHS branch and bound"


@dataclass(frozen=True, eq=False)
class Answer:
    """What is decided, and its proof; regions in the problem's order."""

    served: Array
    """Shape (n_regions,). [persons]"""

    served_of: Array | None
    """By resource, where each has persons of its own, shape (n_regions, n_resources). [persons]"""

    units: Array
    """Units more than today, below 0 where some go elsewhere, shape (n_regions, n_resources). [units]"""

    moved: Array
    """Of the units, those that came from other regions less those that went there, shape (n_regions, n_resources)."""

    standing_in: Array
    """Units that do the work of another resource, shape (n_regions, n_resources). [units]"""

    status: Status
    method: str
    value: float
    bound: float

    price: Array
    """Duals of the stocks where units need not be whole, shape (n_resources,). [persons/unit]"""

    budget_price: float
    """The same of the budget, 0 without one. [persons/money]"""


def answer(problem: Problem, aim: Aim, *, time_limit: float | None = None) -> Answer:
    """Return what a policy other than a rule of thumb decides for a feasible problem.

    Parameters
    ----------
    problem : Problem
        Locks included: what is locked is neither placed otherwise nor moved.
    aim : Aim
        The policy.
    time_limit : float, optional
        Seconds after which the best plan so far is given, with its gap. When left out, the work is limited instead (see
        `effort`), so that the same question has the same answer however busy the machine is. [s]

    Raises
    ------
    OutOfTimeError
        If no plan was found in that time.

    Notes
    -----
    Regions are taken in the order of their names, so that the result does not depend on that of the table, and a
    program that stays loaded has them in the same rows when numbers change. Of plans that serve equally many, the most
    equal one is taken, among up to 600 groups of persons; of more, in parts of units, the one that takes least.
    For whole units the lowest coverage of worst-off first is proved; what is above it is shared as equally as it can.
    """
    until = _until(time_limit)
    model = programs().model(problem, _ordered_model)
    if aim.serves_most and goes_on(problem, until):
        amounts, value, bound, price = most_and_least(model)
    else:
        amounts, value, bound, price = decided(model, aim, until)
        amounts = trimmed(model, amounts, until)
    if aim.places and (model.in_units.any() or aim.serves_most):
        # what was cut off of parts of units, or spared, may serve somebody, as may what a solver rounds to nothing
        # beside the largest region
        amounts = filled(model, amounts, price)
        value = max(value, _reached(model, aim, amounts))
    return _told(model, np.argsort(_order(problem)), amounts, (value, max(value, bound)), price)


def _order(problem: Problem) -> Integers:
    """Return the places of the regions, by name."""
    return np.argsort(np.array(problem.regions), kind="stable")


def _ordered_model(problem: Problem) -> Model:
    return model_of(_rows(problem, _order(problem)))


def _reached(model: Model, aim: Aim, amounts: Array) -> float:
    """Return what most served and max-min judge by; 0 for others. [persons]."""
    persons, served = model.persons, amounts[model.layout.served]
    if aim.serves_most:
        return float(persons.value @ served)
    lowest = coverage_of(served, persons.demand).min(initial=1.0)
    return float(lowest * persons.demand.sum()) if aim.alpha == math.inf else 0.0


def _until(time_limit: float | None) -> float:
    return math.inf if time_limit is None else perf_counter() + time_limit


@dataclass(frozen=True, eq=False)
class Best:
    """What no plan can exceed, with its prices; units in parts, even where they are whole."""

    bound: float
    """Persons served, each counted with the value of its region. [persons]"""

    price: Array
    """Duals of the stocks, shape (n_resources,). [persons/unit]"""

    budget_price: float
    """The same of the budget, 0 without one. [persons/money]"""


def most_at_best(problem: Problem, *, time_limit: float | None = None) -> Best:
    """Return the most that a feasible problem's plans can serve, if need be with parts of units.

    If it is not found in time, what is known by then is given: a bound all the same, and no prices.
    """
    model = programs().model(problem, _ordered_model)
    until = _until(time_limit)
    try:
        found = (
            most(model) if goes_on(problem, until) else relaxation(model, goal_of(model, model.persons.value), until)
        )
    except OutOfTimeError as late:
        return Best(late.bound, np.zeros(problem.stock.size), 0.0)
    return Best(found.bound, *_prices(model, found.price))


def most_persons_at_best(problem: Problem) -> float:
    """Return the most persons that can be served when everyone counts the same. [persons]."""
    model = programs().model(problem, _ordered_model)
    if goes_on(problem):
        return most_alike(model)
    return most_at_best(replace(problem, value=np.ones_like(problem.value))).bound


def _prices(model: Model, price: Array) -> tuple[Array, float]:
    budget = model.rows.get("budget")
    money = 0.0 if budget is None else max(0.0, float(price[budget][0]))
    return np.maximum(0.0, price[model.rows["stock"]]), money


def _rows(problem: Problem, order: Integers) -> Problem:
    """Return the problem with its regions in this order."""
    arrays = (
        *("demand", "existing", "cap", "value", "floor", "population", "region_requirement", "region_cost"),
        *("space", "demand_of", "locked", "staying"),
    )
    taken: dict[str, Any] = {
        name: None if getattr(problem, name) is None else getattr(problem, name)[order] for name in arrays
    }
    return problem.derived(regions=tuple(problem.regions[place] for place in order), **taken)


def _within_stock(problem: Problem, new: Array) -> Array:
    """Return the new units without what the solver's rounding puts beyond a stock; of an empty one there are none."""
    parts = np.isnan(problem.locked) & ~problem.whole
    free, settled = np.where(parts, new, 0.0).sum(axis=0), np.where(parts, 0.0, new).sum(axis=0)
    left = np.maximum(0.0, problem.stock - settled)
    return np.where(parts & (free > left), new * np.divide(left, free, out=np.ones_like(free), where=free > 0), new)


def _told(model: Model, back: Integers, amounts: Array, proof: tuple[float, float], price: Array) -> Answer:
    """Return the answer in the order in which the problem was asked."""
    layout, problem = model.layout, model.problem
    served, new = amounts[layout.served], _within_stock(problem, amounts[layout.new])
    moved = np.zeros_like(new)
    moved[:, list(layout.movable)] = amounts[layout.taken] - amounts[layout.given]
    units = new + moved
    standing = np.zeros_like(new)
    for place, (helper, _) in enumerate(layout.helps):
        standing[:, helper] += amounts[layout.helped[:, place]]
    value, bound = proof
    if bound - value <= ROUNDING * float(model.persons.demand @ np.maximum(1.0, model.persons.value)):
        bound = max(value, 0.0)
    gap = (bound - value) / bound if bound > 0 else 0.0
    whole = bool(model.in_units.any())
    stock_price, budget_price = _prices(model, price)
    return Answer(
        served=model.persons.by_region(served, layout.regions)[back],
        served_of=None if problem.demand_of is None else served.reshape(units.shape)[back],
        units=units[back],
        moved=moved[back],
        standing_in=standing[back],
        status="optimal" if gap <= (2 * MIP_GAP if whole else 1e-8) else "best found",
        method=MIXED if whole else SOLVER,
        value=value,
        bound=bound,
        price=stock_price,
        budget_price=budget_price,
    )
