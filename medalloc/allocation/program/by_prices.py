"""Programs of very many regions: at given prices of what they share every region decides for itself, but for a few."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medalloc.allocation.problem import Array
from medalloc.allocation.program.found import Found, NoPlanError, OutOfTimeError, bound_by_prices
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Ends, Model
from medalloc.allocation.program.persons import Integers

MANY = 6_000
"""Regions from which prices are looked for in a part of them first."""

STRIDE = 10
"""One region in so many makes the part whose prices the search starts from."""

DOUBT = (0.03, 0.1, 0.3)
"""Shares by which prices are varied to see which regions would then decide otherwise, one attempt after the other."""

CLOSE = 1e-9
"""Gap at which the point is the best one."""


def best_by_prices(model: Model, goal: Array, *, until: float = math.inf) -> Found | None:
    """Return the best point of a program in parts of units; None where this way does not lead there.

    Parameters
    ----------
    model : Model
        Of thousands of regions.
    goal : array of shape (n_columns,)
        What one of each column counts for.
    until : float
        Reading of the clock at which it ends in any case.

    Raises
    ------
    OutOfTimeError
        If the time or the work is up before there is any point.

    Notes
    -----
    The prices of stocks, of the budget and of what moves, found for one region in ten, are charged to all regions,
    which makes a program without any row that they share. Whoever would decide otherwise at slightly other prices
    is left to a program of those alone, within what the others leave. Its prices are held against all regions: they
    bound every other point, however they were found.

    References
    ----------
    .. [1] G. Dantzig, P. Wolfe, Decomposition principle for linear programs, 1960.
    """
    parts = _Parts(model)
    try:
        price = parts.sampled(goal, until)
    except NoPlanError:
        return None
    best: Found | None = None
    for doubt in DOUBT:
        try:
            made = parts.completed(goal, price, doubt, until)
        except OutOfTimeError:
            if best is None:
                raise
            break
        if made is None:
            continue
        found, price = made
        bound = found.bound if best is None else min(found.bound, best.bound)
        best = replace(found if best is None or found.value > best.value else best, bound=bound)
        if bound - best.value <= CLOSE * abs(bound):
            break
    return best


class _Parts:
    """A program taken apart: the rows that all regions share, and those of each."""

    def __init__(self, model: Model) -> None:
        self.model, self.matrix = model, csr_array(model.matrix)
        self.column, self.row = _regions_of(model, self.matrix)
        self.shared = np.flatnonzero(self.row < 0)
        self.blocks = Live(self._part(self.row >= 0, np.ones(self.column.size, dtype=np.bool_)))

    def _part(self, rows: NDArray[np.bool_], columns: NDArray[np.bool_], taken: Array | None = None) -> Model:
        """Return these rows and columns, what others have taken being gone from the rows."""
        ends, matrix = self.model.ends, self.matrix[np.flatnonzero(rows)]
        gone = 0.0 if taken is None else matrix @ np.where(columns, 0.0, taken)
        return replace(
            self.model,
            matrix=csr_array(matrix[:, np.flatnonzero(columns)]).tocsc(),
            ends=Ends(
                ends.column_lower[columns],
                ends.column_upper[columns],
                ends.row_lower[rows] - gone,
                ends.row_upper[rows] - gone,
            ),
            whole=np.zeros(int(columns.sum()), dtype=np.bool_),
        )

    def sampled(self, goal: Array, until: float) -> Array:
        """Return the prices of the shared rows in a part of the regions with its share of what there is."""
        layout, persons = self.model.layout, self.model.persons
        stride = max(STRIDE, layout.regions // (MANY // 2))
        chosen = np.arange(layout.regions) % stride == 0
        rows, columns = (self.row < 0) | chosen[np.maximum(self.row, 0)], chosen[self.column]
        share = float(persons.demand[chosen[persons.region]].sum() / max(persons.demand.sum(), 1e-300))
        part = self._part(rows, columns)
        for end in (part.ends.row_lower, part.ends.row_upper):
            end[self.row[rows] < 0] *= share
        found = Live(part).run(goal[columns], until=until)
        return np.asarray(found.price[self.row[rows] < 0])

    def decided(self, goal: Array, price: Array, until: float) -> Found:
        """Return what every region takes when it pays these prices for what all share."""
        return self.blocks.run(goal - price @ self.matrix[self.shared], until=until)

    def completed(self, goal: Array, price: Array, doubt: float, until: float) -> tuple[Found, Array] | None:
        """Return the point with those left to decide together who are in doubt, and the prices they come to."""
        decided = self.decided(goal, price, until).amounts
        free = np.zeros(self.model.layout.regions, dtype=np.bool_)
        for factor in (1 + doubt, 1 - doubt):
            other = self.decided(goal, price * factor, until).amounts
            free[self.column[np.abs(other - decided) > 1e-9 * self.model.sizes]] = True
        rows, columns = (self.row < 0) | free[np.maximum(self.row, 0)], free[self.column]
        try:
            found = Live(self._part(rows, columns, decided)).run(goal[columns], until=until)
        except NoPlanError:
            return None
        amounts = decided.copy()
        amounts[columns] = found.amounts
        price = found.price[self.row[rows] < 0]
        every = np.zeros(self.row.size)
        every[self.shared], every[self.row >= 0] = price, self.decided(goal, price, until).price
        value = float(goal @ amounts)
        return Found(amounts, value, max(value, bound_by_prices(self.model, goal, every)), every), price


def _regions_of(model: Model, matrix: csr_array) -> tuple[Integers, Integers]:
    """Return the region of every column, and of every row, -1 where all share it."""
    layout, regions = model.layout, np.arange(model.layout.regions)
    column, row = np.zeros(layout.columns, dtype=np.int64), np.full(matrix.shape[0], -1)
    column[layout.served] = model.persons.region
    for block in (layout.new, layout.taken, layout.given, layout.helped):
        column[block] = regions[:, None]
    for name in ("bundle", "share", "space", "cap"):
        rows = model.rows[name]
        first = matrix.indptr[rows]
        filled = matrix.indptr[rows + 1] > first
        row[rows[filled]] = column[matrix.indices[first[filled]]]
    return column, row
