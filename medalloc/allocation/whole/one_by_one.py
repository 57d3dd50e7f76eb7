"""Whole units where every region uses one resource and nothing but its stock is shared: the best place for each unit.

References
----------
.. [1] B. Fox, Discrete optimization via marginal analysis, Management Science 13, 1966.
"""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.closed_forms.bundle import floor_persons, persons_with, units_for
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.whole.steps import EXACT, Integers
from medalloc.allocation.whole.worths import Worths

BELOW, TRIED = 2, 6
"""Units below the best plan in parts from which units are added, and how many a region may get in one round."""


def shares_stock_alone(problem: Problem) -> bool:
    """Whether everything comes whole, every region uses one resource at most, and no budget is shared."""
    uses = (problem.requirement > 0).sum(axis=1)
    return problem.budget is None and bool(problem.whole.all()) and bool((uses <= 1).all())


def placed_one_by_one(problem: Problem, ideal: Array, top: Array, worths: Worths, rank: Integers) -> Array:
    """Return the persons served when every unit goes where it is worth most, shape (n_regions,).

    Parameters
    ----------
    problem : Problem
        Feasible, and one that `shares_stock_alone`.
    ideal : array of shape (n_regions,)
        Whom the best plan in parts serves. [persons]
    top : array of shape (n_regions,)
        Whom demand, caps and space let a region serve. [persons]
    worths : Worths
        Of which a further unit never adds more than the one before.
    rank : array of shape (n_regions,)
        Who comes first of those who gain equally much.

    Notes
    -----
    As no further unit is worth more than the one before, the best plan is the one to which units are added one by one
    where they are worth most [1]_. All that lie below the best plan in parts are in it: it is begun a little below.
    """
    low, high = units_for(problem, floor_persons(problem)), units_for(problem, top)
    served = np.minimum(top, persons_with(problem, np.zeros_like(problem.existing)))
    for kind, stock in enumerate(problem.stock.tolist()):
        rows = np.flatnonzero(problem.requirement[:, kind] > 0)
        of = _Rows(rows, top[rows], problem.existing[rows, kind], problem.requirement[rows, kind], worths)
        least, most = low[rows, kind], high[rows, kind]
        begun = np.clip(np.floor(ideal[rows] * of.use - of.there) - BELOW, least, most)
        left = stock * (1 + EXACT) - begun.sum()
        served[rows] = of.persons(_added(of, begun, most, left, rank[rows])[:, None])[:, 0]
    return served


@dataclass(frozen=True, eq=False)
class _Rows:
    """Regions that use the same resource."""

    rows: Integers
    top: Array
    there: Array
    use: Array
    worths: Worths

    def persons(self, units: Array) -> Array:
        """Return whom these units serve, shape (n_rows, n)."""
        return np.asarray(np.minimum(self.top[:, None], (self.there[:, None] + units) / self.use[:, None]))

    def gains(self, units: Array) -> Array:
        """Return what each unit is worth when it follows the one before, shape (n_rows, n - 1)."""
        served = self.persons(units)
        gains = self.worths.gain(self.rows[:, None], served[:, :-1], served[:, 1:])
        # by rounding alone a later one may seem to be worth more
        return np.asarray(np.minimum.accumulate(gains, axis=1))


def _added(of: _Rows, begun: Array, most: Array, left: float, rank: Integers) -> Array:
    """Return the units when as many as are left are added to these, each where it is worth most."""
    units = begun
    while left >= 1 and units.size:
        gains = of.gains(units[:, None] + np.arange(TRIED + 1))
        gains[units[:, None] + np.arange(1, TRIED + 1) > most[:, None]] = 0.0
        row, _place = np.nonzero(gains > 0)
        order = np.lexsort((rank[row], -gains[gains > 0]))[: int(min(left, row.size))]
        got = np.bincount(row[order], minlength=units.size)
        units, left = units + got, left - order.size
        # one that got all it was offered may be worth more
        if got.max(initial=0) < TRIED:
            break
    return units
