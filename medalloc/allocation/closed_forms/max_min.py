"""The plan that leaves the worst-off as well off as can be, then the next, and so on."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.closed_forms.bundle import most_persons, persons_by
from medalloc.allocation.closed_forms.pieces import start_of
from medalloc.allocation.closed_forms.water import at_level, water_level
from medalloc.allocation.problem import Array, Problem

METHOD = "water level with freezing"


@dataclass(frozen=True)
class MaxMin:
    """Whom the worst-off-first plan serves, and what stopped the water."""

    served: Array
    """Shape (n_regions,). [persons]"""

    exhausted: tuple[int, ...]
    """Places of the limits that held somebody back: stocks, then the budget if there is one."""


def max_min(problem: Problem) -> MaxMin:
    """Return the lexicographic max-min plan of a feasible problem.

    Nobody's coverage in it can be raised but by lowering that of a region that has no more.

    Notes
    -----
    One level of coverage rises for all, from what floors and existing units give. Where a limit is used up, it freezes
    whoever needs more of it for the next person; who still has existing units of it rises on until those end. A
    region at its cap or at full coverage stays there. What a limit feeds is then never changed again, so every frozen
    region has a limit that only regions with no more coverage, or none that could give any back, share with it: that
    is what max-min means. There are at most as many rounds as limits, and every level is exact.

    References
    ----------
    .. [1] D. Bertsekas, R. Gallager, Data Networks, 1992, section 6.5.2.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> max_min(Problem(("A", "B"), [30, 10], (Resource("beds", 20),), value=[1, 9])).served.tolist()
    [15.0, 5.0]
    """
    lower = start_of(problem).served
    upper = np.maximum(lower, most_persons(problem))
    limits, weights = limit_rows(problem)
    waiting, exhausted, level = list(range(limits.size)), [], 0.0
    while waiting:
        levels = [_level(problem, weights[row], float(limits[row]), lower, upper) for row in waiting]
        first = int(np.argmin(levels))
        if np.isinf(levels[first]):
            break
        # Rounding alone can make a later level lower than one that was reached.
        level, row = max(level, levels[first]), waiting.pop(first)
        reached = at_level(level, problem.demand, lower, upper)
        frozen = np.maximum(reached, np.minimum(upper, _without(problem, weights[row])))
        exhausted += [row] if (frozen < upper).any() else []
        upper = frozen
    return MaxMin(upper, tuple(sorted(exhausted)))


def limit_rows(problem: Problem) -> tuple[Array, Array]:
    """Return every limit, shape (n_limits,), and what a unit takes of it, (n_limits, n_regions, n_resources)."""
    kinds = len(problem.resources)
    weights = np.broadcast_to(np.eye(kinds)[:, None, :], (kinds, *problem.existing.shape))
    if problem.budget is None:
        return problem.stock, weights
    return np.append(problem.stock, problem.budget), np.concatenate([weights, problem.unit_cost[None]])


def _level(problem: Problem, weight: Array, limit: float, lower: Array, upper: Array) -> float:
    """Return the coverage to which all can rise together before a limit is used up."""
    counted = (weight > 0).any(axis=0)
    unit, there = ((weight * amounts)[:, counted] for amounts in (problem.requirement, problem.existing))
    least, most = (np.maximum(0.0, unit * ends[:, None] - there) for ends in (lower, upper))
    # The lower ends are known to fit; where they fill the limit exactly, rounding must not make it look otherwise.
    return water_level(unit * problem.demand[:, None], least, most, max(limit, float(least.sum())), offset=there)


def _without(problem: Problem, weight: Array) -> Array:
    """Return the persons every region can serve without any more of a limit, shape (n_regions,)."""
    return np.asarray(np.where(weight > 0, persons_by(problem, problem.existing), np.inf).min(axis=1))
