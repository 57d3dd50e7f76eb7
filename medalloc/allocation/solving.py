"""From a problem to its plan: the one place that decides which method answers which policy."""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.by_program import counted_by_program, plan_by_program
from medalloc.allocation.closed_forms import rules
from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.closed_forms.bundle import persons_with, units_for
from medalloc.allocation.closed_forms.cells import as_cells, of_regions
from medalloc.allocation.closed_forms.max_min import METHOD, limit_rows, max_min
from medalloc.allocation.closed_forms.most_served import MostServed, most_served
from medalloc.allocation.explaining.conflicts import largest_floor, require_feasible
from medalloc.allocation.plan import Plan, Status
from medalloc.allocation.policy import ALPHA, RULES
from medalloc.allocation.problem import Array, Problem, Resource
from medalloc.allocation.problem.locks import locked_units, without_locks
from medalloc.allocation.program.needed import needs_program

ROUNDING = 1e-7
"""Share of a bound by which a plan may exceed it before that is a bug."""

FAIR = (ALPHA, "max-min")
"""Policies with one best plan."""

PROVED = 1e-9
"""Largest gap of an alpha-fair plan that is called optimal."""


@dataclass(frozen=True)
class _Answer:
    """What a policy decides; the fields are those of a plan."""

    units: Array
    served: Array
    status: Status
    method: str
    value: float
    bound: float | None
    """None for a rule: then nothing but the most served bounds it."""


def solve(problem: Problem, *, time_limit: float | None = None) -> Plan:
    """Return the plan of a problem under its policy.

    Parameters
    ----------
    problem : Problem
        What is asked.
    time_limit : float, optional
        Seconds after which the best plan found so far is given with its gap, where a solver is asked that can be
        stopped (see `program.answer.answer`). [s]

    Raises
    ------
    InfeasibleError
        With every limit that the floors break.
    InputError
        If not even one plan was found in time.
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
    if needs_program(problem):
        return plan_by_program(problem, time_limit=time_limit)
    if problem.demand_of is not None:
        return of_regions(solve(as_cells(problem)), problem)
    if problem.aim.name != "today" and not np.isnan(problem.locked).all():
        plan = solve(without_locks(problem))
        return replace(plan, problem=problem, units=plan.units + locked_units(problem))
    best = most_served(without_locks(problem))
    answer = _of_most_served(problem, best) if _is_most_served(problem) else _answer(problem)
    if _is_most_served(problem):
        kinds = len(problem.resources)
        prices, budget_price = best.price[:kinds], None if problem.budget is None else float(best.price[kinds])
    else:
        prices, budget_price = one_more_unit(problem)
    return Plan(
        problem=problem,
        units=answer.units,
        served=answer.served,
        status=answer.status,
        method=answer.method,
        value=answer.value,
        bound=_checked(best.bound if answer.bound is None else answer.bound, answer.value),
        shadow_price=prices,
        budget_price=budget_price,
        shadow_price_kind="dual" if _is_most_served(problem) else "one more unit",
        most_served=_most_persons(without_locks(problem), best),
        seconds=perf_counter() - begun,
    )


def cost_of_locks(plan: Plan) -> float:
    """Return how many fewer persons a plan serves than the same problem's would without its locks. [persons/period].

    Below 0 if the locks make the policy serve more, which any policy but most served allows.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> asked = Problem(("A", "B"), [30, 10], (Resource("beds", stock=20),), locked=[[float("nan")], [15]])
    >>> cost_of_locks(solve(asked))
    5.0
    """
    if np.isnan(plan.problem.locked).all():
        return 0.0
    free = solve(replace(plan.problem, locked=np.full_like(plan.problem.locked, np.nan)))
    return float(free.served.sum() - plan.served.sum())


def one_more_unit(problem: Problem) -> tuple[Array, float | None]:
    """Return how many more are served when the problem is answered again with one more unit of one limit.

    Persons are counted with the value of their region, whatever the policy. Policies that care who is served can serve
    fewer with more.

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
    problem = without_locks(as_cells(problem))
    before, binds = counted_served(problem), _may_bind(problem)
    gains = np.zeros(len(problem.resources))
    for place in np.flatnonzero(binds[: gains.size]).tolist():
        gains[place] = counted_served(replace(problem, resources=_with_one_more(problem, place))) - before
    if problem.budget is None:
        return gains, None
    return gains, counted_served(replace(problem, budget=problem.budget + 1.0)) - before if binds[-1] else 0.0


