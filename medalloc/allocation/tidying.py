"""Numbers of a plan without the dust of the solver, once, where the plan leaves: shown, saved and downloaded alike."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem

ROUNDING = 1e-6
"""Share of what there could be by which a solver may miss what was locked, or that passes for nothing."""

DUST = 1e-8
"""Share of a number by which it may miss a whole one, or the most there could be; of decimals a hundredth of it."""

DECIMALS = 4
"""Decimals up to which a number is meant as it is: 7.3 where a solver finds 7.29999999998."""


def tidied(plan: Plan) -> Plan:
    """Return the plan with numbers that are whole, or nothing, but for rounding, made so.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [4, 9], (Resource("beds", stock=20),)))
    >>> rough = replace(plan, units=plan.units * (1 - 1e-13), served=plan.served * (1 - 1e-13))
    >>> tidied(rough).units.tolist() == plan.units.tolist()
    True
    """
    problem = plan.problem
    need = _of_use(problem)
    units = tidy_numbers(plan.units, need)
    # what is meant as it is stays so beside a cap that was found by a solver itself
    at_cap = (units != np.round(units, DECIMALS)) & np.isclose(units, problem.cap, rtol=DUST, atol=0.0)
    units = np.where(at_cap, problem.cap, units)
    moved = None if plan.moved is None else tidy_numbers(plan.moved, need)
    before, placed = plan.units.sum(axis=0), units.sum(axis=0)
    if plan.moved is not None and moved is not None:
        before, placed = (plan.units - plan.moved).sum(axis=0), (units - moved).sum(axis=0)
    over = placed > np.maximum(before, problem.stock) + 1e-12 * problem.stock
    units = _as_locked(problem, np.where(over, plan.units, units), moved, np.maximum(need, problem.stock))
    served_of = None if plan.served_of is None else tidy_numbers(plan.served_of, problem.own_demand)
    # each by itself, the sum and its parts would no longer add up
    served = tidy_numbers(plan.served, problem.demand) if served_of is None else served_of.sum(axis=1)
    return replace(
        plan,
        units=units,
        served=_all_who_can_be(problem, served, units),
        served_of=served_of,
        shadow_price=tidy_numbers(plan.shadow_price, np.abs(plan.shadow_price)),
        moved=moved,
        standing_in=None
        if plan.standing_in is None
        else tidy_numbers(plan.standing_in, need, problem.existing + units),
    )


def _of_use(problem: Problem) -> Array:
    """Return the units that could be there or of use at most, standing in included, shape (n_regions, n_resources)."""
    need = problem.requirement * problem.own_demand
    most = problem.existing + need
    for place, one in enumerate(problem.resources):
        if one.stands_in_for:
            most[:, place] += need[:, problem.resource_names.index(one.stands_in_for)] / one.productivity
    return most


def _as_locked(problem: Problem, units: Array, moved: Array | None, most: Array) -> Array:
    """Return the units with what is locked as it was locked, however small it is beside all others."""
    if not (problem.is_locked and problem.aim.places):
        return units
    locked = problem.locked if moved is None else problem.locked + moved
    return np.where(np.abs(units - locked) <= ROUNDING * np.maximum(most, locked), locked, units)


def _all_who_can_be(problem: Problem, served: Array, units: Array) -> Array:
    """Return a region that a solver left short by rounding alone as served whole, where it has all that this takes."""
    enough = (problem.existing + units >= problem.requirement * problem.demand[:, None]).all(axis=1)
    return np.where(enough & (served >= problem.demand * (1 - ROUNDING)), problem.demand, served)


def tidy_numbers(numbers: Array, most: Array, beside: Array | None = None) -> Array:
    """Return numbers made whole, equal to the most there could be, or 0, where they are but for rounding.

    Parameters
    ----------
    numbers : array of shape (n_regions,) or (n_regions, n_resources)
        As they were found.
    most : array of the same shape
        What each could be at most; its own share of this passes for nothing.
    beside : array of the same shape, optional
        Numbers that those of a column are small beside; they themselves when left out.

    Examples
    --------
    >>> tidy_numbers(np.array([3.999999999996, 3.78e-05, 0.25]), np.array([10.0, 400.0, 1.0])).tolist()
    [4.0, 3.78e-05, 0.25]
    >>> tidy_numbers(np.array([399.5, 3.78e-07]), np.array([400.0, 400.0])).tolist()
    [399.5, 0.0]
    """
    size = np.abs(numbers)
    dust, made, short = DUST * size, np.round(numbers), np.round(numbers, DECIMALS)
    np.copyto(short, numbers, where=np.abs(numbers - short) > dust / 100)
    np.copyto(made, short, where=np.abs(numbers - made) > dust)
    np.copyto(made, most, where=np.abs(numbers - most) <= dust)
    largest = (size if beside is None else beside).max(axis=0, initial=0.0)
    # where none could be of use, it is all dust beside the others
    made[size <= ROUNDING * np.where(most > 0, np.minimum(most, largest), largest)] = 0.0
    # of -0 none is left either
    return np.asarray(made + 0.0)
