"""Prices of the limits at which every region chooses its own step, and what no plan can be worth at any prices.

References
----------
.. [1] A. Geoffrion, Lagrangean relaxation for integer programming, 1974.
.. [2] J. E. Kelley, The cutting-plane method for solving convex programs, 1960.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from medalloc.allocation.highs import new_solver
from medalloc.allocation.problem import Array
from medalloc.allocation.whole.steps import Integers, Steps

ROUNDS = 80
"""Prices that are tried at most."""

CLOSE = 1e-10
"""Share of what is at stake that better prices may still lower the bound by."""


@dataclass(frozen=True, eq=False)
class Priced:
    """What was found by prices."""

    price: Array
    """Of every limit, shape (n_limits,)."""

    bound: float
    """What no choice of the steps can be worth."""


def priced(steps: Steps, worth: Array) -> Priced:
    """Return the prices at which what regions choose bounds all plans best.

    Parameters
    ----------
    steps : Steps
        What each region may choose.
    worth : array of shape (n_steps,)
        What each step is worth; never falling within a region.

    Notes
    -----
    What no plan can exceed is a convex function of the prices, and every try tells a line below it: the next prices
    are where the highest of these lines are lowest, or half way there. A price takes no more than all there is to gain.
    """
    first = worth[steps.starts]
    gain, count = worth - first[steps.group], steps.room.size
    span = float(steps.best(gain).sum())
    base = float(first.sum())
    if span <= 0 or not count:
        return Priced(np.zeros(count), base + span)
    unit = span / steps.size
    lines = _Lines(count)
    now = best = np.zeros(count)
    bound = np.inf
    for turn in range(ROUNDS):
        profit = gain - steps.extra @ (now * unit)
        found = (float(steps.best(profit).sum()) + float((now * unit) @ steps.room)) / span
        at = steps.least(-profit)
        if found < bound:
            bound, best = found, now
        lines.add(now, found, steps.left(at) / steps.size)
        lowest, there = lines.lowest()
        if bound - lowest <= CLOSE:
            break
        now = (best + there) / 2 if turn % 2 and turn > count else there
    return Priced(best * unit, base + bound * span)


class _Lines:
    """Lines below a convex function of prices between 0 and 1, and where the highest of them are lowest."""

    def __init__(self, count: int) -> None:
        self.solver = new_solver(presolve="off")
        self.places = np.arange(count + 1, dtype=np.int32)
        self.solver.addVars(count + 1, np.append(np.zeros(count), 0.0), np.append(np.ones(count), np.inf))
        self.solver.changeColCost(count, 1.0)

    def add(self, price: Array, height: float, slope: Array) -> None:
        entries = np.append(-slope, 1.0)
        self.solver.addRow(height - float(slope @ price), highspy.kHighsInf, entries.size, self.places, entries)

    def lowest(self) -> tuple[float, Array]:
        self.solver.run()
        found = np.asarray(self.solver.getSolution().col_value)
        return float(found[-1]), found[:-1]


def chosen(steps: Steps, worth: Array, price: Array, wanted: Array) -> Integers:
    """Return the steps that are worth most at these prices; of equally good ones the nearest to those wanted."""
    gain = worth - worth[steps.starts][steps.group]
    profit = gain - steps.extra @ price
    best = steps.best(profit)[steps.group]
    equal = profit >= best - 1e-9 * np.maximum(1e-3 * steps.best(gain).max(initial=0.0), np.abs(best))
    return steps.least(np.where(equal, np.abs(steps.served - wanted[steps.group]), np.inf))
