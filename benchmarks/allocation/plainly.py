"""Problems of units that are moved or come whole, written down for HiGHS as a textbook would, with its own defaults."""

from dataclasses import dataclass
from time import process_time
from typing import Any

import highspy
import numpy as np
from scipy.sparse import block_array, csc_array, diags_array, kron

from medalloc.allocation.problem import Problem


@dataclass(frozen=True)
class Plainly:
    """What HiGHS found."""

    seconds: float
    """Of the processor."""

    value: float
    bound: float


def plainly(problem: Problem, *, gap: float = 1e-4) -> Plainly:
    """Return the most served by one call of HiGHS; persons need all resources, none stands in, nothing is locked."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    # HiGHS takes one number of threads for all solvers of a process
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.passModel(_program(problem))
    busy = process_time()
    solver.run()
    seconds, info = process_time() - busy, solver.getInfo()
    value = -float(info.objective_function_value)
    return Plainly(seconds, value, -float(info.mip_dual_bound) if problem.whole.any() else value)


def _program(problem: Problem) -> highspy.HighsLp:
    """Return served, new, taken and given as columns; bundle, stock, moved, movable and budget as rows."""
    n, kinds = problem.existing.shape
    cells = n * kinds
    one, all_ = diags_array(np.ones(cells)), kron(np.ones((1, n)), np.eye(kinds))
    uses = csc_array((problem.requirement.ravel(), (np.arange(cells), np.repeat(np.arange(n), kinds))), (cells, n))
    cost = csc_array(problem.unit_cost.reshape(1, -1))
    moving = csc_array(np.tile([each.move_cost for each in problem.resources], n)[None, :])
    blocks: Any = [
        [uses, -one, -one, one],
        [None, all_, None, None],
        [None, None, all_, -all_],
        [None, None, None, all_],
        [None, cost, None, moving],
    ]
    matrix = csc_array(block_array(blocks))
    share = np.array([each.movable for each in problem.resources]) * problem.existing.sum(axis=0)
    budget = np.inf if problem.budget is None else problem.budget
    none = np.zeros(kinds)
    upper = np.concatenate([problem.existing.ravel(), problem.stock, none, share, [budget]])
    lower = np.full(upper.size, -np.inf)
    lower[cells + kinds : cells + 2 * kinds] = 0.0
    moves = np.tile([each.is_moved for each in problem.resources], n)
    most = [problem.demand, np.full(cells, np.inf), np.where(moves, np.inf, 0.0)]
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.concatenate([-problem.value, np.zeros(3 * cells)])
    program.col_lower_ = np.zeros(n + 3 * cells)
    program.col_upper_ = np.concatenate([*most, np.where(moves, problem.existing.ravel(), 0.0)])
    program.row_lower_, program.row_upper_ = lower, upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    if problem.whole.any():
        whole = [False] * n + np.tile(problem.whole, 3 * n).tolist()
        kinds_of = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds_of[each] for each in whole]
    return program
