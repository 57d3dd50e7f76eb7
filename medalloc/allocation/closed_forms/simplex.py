"""The linear program behind a plan, and its duals; the one place that knows HiGHS."""

from dataclasses import dataclass

import highspy
import numpy as np

from medalloc.allocation.highs import new_solver
from medalloc.allocation.problem import Array

METHOD = "HiGHS simplex"
WIDEST = 1e-6
"""Smallest limit, as a share of the largest, that still sets the scale."""


class SolverError(RuntimeError):
    """The solver stopped without an optimum where one must exist: a bug, not something a user can repair."""


@dataclass(frozen=True)
class Optimum:
    """An optimal point of ``max value @ amount`` and the prices that prove it."""

    amount: Array
    """Shape (n_columns,), within 0 and the upper ends."""

    price: Array
    """What one more of each limit is worth, shape (n_rows,), >= 0."""


def maximise(value: Array, matrix: Array, limit: Array, upper: Array) -> Optimum:
    """Return the optimum of ``max value @ y`` with ``matrix @ y <= limit`` and ``0 <= y <= upper``.

    Parameters
    ----------
    value : array of shape (n_columns,)
        Above 0.
    matrix : array of shape (n_rows, n_columns)
        At least 0, dense: few rows, many columns.
    limit : array of shape (n_rows,)
        At least 0.
    upper : array of shape (n_columns,)
        Above 0, finite.

    Raises
    ------
    SolverError
        If HiGHS reports anything but an optimum.

    Examples
    --------
    >>> best = maximise(np.array([2.0, 1.0]), np.array([[1.0, 1.0]]), np.array([3.0]), np.array([2.0, 2.0]))
    >>> best.amount.tolist(), best.price.tolist()
    ([2.0, 1.0], [1.0])
    """
    tallest = matrix.max(axis=1, initial=0.0)
    rows = tallest > 0
    size = tallest[rows]
    limits = limit[rows] / size
    # The smallest limit becomes 1, so that the solver's absolute tolerance is a share of it; unless the others would
    # then be so large that their own rounding drowns it.
    scale = max(limits[limits > 0].min(initial=upper.max()), WIDEST * limits.max(initial=0.0))
    worth = float(value.max())
    # few dense rows and many columns: presolve costs a hundred times what the simplex does
    solver = new_solver(solver="simplex", presolve="off")
    solver.passModel(_model(value / worth, matrix[rows] / size[:, None], limits / scale, upper / scale))
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise SolverError(f"HiGHS stopped with: {solver.modelStatusToString(status)}")
    solution = solver.getSolution()
    price = np.zeros(limit.size)
    price[rows] = np.maximum(0.0, -np.asarray(solution.row_dual)) * worth / size
    return Optimum(np.clip(np.asarray(solution.col_value) * scale, 0.0, upper), price)


def _model(value: Array, matrix: Array, limit: Array, upper: Array) -> highspy.HighsLp:
    """Return the program in the solver's terms, as a minimum, its rows in compressed form."""
    filled = matrix != 0
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = -value, np.zeros(value.size), upper
    program.row_lower_, program.row_upper_ = np.full(limit.size, -highspy.kHighsInf), limit
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.num_row_, program.a_matrix_.num_col_ = matrix.shape
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(filled.sum(axis=1))]).astype(np.int32)
    program.a_matrix_.index_ = np.nonzero(filled)[1].astype(np.int32)
    program.a_matrix_.value_ = matrix[filled]
    return program
