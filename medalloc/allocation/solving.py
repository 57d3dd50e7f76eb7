"""From a problem to its plan: the one place that decides which method answers which policy."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from medalloc.allocation import rules
from medalloc.allocation.bundle import units_for
from medalloc.allocation.conflicts import require_feasible
from medalloc.allocation.most_served import MostServed, most_served
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem, Resource

ROUNDING = 1e-7


def solve(problem: Problem) -> Plan:
    """Return the plan of a problem under its policy.

    Raises
    ------
    InfeasibleError
        With every limit that the floors break.
    SolverError
        If the solver fails where an optimum exists: a bug.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),)))
    >>> plan.served.tolist(), plan.shadow_price.tolist(), plan.gap
    ([15.0, 5.0], [1.0], 0.0)
    """
    begun = perf_counter()
    require_feasible(problem)
    best = most_served(problem)
    persons = _most_persons(problem, best)
    if problem.policy == "most-served":
        return _optimal(problem, best, persons, begun)
    return _by_rule(problem, best.bound, persons, begun)


def one_more_unit(problem: Problem) -> tuple[Array, float | None]:
    """Return the exact gain in value when the problem is answered again with one more unit of one limit.

    Returns
    -------
    array of shape (n_resources,)
        By resource. [persons/unit]
    float or None
        By money; None without a budget. [persons/money]

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> one_more_unit(Problem(("North", "South"), [30, 10], (Resource("beds", stock=39.5),)))[0].tolist()
    [0.5]
    """
    before = _value(problem)
    gains = [
        _value(replace(problem, resources=_with_one_more(problem, place))) - before
        for place in range(len(problem.resources))
    ]
    if problem.budget is None:
        return np.array(gains), None
    return np.array(gains), _value(replace(problem, budget=problem.budget + 1.0)) - before


def _optimal(problem: Problem, best: MostServed, persons: float, begun: float) -> Plan:
    kinds = len(problem.resources)
    return Plan(
        problem=problem,
        units=units_for(problem, best.served),
        served=best.served,
        status="optimal",
        method=best.method,
        value=best.value,
        bound=_checked(best.bound, best.value),
        shadow_price=best.price[:kinds],
        budget_price=None if problem.budget is None else float(best.price[kinds]),
        shadow_price_kind="dual",
        most_served=persons,
        seconds=perf_counter() - begun,
    )


def _by_rule(problem: Problem, bound: float, persons: float, begun: float) -> Plan:
    share = rules.shares(problem)
    prices, budget_price = one_more_unit(problem)
    value = float(problem.value @ share.served)
    return Plan(
        problem=problem,
        # What serves nobody, because another resource is short, stays in stock.
        units=np.minimum(share.units, units_for(problem, share.served)),
        served=share.served,
        status="rule",
        method=rules.METHOD,
        value=value,
        bound=_checked(bound, value),
        shadow_price=prices,
        budget_price=budget_price,
        shadow_price_kind="one more unit",
        most_served=persons,
        seconds=perf_counter() - begun,
    )


def _most_persons(problem: Problem, best: MostServed) -> float:
    """Return the most persons that can be served when everyone counts the same."""
    if np.ptp(problem.value) == 0 and problem.value[0] > 0:
        return float(best.served.sum())
    return most_served(replace(problem, value=np.ones_like(problem.value))).value


def _value(problem: Problem) -> float:
    """Return the value of a feasible problem's plan, without its proof."""
    if problem.policy == "most-served":
        return most_served(problem).value
    return float(problem.value @ rules.shares(problem).served)


def _with_one_more(problem: Problem, place: int) -> tuple[Resource, ...]:
    more = list(problem.resources)
    more[place] = replace(more[place], stock=more[place].stock + 1.0)
    return tuple(more)


def _checked(bound: float, value: float) -> float:
    """Return the bound, which a plan above it would disprove."""
    if value > bound * (1 + ROUNDING) + ROUNDING:
        raise RuntimeError(f"A plan worth {value} exceeds its own bound {bound}.")
    return bound
