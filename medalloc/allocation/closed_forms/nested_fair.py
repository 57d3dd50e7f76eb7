"""The alpha-fair plan of a problem whose limits lie within limits, by water levels, with what no other can exceed."""

import math

import numpy as np

from medalloc.allocation.closed_forms.laminar import Array, Cells, Limits, rooms
from medalloc.allocation.closed_forms.laminar_fair import Fair, alpha_fair_in, worst_off_first_in
from medalloc.allocation.closed_forms.levels import NOTHING_SHORT, ONE_LEVEL
from medalloc.allocation.closed_forms.nested import nested_cells, served_in_all
from medalloc.allocation.closed_forms.worth import bettered, equal_worth
from medalloc.allocation.problem import Problem

TAME = (0.05, 50.0)
"""Alphas for which prices are floats."""

PROVED = 1e-11
"""Share of the value by which the bound may exceed it; beyond that, prices are searched for in logarithms."""

SPARE = 1e-12
"""Share of a limit below which what is left of it is rounding."""

LEVELS = "water levels"
"""The method where a stock and the budget, or several stocks, hold back."""


def fair_by_levels(problem: Problem, alpha: float, *, proved: bool = True) -> tuple[Array, float, float, str] | None:
    """Return persons served in the form that `units_for` takes, value, bound and method of a nested problem.

    None where floats do not reach: for alphas far from 1, or values that differ too much for a small one. Value and
    bound are 0 where they need not be proved.
    """
    if not TAME[0] <= alpha <= TAME[1]:
        return None
    cells, limits = nested_cells(problem)
    try:
        with np.errstate(over="raise", invalid="raise"):
            fair = alpha_fair_in(cells, limits, alpha)
            value, bound = _proof(cells, limits, alpha, fair) if proved else (0.0, 0.0)
    except (FloatingPointError, OverflowError, ValueError):
        return None
    if not bound - value <= PROVED * bound:
        return None
    short = int(np.isfinite(fair.level).sum())
    method = NOTHING_SHORT if not short else ONE_LEVEL if short == 1 else LEVELS
    return served_in_all(problem, cells, fair.amount), value, bound, method


def worst_off_first(problem: Problem) -> Array:
    """Return the persons served in the max-min plan of a nested problem, in the form that `units_for` takes."""
    cells, limits = nested_cells(problem)
    return served_in_all(problem, cells, worst_off_first_in(cells, limits))


def _proof(cells: Cells, limits: Limits, alpha: float, fair: Fair) -> tuple[float, float]:
    """Return what the amounts are worth, and the dual objective at the prices behind the levels in the same terms.

    At these prices every cell's amount is its best answer, so no plan is better than by the price of what is left.
    """
    room, money = rooms(cells, limits)
    affordable = money > SPARE * limits.budget if math.isfinite(limits.budget) else True
    open_stock = (room > SPARE * limits.stock) & ((limits.cost == 0) | affordable)
    highest = np.where(open_stock[:, None], np.maximum(cells.lower, cells.upper), cells.lower)
    most = cells.bottom + highest
    counted = (cells.value > 0) & (most > 0)
    if not counted.any():
        return 0.0, 0.0
    demand = cells.demand[counted]
    weight = cells.value[counted] * demand
    everyone = float(weight.sum())
    now = (cells.bottom + fair.amount)[counted] / demand
    worth = equal_worth(now, weight, alpha)
    if not np.isfinite(fair.level).any() or (now <= 0).any():
        return worth * everyone, max(worth, equal_worth(most[counted] / demand, weight, alpha)) * everyone
    whole = float((weight * now ** (1 - alpha)).sum())
    gain = fair.gap / whole
    if not math.isfinite(gain):
        return 0.0, math.inf
    return worth * everyone, bettered(worth, gain, alpha) * everyone
