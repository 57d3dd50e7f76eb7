"""Numbers so far apart that a solver loses the small ones beside the large: a plan all the same, or a sentence."""

from collections.abc import Iterator

import numpy as np

from medalloc.allocation.by_program import plan_by_thumb
from medalloc.allocation.plan import FAR_APART, Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.tidying import tidied
from medalloc.allocation.verifying import broken
from medalloc.errors import InfeasibleError, InputError
from medalloc.sentences import Sentence, sentence

FAR = 1e7
"""How many times the smallest the largest is from which a failure of the solver is told of the numbers, and below which
it is a bug."""


def widest(problem: Problem) -> tuple[str | Sentence, float, float]:
    """Return what lies furthest apart in a problem, its smallest number above 0 and its largest.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> name, low, high = widest(Problem(("Islet", "Metropolis"), [0.001, 9e6], (Resource("beds", 50, 0.01),)))
    >>> str(name), low, high
    ('beds', 1e-05, 90000.0)
    """
    return max(_ranges(problem), key=lambda each: each[2] / each[1])


def _ranges(problem: Problem) -> Iterator[tuple[str | Sentence, float, float]]:
    need = problem.requirement * problem.own_demand
    units = (need, problem.existing, problem.cap, problem.locked, np.broadcast_to(problem.stock, need.shape))
    for place, name in enumerate(problem.resource_names):
        yield name, *_ends(*(each[:, place] for each in units))
    yield sentence("people"), *_ends(problem.demand)
    budget = np.array([np.inf if problem.budget is None else problem.budget])
    yield sentence("money"), *_ends(need * problem.unit_cost, budget)
    yield sentence("space"), *_ends(need * problem.unit_space, problem.space)


def _ends(*numbers: Array) -> tuple[float, float]:
    every = np.concatenate([each.ravel() for each in numbers])
    every = every[np.isfinite(every) & (every > 0)]
    return (float(every.min()), float(every.max())) if every.size else (1.0, 1.0)


def plan_of_far_apart(problem: Problem) -> Plan | None:
    """Return the rule of thumb's plan where no solver is to be trusted; None where the numbers are no excuse.

    Raises
    ------
    InputError
        If the rule cannot keep the limits either.
    """
    name, low, high = widest(problem)
    if high < FAR * low:
        return None
    try:
        plan = tidied(plan_by_thumb(problem, FAR_APART))
    except InfeasibleError:
        plan = None
    if plan is None or broken(plan):
        raise InputError(
            sentence(
                "No plan can be found with numbers so far apart: of {name} the smallest is {low} and the largest "
                "{high}. Leave out regions with next to nothing, or correct what is not meant so.",
                name=name,
                low=float(f"{low:.3g}"),
                high=float(f"{high:.3g}"),
            )
        )
    return plan
