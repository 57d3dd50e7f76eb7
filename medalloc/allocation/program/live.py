"""A program that stays loaded in HiGHS: ends and goals change, and the solver goes on from there."""

import math
from copy import deepcopy
from dataclasses import replace
from time import perf_counter

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from medalloc.allocation.closed_forms.simplex import SolverError
from medalloc.allocation.highs import new_solver
from medalloc.allocation.problem import Array
from medalloc.allocation.program.found import Found, NoPlanError, OutOfTimeError, bound_by_prices
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
}
"""What the general program asks of HiGHS."""

REACH = 1.0
"""How far from where it would be in parts a whole number is looked for first. [units]"""

NEARBY = 0.4
"""Share of the time that may go into looking there."""

_DONE = highspy.HighsModelStatus.kOptimal
_LATE = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
_NONE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


class Live:
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
        self.extra: list[csr_array] = []
        self.solver = new_solver(**SETTINGS)
        self.solver.passModel(self._program())
        self.relaxed = False

    @property
    def is_whole(self) -> bool:
        """Whether some columns must be whole numbers."""
        return bool(self.model.whole.any()) and not self.relaxed

    def change_rows(self, rows: Integers, lower: Array, upper: Array) -> None:
        """Move the ends of some rows, scaled as the rows are."""
        places = rows.astype(np.int32)
        self.solver.changeRowsBounds(places.size, places, lower, upper)  # type: ignore[attr-defined]

    def change_columns(self, columns: Integers, lower: Array, upper: Array) -> None:
        """Move the ends of some columns."""
        self.ends.column_lower[columns], self.ends.column_upper[columns] = lower, upper
        size, places = self.size[columns], columns.astype(np.int32)
        self.solver.changeColsBounds(places.size, places, lower / size, upper / size)

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

    def run(self, goal: Array, *, until: float = math.inf) -> Found:
        """Return the point that makes the goal largest.

        Whole columns are looked for near where they would be if parts of units were allowed, then everywhere.

        Parameters
        ----------
        goal : array of shape (n_columns,)
            What one of each column counts for, in the model's units; for added columns as they are.
        until : float
            Reading of the clock (`perf_counter`) at which whatever there is counts.

        Raises
        ------
        NoPlanError
            If no point keeps all rows.
        OutOfTimeError
            If the time is up and there is no point.
        SolverError
            If HiGHS fails otherwise: a bug.
        """
        return self._run_whole(goal, until) if self.is_whole else self._run(goal, until)

    def _run_whole(self, goal: Array, until: float) -> Found:
        self.relax()
        ideal = self._run(goal, until)
        self.relax(False)
        columns = np.flatnonzero(self.model.whole)
        lower, upper = self.ends.column_lower[columns], self.ends.column_upper[columns]
        there = ideal.amounts[columns]
        self.change_columns(
            columns, np.maximum(lower, np.floor(there - REACH)), np.minimum(upper, np.ceil(there + REACH))
        )
        near: Found | None
        try:
            near = self._run(goal, perf_counter() + NEARBY * (until - perf_counter()) if until < math.inf else until)
        except (NoPlanError, OutOfTimeError):
            near = None
        self.change_columns(columns, lower, upper)
        if near is not None and ideal.value - near.value <= MIP_GAP * abs(ideal.value):
            return replace(near, bound=ideal.value)
        try:
            found = self._run(goal, until, start=near)
        except OutOfTimeError:
            if near is None:
                raise
            found = replace(near, bound=ideal.value)
        better = found if near is None or found.value >= near.value else near
        return replace(better, bound=max(better.value, min(found.bound, ideal.value)))

    def _run(self, goal: Array, until: float, *, start: Found | None = None) -> Found:
        base = self.size.size
        goal = np.append(goal[:base] * self.size, goal[base:])
        scale = float(np.abs(goal).max(initial=0.0)) or 1.0
        if self.goal is None or not np.array_equal(self.goal, goal):
            columns = np.arange(goal.size, dtype=np.int32)
            self.solver.changeColsCost(columns.size, columns, -goal / scale)
            self.goal = goal
        left = math.inf if math.isinf(until) else max(0.01, until - perf_counter())
        self.solver.setOptionValue("time_limit", left)
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = np.append(start.amounts[:base] / self.size, start.amounts[base:]).tolist()
            self.solver.setSolution(known)
        self.solver.run()
        if self.solver.getModelStatus() in _NONE and not self.is_whole:
            self._run_plainly()
        status, info = self.solver.getModelStatus(), self.solver.getInfo()
        if status in _NONE:
            raise NoPlanError
        if status not in (_DONE, *_LATE):
            raise SolverError(f"HiGHS stopped with: {self.solver.modelStatusToString(status)}")
        feasible = info.primal_solution_status == 2
        solution = self.solver.getSolution()
        price, rows = np.zeros(self.solver.getNumRow()), self.row_size.size
        if not self.is_whole and len(solution.row_dual):
            price = -np.asarray(solution.row_dual)
        price = np.append(price[:rows] / self.row_size, price[rows:]) * scale
        if status in _LATE and not (feasible and self.is_whole):
            raise OutOfTimeError(self._known(goal, price, float(info.mip_dual_bound) * scale))
        found = np.asarray(solution.col_value)
        value = -float(info.objective_function_value)
        bound = -float(info.mip_dual_bound) if self.is_whole else value
        amounts = np.append(found[:base] * self.size, found[base:])
        return Found(
            amounts=np.append(np.clip(amounts[:base], self.ends.column_lower, self.ends.column_upper), amounts[base:]),
            value=value * scale,
            bound=max(bound, value) * scale,
            price=price,
        )

    def _run_plainly(self) -> None:
        """Run again without presolve, which takes ends closer to each other than its tolerance for a contradiction."""
        self.solver.clearSolver()
        self.solver.setOptionValue("presolve", "off")
        self.solver.run()
        self.solver.setOptionValue("presolve", "choose")

    def _known(self, goal: Array, price: Array, whole: float) -> float:
        """Return what no point can exceed, when the search has been stopped."""
        if self.is_whole:
            return -whole
        if self.solver.getNumRow() > self.row_size.size or goal.size > self.size.size:
            return math.inf
        return bound_by_prices(self.model, goal / self.size, price)

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