def _is_most_served(problem: Problem) -> bool:
    return problem.aim.name == "most-served"


def _of_most_served(problem: Problem, best: MostServed) -> _Answer:
    return _placed(problem, best.served, "optimal", best.method, best.value, best.bound)


def _answer(problem: Problem) -> _Answer:
    """Return what any other policy than most served decides for a feasible problem."""
    aim = problem.aim
    if aim.alpha is not None:
        fair = alpha_fair(problem, aim.alpha)
        proved: Status = "optimal" if fair.bound - fair.value <= PROVED * fair.bound else "best found"
        return _placed(problem, fair.served, proved, fair.method, fair.value, fair.bound)
    if aim.name == "max-min":
        return _worst_off_first(problem)
    if aim.name in RULES:
        share = rules.shares(problem)
        # What serves nobody, because another resource is short, stays in stock.
        units = np.minimum(share.units, units_for(problem, share.served))
        value = float(problem.value @ share.served)
        return _Answer(units, share.served, "rule", rules.METHOD, value, None)
    served = persons_with(problem, np.zeros_like(problem.existing))
    value = float(problem.value @ served)
    return _Answer(np.zeros_like(problem.existing), served, "rule", "nothing placed", value, None)


def _placed(problem: Problem, served: Array, status: Status, method: str, value: float, bound: float) -> _Answer:
    return _Answer(units_for(problem, served), served, status, method, value, bound)


def _worst_off_first(problem: Problem) -> _Answer:
    """Return the max-min plan; its bound is the largest common floor that fits, which is found without it."""
    served = max_min(problem).served
    needed = problem.demand > 0
    lowest = float((served[needed] / problem.demand[needed]).min(initial=1.0))
    highest = max(problem.common_floor, largest_floor(problem))
    everyone = float(problem.demand.sum())
    return _placed(problem, served, "optimal", METHOD, lowest * everyone, highest * everyone)


def _most_persons(problem: Problem, best: MostServed) -> float:
    """Return the most persons that can be served when everyone counts the same."""
    if np.ptp(problem.value) == 0 and problem.value[0] > 0:
        return float(best.served.sum())
    return most_served(replace(problem, value=np.ones_like(problem.value))).value


def counted_served(problem: Problem) -> float:
    """Return how many a problem's plan serves, each counted with the value of the region, without any proof.

    Raises
    ------
    InfeasibleError
        With every limit that the floors or the locks break.
    """
    require_feasible(problem)
    if needs_program(problem):
        return counted_by_program(problem)
    problem = as_cells(problem)
    if problem.aim.name != "today":
        problem = without_locks(problem)
    if _is_most_served(problem):
        return most_served(problem).value
    return float(problem.value @ _answer(problem).served)


def _may_bind(problem: Problem) -> NDArray[np.bool_]:
    """Return which limits one more unit could change the plan at, stocks, then the budget if there is one."""
    limits, weights = limit_rows(problem)
    if problem.aim.name == "today":
        return np.zeros(limits.size, dtype=np.bool_)
    if problem.aim.name not in FAIR:
        return np.ones(limits.size, dtype=np.bool_)
    # A best plan that leaves some of a limit stays the best when there is more of it.
    return np.asarray((weights * _answer(problem).units).sum(axis=(1, 2)) >= limits * (1 - ROUNDING))


def _with_one_more(problem: Problem, place: int) -> tuple[Resource, ...]:
    more = list(problem.resources)
    more[place] = replace(more[place], stock=more[place].stock + 1.0)
    return tuple(more)


def _checked(bound: float, value: float) -> float:
    """Return the bound, which a plan above it would disprove."""
    if value > bound * (1 + ROUNDING) + ROUNDING:
        raise RuntimeError(f"A plan worth {value} exceeds its own bound {bound}.")
    return bound
