"""From a problem to its plan: the one door, behind which each method says itself what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from medalloc.allocation.by_closed_form import counted_in_closed_form, is_in_cells, plan_in_closed_form
from medalloc.allocation.by_program import counted_by_program, plan_by_program
from medalloc.allocation.by_whole_units import is_in_whole_units, plan_in_whole_units
from medalloc.allocation.closed_forms.cells import as_cells, of_regions
from medalloc.allocation.closed_forms.simplex import SolverError
from medalloc.allocation.far_apart import plan_of_far_apart
from medalloc.allocation.fitting.conflicts import require_feasible
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.problem.locks import locked_units, without_locks
from medalloc.allocation.program.effort import Effort, working
from medalloc.allocation.program.found import NoPlanError
from medalloc.allocation.program.going_on import going_on
from medalloc.allocation.program.needed import has_choices
from medalloc.allocation.tidying import tidied
from medalloc.allocation.verifying import verified


@dataclass(frozen=True)
class Method:
    """A way to a plan."""

    answers: Callable[[Problem], bool]
    """Whether it answers a feasible problem that no method before it does."""

    plan: Callable[[Problem, float | None], Plan]
    """From a problem it answers and the seconds there are, if they are limited, to the plan."""


def solve(problem: Problem, *, time_limit: float | None = None, effort: Effort | None = None) -> Plan:
    """Return the plan of a problem under its policy.

    Parameters
    ----------
    problem : Problem
        What is asked.
    time_limit : float, optional
        Seconds after which the best plan found so far is given with its gap, where a solver is asked that can be
        stopped. When left out its work is limited, so that the same problem has the same plan on any machine. [s]
    effort : Effort, optional
        Told how far the solver is, and asked whether to stop with the best plan so far.

    Raises
    ------
    InfeasibleError
        With every limit that the floors break.
    InputError
        If not even one plan was found in time.
    SolverError
        If the solver fails where an optimum exists, and no number is lost beside another: a bug.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),)))
    >>> plan.served.tolist(), plan.shadow_price.tolist(), plan.gap
    ([15.0, 5.0], [1.0], 0.0)
    """
    begun = perf_counter()
    with working(effort), going_on():
        try:
            require_feasible(problem)
            plan = verified(tidied(_planned(problem, time_limit)))
        except (SolverError, NoPlanError):
            thumb = plan_of_far_apart(problem)
            if thumb is None:
                raise
            plan = thumb
    return replace(plan, seconds=perf_counter() - begun)


def _planned(problem: Problem, time_limit: float | None = None) -> Plan:
    return next(method for method in METHODS if method.answers(problem)).plan(problem, time_limit)


def _is_partly_settled(problem: Problem) -> bool:
    return problem.is_locked and problem.aim.places


def _is_in_whole_cells(problem: Problem) -> bool:
    return problem.demand_of is not None and is_in_whole_units(problem)


def _around_locks(problem: Problem, time_limit: float | None) -> Plan:
    plan = _planned(without_locks(problem), time_limit)
    return replace(plan, problem=problem, units=plan.units + locked_units(problem))


def _in_cells(problem: Problem, time_limit: float | None) -> Plan:
    return of_regions(_planned(as_cells(problem), time_limit), problem)


METHODS = (
    Method(has_choices, plan_by_program),
    Method(_is_partly_settled, _around_locks),
    Method(lambda problem: is_in_cells(problem) or _is_in_whole_cells(problem), _in_cells),
    Method(is_in_whole_units, plan_in_whole_units),
    Method(lambda _: True, plan_in_closed_form),
)
"""The first that answers a problem is taken."""


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
    if not plan.problem.is_locked:
        return 0.0
    free = solve(plan.problem.derived(locked=np.full_like(plan.problem.locked, np.nan)))
    return float(free.served.sum() - plan.served.sum())


def counted_served(problem: Problem) -> float:
    """Return how many a problem's plan serves, each counted with the value of the region, without any proof.

    Raises
    ------
    InfeasibleError
        With every limit that the floors or the locks break.
    """
    with going_on():
        require_feasible(problem)
        try:
            if has_choices(problem):
                return counted_by_program(problem)
            return _counted(_planned(problem)) if problem.whole.any() else counted_in_closed_form(problem)
        except (SolverError, NoPlanError):
            thumb = plan_of_far_apart(problem)
            if thumb is None:
                raise
            return _counted(thumb)


def _counted(plan: Plan) -> float:
    return float(plan.problem.value @ plan.served)
