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


EQUAL = 1e-12
"""Share by which two units may differ in worth by rounding alone."""


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
    where they are worth most [1]_, and no unit is worth more anywhere else. It is begun a little below the best plan in
    parts; where floors take more in whole units, what that leaves too much is taken away and exchanged.
    """
    low, high = units_for(problem, floor_persons(problem)), units_for(problem, top)
    served = np.minimum(top, persons_with(problem, np.zeros_like(problem.existing)))
    for kind, stock in enumerate(problem.stock.tolist()):
        rows = np.flatnonzero(problem.requirement[:, kind] > 0)
        of = _Rows(rows, top[rows], problem.existing[rows, kind], problem.requirement[rows, kind], worths)
        least, most = low[rows, kind], high[rows, kind]
        begun = np.clip(np.floor(ideal[rows] * of.use - of.there) - BELOW, least, most)
        limit = np.floor(stock * (1 + EXACT))
        fewer = _taken(of, begun, least, begun.sum() - limit, rank[rows])
        units = _exchanged(of, _added(of, fewer, most, limit - fewer.sum(), rank[rows]), least, most, rank[rows])
        served[rows] = of.persons(units[:, None])[:, 0]
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
        # before the first there is none, and no later one is worth less for that
        gains = np.where(units[:, 1:] >= 1, gains, np.inf)
        # by rounding alone a later one may seem to be worth more
        return np.asarray(np.minimum.accumulate(gains, axis=1))


def _exchanged(of: _Rows, begun: Array, least: Array, most: Array, rank: Integers) -> Array:
    """Return the units after those that are worth more elsewhere went there."""
    units = begun
    while units.size:
        loss, gain = of.gains(units[:, None] + np.array([-1, 0, 1])).T
        givers, takers = np.flatnonzero(units > least), np.flatnonzero(units < most)
        givers = givers[np.lexsort((-rank[givers], loss[givers]))]
        takers = takers[np.lexsort((rank[takers], -gain[takers]))]
        pairs = min(givers.size, takers.size)
        better = gain[takers[:pairs]] > loss[givers[:pairs]] * (1 + EQUAL)
        if not better.any():
            break
        count = pairs if better.all() else int(better.argmin())
        units = units + np.bincount(takers[:count], minlength=units.size)
        units = units - np.bincount(givers[:count], minlength=units.size)
    return units


def _taken(of: _Rows, begun: Array, least: Array, over: float, rank: Integers) -> Array:
    """Return the units without as many as there are too many, each taken where it is worth least."""
    units = begun
    while over >= 1 and units.size:
        losses = of.gains(units[:, None] - np.arange(TRIED, -1, -1))[:, ::-1]
        row, place = np.nonzero(units[:, None] - np.arange(TRIED) > least[:, None])
        order = np.lexsort((-rank[row], losses[row, place]))[: int(over)]
        lost = np.bincount(row[order], minlength=units.size)
        units, over = units - lost, over - order.size
        if lost.max(initial=0) < TRIED:
            break
    return units


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
