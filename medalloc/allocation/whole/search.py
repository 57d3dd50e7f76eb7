"""Of the steps that can still be better than what was found, the best: by a small program, or a search in a budget."""

import math
from dataclasses import dataclass
from time import perf_counter

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medalloc.allocation.highs import new_solver
from medalloc.allocation.problem import Array
from medalloc.allocation.program.effort import effort
from medalloc.allocation.whole.prices import Priced
from medalloc.allocation.whole.steps import Integers, Steps

FEW = 1.5
"""Steps a region, beside its first, among which those that fit together are looked for in parts."""

MANY_REGIONS = 10_000
"""Regions above which such a program takes longer than it is worth."""

MOST = 4_000
"""Steps up to which a search is worth its time."""

NODES = 200
"""Nodes of the search, unless a time was given."""

GAP = 1e-6
"""Share of the bound that is not searched for any more."""


def fitting(steps: Steps, worth: Array, at: Integers, price: Array) -> Integers:
    """Return steps, nearly as good as any at these prices, that use the limits up together; they may exceed them.

    Where many steps are equally good, prices alone do not say who takes which. Of the few best ones of every region a
    program chooses, in parts: in all but as many regions as there are limits it takes a single one.
    """
    if at.size > MANY_REGIONS:
        return at
    profit = worth - steps.extra @ price
    loss = steps.best(profit)[steps.group] - profit
    count = min(loss.size - 1, int(FEW * at.size) + at.size)
    core = _core(steps, worth, at, loss <= np.partition(loss, count)[count])
    if not core.columns.size:
        return at
    solver = core.solver()
    solver.setOptionValue("solve_relaxation", True)
    solver.run()
    share = np.asarray(solver.getSolution().col_value)
    taken = np.zeros(loss.size)
    taken[core.lowest] = 1.0 - np.bincount(steps.group[core.columns], share, at.size)
    taken[core.columns] = share
    return steps.least(-taken)


def searched(steps: Steps, worth: Array, at: Integers, by: Priced, until: float = math.inf) -> tuple[Integers, float]:
    """Return the best steps that are found, and what no choice can exceed.

    Notes
    -----
    At the prices each region loses something by any step but its best. A choice in which that loss exceeds what is
    between the value and the bound is no better than what is known: its steps need not be looked at.
    """
    value = float(worth[at].sum())
    doubt = by.bound - value
    if doubt <= GAP * abs(by.bound) or effort().stopped:
        return at, by.bound
    profit = worth - steps.extra @ by.price
    core = _core(steps, worth, at, steps.best(profit)[steps.group] - profit <= doubt)
    if not 0 < core.columns.size <= MOST:
        return at, by.bound
    found, left = core.best(at, GAP * abs(by.bound), until)
    bound = min(by.bound, max(value, float(worth[core.lowest].sum()) + left))
    better = found is not None and steps.fit(found) and float(worth[found].sum()) > value
    return (found if found is not None and better else at), bound


@dataclass(frozen=True, eq=False)
class _Core:
    """The steps that are looked at."""

    steps: Steps
    lowest: Integers
    """The first of every region, which it has if it takes none of the others, shape (n_regions,)."""

    columns: Integers
    """The others, shape (n_columns,)."""

    gain: Array
    """What these are worth beyond the first, shape (n_columns,)."""

    extra: Array
    """What they take beyond it, shape (n_columns, n_limits)."""

    def best(self, at: Integers, close: float, until: float) -> tuple[Integers | None, float]:
        """Return the best choice that a search finds from this one on, and what none gains beyond the first steps."""
        solver, most, groups = self.solver(whole=True), float(self.gain.max()), self.steps.group[self.columns]
        solver.setOptionValue("mip_abs_gap", close / most)
        if until < math.inf:
            solver.setOptionValue("time_limit", max(0.01, until - perf_counter()))
        else:
            solver.setOptionValue("mip_max_nodes", NODES)
        known = highspy.HighsSolution()
        known.col_value = (self.columns == at[groups]).astype(np.float64).tolist()
        solver.setSolution(known)
        solver.run()
        info = solver.getInfo()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible or info.primal_solution_status != 2:
            return None, math.inf
        taken = self.columns[np.asarray(solver.getSolution().col_value) > 0.5]
        found = self.lowest.copy()
        found[self.steps.group[taken]] = taken
        return found, -float(info.mip_dual_bound) * most

    def solver(self, *, whole: bool = False) -> highspy.Highs:
        """Return a program with a column for every step that is chosen or not: one a region, within the limits."""
        size, count = self.steps.size, self.gain.size
        room = self.steps.left(self.lowest) / size
        own = np.unique(self.steps.group[self.columns], return_inverse=True)[1]
        rows = np.concatenate([own, np.repeat(own.max() + 1 + np.arange(room.size), count)])
        entries = np.concatenate([np.ones(count), (self.extra / size).T.ravel()])
        places = np.concatenate([np.arange(count), np.tile(np.arange(count), room.size)])
        matrix = csr_array((entries, (rows, places)), shape=(int(own.max()) + 1 + room.size, count)).tocsc()
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = matrix.shape
        program.col_cost_ = -self.gain / self.gain.max()
        program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
        program.row_lower_ = np.full(matrix.shape[0], -np.inf)
        program.row_upper_ = np.concatenate([np.ones(own.max() + 1), room])
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.num_row_, program.a_matrix_.num_col_ = matrix.shape
        program.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        program.a_matrix_.index_ = matrix.indices.astype(np.int32)
        program.a_matrix_.value_ = np.asarray(matrix.data, dtype=np.float64)
        if whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * count
        solver = new_solver(mip_rel_gap=0.0, mip_feasibility_tolerance=1e-9)
        solver.passModel(program)
        return solver


def _core(steps: Steps, worth: Array, at: Integers, kept: NDArray[np.bool_]) -> _Core:
    kept[at] = True
    lowest = steps.least(np.where(kept, np.arange(kept.size, dtype=np.float64), np.inf))
    kept[lowest] = False
    columns = np.flatnonzero(kept & (worth > worth[lowest][steps.group]))
    base = lowest[steps.group[columns]]
    return _Core(steps, lowest, columns, worth[columns] - worth[base], steps.extra[columns] - steps.extra[base])
