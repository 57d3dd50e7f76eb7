"""Plans in closed form: a person takes a bundle of resources, or limits lie within limits."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms import rules
from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.closed_forms.bundle import everyone, persons_with, units_for
from medalloc.allocation.closed_forms.cells import as_cells
from medalloc.allocation.closed_forms.max_min import METHOD, max_min
from medalloc.allocation.closed_forms.most_served import most_persons_served, most_served
from medalloc.allocation.closed_forms.nested import is_nested
from medalloc.allocation.closed_forms.nested_fair import worst_off_first
from medalloc.allocation.fitting.broken import largest_common
from medalloc.allocation.plan import Plan, Status, coverage_of
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import without_locks

ROUNDING = 1e-7
"""Share of a bound by which a plan may exceed it before that is a bug."""

PROVED = 1e-9
"""Largest gap of an alpha-fair plan that is called optimal."""


@dataclass(frozen=True)
class _Answer:
    """What a policy decides; the fields are those of a plan."""

    units: Array
    served: Array
    """Shape (n_regions,), or (n_regions, n_resources) where each has persons of its own."""

    status: Status
    method: str
    value: float
    bound: float
    """Of a rule infinite: then nothing but the most served bounds it."""


def is_in_cells(problem: Problem) -> bool:
    """Whether a problem has to be taken cell by cell (see `as_cells`), because it is not answered as it is."""
    return problem.demand_of is not None and not is_nested(problem)


def plan_in_closed_form(problem: Problem, _: float | None = None) -> Plan:
    """Return the plan of a feasible problem that is not to be taken cell by cell; it has locks under `today` only."""
    free = without_locks(problem)
    best = None if problem.aim.is_fair else most_served(free)
    if best is not None and problem.aim.serves_most:
        answer = _placed(problem, best.served, "optimal", best.method, best.value, best.bound)
        kinds = len(problem.resources)
        prices, budget_price = best.price[:kinds], None if problem.budget is None else float(best.price[kinds])
    else:
        answer = _decided(problem)
        prices, budget_price = _one_more_unit(problem, answer)
    bound = answer.bound if best is None else best.bound
    own = answer.served if problem.demand_of is not None else None
    return Plan(
        problem=problem,
        units=answer.units,
        served=answer.served if own is None else own.sum(axis=1),
        served_of=own,
        status=answer.status,
        method=answer.method,
        value=answer.value,
        bound=_checked(bound, answer.value),
        shadow_price=prices,
        budget_price=budget_price,
        shadow_price_kind="dual" if problem.aim.serves_most else "one more unit",
        most_served=most_persons_served(free, best),
        seconds=0.0,
    )


def counted_in_closed_form(problem: Problem) -> float:
    """Return how many the plan of a feasible problem serves, each counted with the value of the region."""
    asked = _free(problem)
    return _counted(asked, _served(asked))


def _free(problem: Problem) -> Problem:
    asked = as_cells(problem) if is_in_cells(problem) else problem
    return without_locks(asked) if asked.aim.places else asked


def _one_more_unit(problem: Problem, answer: _Answer) -> tuple[Array, float | None]:
    before, binds = _counted(problem, answer.served), _may_bind(problem, answer)
    gains = np.zeros(len(problem.resources))
    for place in np.flatnonzero(binds[: gains.size]).tolist():
        one = problem.resources[place]
        more = (*problem.resources[:place], replace(one, stock=one.stock + 1.0), *problem.resources[place + 1 :])
        gains[place] = _gain(problem.derived(resources=more), before)
    if problem.budget is None:
        return gains, None
    return gains, _gain(problem.derived(budget=problem.budget + 1.0), before) if binds[-1] else 0.0


def _gain(problem: Problem, before: float) -> float:
    return _counted(problem, _served(problem)) - before


def _may_bind(problem: Problem, answer: _Answer) -> NDArray[np.bool_]:
    """Return which limits one more unit could change the plan at, stocks, then the budget if there is one."""
    limits, taken = problem.stock, answer.units.sum(axis=0)
    if problem.budget is not None:
        limits = np.append(limits, problem.budget)
        taken = np.append(taken, (answer.units * problem.unit_cost).sum())
    if not problem.aim.places:
        return np.zeros(limits.size, dtype=np.bool_)
    # A best plan that leaves some of a limit stays the best when there is more of it.
    return np.asarray((taken >= limits * (1 - ROUNDING)) | (not problem.aim.is_fair))


def _counted(problem: Problem, served: Array) -> float:
    return float(problem.value @ (served if served.ndim == 1 else served.sum(axis=1)))


def _served(problem: Problem) -> Array:
    """Return whom the policy of a feasible problem serves, without any proof."""
    aim = problem.aim
    if aim.rule is not None:
        return rules.shares(problem, aim.rule).served
    if aim.alpha is None:
        return persons_with(problem, np.zeros_like(problem.existing))
    if aim.serves_most:
        return most_served(problem).served
    if aim.alpha < np.inf:
        return alpha_fair(problem, aim.alpha, proved=False).served
    return worst_off_first(problem) if is_nested(problem) else max_min(problem).served


def _decided(problem: Problem) -> _Answer:
    """Return what another policy than most served decides for a feasible problem."""
    aim = problem.aim
    if aim.alpha == np.inf:
        return _worst_off_first(problem)
    if aim.alpha:
        fair = alpha_fair(problem, aim.alpha)
        proved: Status = "optimal" if fair.bound - fair.value <= PROVED * fair.bound else "best found"
        return _placed(problem, fair.served, proved, fair.method, fair.value, fair.bound)
    if aim.rule is not None:
        share = rules.shares(problem, aim.rule)
        # What serves nobody, because another resource is short, stays in stock.
        units = np.minimum(share.units, units_for(problem, share.served))
        return _Answer(units, share.served, "rule", rules.METHOD, _counted(problem, share.served), np.inf)
    served = _served(problem)
    nothing = np.zeros_like(problem.existing)
    return _Answer(nothing, served, "rule", "nothing placed", _counted(problem, served), np.inf)


def _placed(problem: Problem, served: Array, status: Status, method: str, value: float, bound: float) -> _Answer:
    return _Answer(units_for(problem, served), served, status, method, value, bound)


def _worst_off_first(problem: Problem) -> _Answer:
    """Return the max-min plan; its bound is the largest common floor that fits, which is found without it."""
    served, demand = _served(problem), everyone(problem)
    lowest = float(coverage_of(served, demand).min(initial=1.0))
    highest = max(problem.common_floor, largest_common(problem))
    persons = float(demand.sum())
    return _placed(problem, served, "optimal", METHOD, lowest * persons, highest * persons)


def _checked(bound: float, value: float) -> float:
    """Return the bound, which a plan above it would disprove."""
    if value > bound * (1 + ROUNDING) + ROUNDING:
        raise RuntimeError(f"A plan worth {value} exceeds its own bound {bound}.")
    return bound
