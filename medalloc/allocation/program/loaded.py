"""A program as HiGHS holds it: columns, rows and ends, in sizes of their own, which may change while it is loaded."""

from copy import deepcopy

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from medalloc.allocation.highs import new_solver
from medalloc.allocation.problem import Array
from medalloc.allocation.program.model import Model
from medalloc.allocation.program.persons import Integers

MIP_GAP = 1e-6
"""Gap at which a plan of whole units is good enough."""

SETTINGS = {
    # of the scaled program: by how much a row, and the worth of a column, may be missed
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_rel_gap": MIP_GAP,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
    # scaling leaves none so small but where numbers of one row lie that far apart
    "small_matrix_value": 1e-12,
}
"""What the general program asks of HiGHS."""


PRICED = 1e-9
"""Reduced cost above which a column, or a row, cannot be elsewhere at the best; of the scaled program."""


class Loaded:
    """A model in HiGHS. Not to be shared between threads or visitors.

    Columns are scaled by their sizes and rows by their largest coefficients, so that tolerances are shares.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.size = model.sizes
        scaled = csr_array(model.matrix * self.size)
        tallest = abs(scaled).max(axis=1).toarray().ravel() if scaled.shape[0] else np.zeros(0)
        self.row_size = np.where(tallest > 0, tallest, 1.0)
        self.matrix = csc_array((scaled.T / self.row_size).T)
        self.ends = deepcopy(model.ends)
        self.goal: Array | None = None
        self.solver = new_solver(**SETTINGS)
        self.solver.passModel(self._program())
        self.relaxed = False
        self._held = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)

    @property
    def is_whole(self) -> bool:
        """Whether some columns must be whole numbers."""
        return bool(self.model.whole.any()) and not self.relaxed

    def change_rows(self, rows: Integers, lower: Array, upper: Array) -> None:
        """Move the ends of some rows, scaled as the rows are."""
        if (at_once := getattr(self.solver, "changeRowsBounds", None)) is not None:
            at_once(rows.size, rows.astype(np.int32), lower, upper)
            return
        # one by one: the oldest HiGHS knows no other way
        for row, low, high in zip(rows.tolist(), lower.tolist(), upper.tolist(), strict=True):
            self.solver.changeRowBounds(row, low, high)

    def change_columns(self, columns: Integers, lower: Array, upper: Array) -> None:
        """Move the ends of some columns."""
        self.ends.column_lower[columns], self.ends.column_upper[columns] = lower, upper
        size, places = self.size[columns], columns.astype(np.int32)
        self.solver.changeColsBounds(places.size, places, lower / size, upper / size)

    def take(self, model: Model) -> None:
        """Go on with a model of the same rows and columns that has other ends."""
        then, self.model, self.ends = self.ends, model, deepcopy(model.ends)
        now = self.ends
        self._as_ends(
            np.flatnonzero((now.column_lower != then.column_lower) | (now.column_upper != then.column_upper)),
            np.flatnonzero((now.row_lower != then.row_lower) | (now.row_upper != then.row_upper)),
        )

    def hold(self) -> None:
        """Hold every column and row that has a price where it is: what is left is all that is worth as much."""
        found, ends = self.solver.getSolution(), self.ends
        columns = np.flatnonzero(np.abs(found.col_dual) > PRICED)
        size, at = self.size[columns], np.asarray(found.col_value)[columns]
        at = _nearest(ends.column_lower[columns] / size, ends.column_upper[columns] / size, at)
        self.solver.changeColsBounds(columns.size, columns.astype(np.int32), at, at)
        rows = np.flatnonzero(np.abs(found.row_dual) > PRICED)
        size, at = self.row_size[rows], np.asarray(found.row_value)[rows]
        at = _nearest(ends.row_lower[rows] / size, ends.row_upper[rows] / size, at)
        self.change_rows(rows, at, at)
        self._held = columns, rows

    def release(self) -> None:
        """Let go of what was held."""
        self._as_ends(*self._held)

    def _as_ends(self, columns: Integers, rows: Integers) -> None:
        """Move the ends of some columns and rows to where they are by the model."""
        ends = self.ends
        if columns.size:
            self.change_columns(columns, ends.column_lower[columns], ends.column_upper[columns])
        size = self.row_size[rows]
        self.change_rows(rows, ends.row_lower[rows] / size, ends.row_upper[rows] / size)

    def relax(self, relaxed: bool = True) -> None:
        """Let whole columns be any numbers, or not any more."""
        kinds = np.where(self.model.whole & (not relaxed), 1, 0).astype(np.uint8)
        kinds = np.append(kinds, np.zeros(self.solver.getNumCol() - kinds.size, dtype=np.uint8))
        if self.model.whole.any():
            self.solver.changeColsIntegrality(kinds.size, np.arange(kinds.size, dtype=np.int32), kinds)
        self.relaxed = relaxed

    def add_columns(
        self, lower: Array, upper: Array, *, rows: Integers | None = None, entries: Array | None = None
    ) -> Integers:
        """Add columns, each with an entry in one of the scaled rows or in none yet; return their numbers."""
        start, count = self.solver.getNumCol(), lower.size
        if rows is None or entries is None:
            rows, entries = np.zeros(0, dtype=np.int64), np.zeros(0)
        starts = np.arange(count, dtype=np.int32) if rows.size else np.zeros(count, dtype=np.int32)
        places = rows.astype(np.int32)
        self.solver.addCols(count, np.zeros(count), lower, upper, rows.size, starts, places, entries)
        return np.arange(start, start + count)

    def add_rows(self, matrix: csr_array, lower: Array, upper: Array) -> Integers:
        """Add rows over all columns there are, whose coefficients are for scaled columns; return their numbers."""
        start = self.solver.getNumRow()
        self.solver.addRows(
            matrix.shape[0],
            lower,
            upper,
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
        )
        return np.arange(start, start + matrix.shape[0])

    def _program(self) -> highspy.HighsLp:
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = self.matrix.shape
        program.col_cost_ = np.zeros(self.size.size)
        ends = self.ends
        program.col_lower_, program.col_upper_ = ends.column_lower / self.size, ends.column_upper / self.size
        program.row_lower_, program.row_upper_ = ends.row_lower / self.row_size, ends.row_upper / self.row_size
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.num_row_, program.a_matrix_.num_col_ = self.matrix.shape
        program.a_matrix_.start_ = self.matrix.indptr.astype(np.int32)
        program.a_matrix_.index_ = self.matrix.indices.astype(np.int32)
        program.a_matrix_.value_ = np.asarray(self.matrix.data, dtype=np.float64)
        if self.model.whole.any():
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            program.integrality_ = [kinds[int(each)] for each in self.model.whole]
        return program


def _nearest(lower: Array, upper: Array, found: Array) -> Array:
    return np.where(found - lower < upper - found, lower, upper)
