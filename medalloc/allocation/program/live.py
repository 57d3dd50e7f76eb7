"""A program that stays loaded in HiGHS: ends and goals change, and the solver goes on from there."""

import math
from dataclasses import replace
from time import perf_counter
from typing import Any

import highspy
import numpy as np

from medalloc.allocation.closed_forms.simplex import SolverError
from medalloc.allocation.problem import Array
from medalloc.allocation.program.effort import MOST_NODES, NODES, effort
from medalloc.allocation.program.found import Found, NoPlanError, OutOfTimeError, bound_by_prices
from medalloc.allocation.program.loaded import MIP_GAP, SETTINGS, Loaded
from medalloc.allocation.program.model import Model
from medalloc.sentences import Sentence, sentence

REACH = 1.0
"""How far from where it would be in parts a whole number is looked for first. [units]"""

NEARBY = 0.4
"""Share of the time that may go into looking there."""

ALL_COLUMNS = 2_000
"""Whole columns up to which they are searched for until the work is done; of more, the first node alone takes long."""

ROUNDED_OFF = 1e-6
"""How far off a row may be where whole units are rounded afterwards, as a share of it."""

GOOD = 5e-3
"""Gap at which a plan with more of them is good enough, unless a time was given to search on."""

_DONE = highspy.HighsModelStatus.kOptimal
_LATE = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kSolutionLimit,
)
_NONE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def _is_close(found: Found | None, bound: float, gap: float) -> bool:
    return found is not None and bound - found.value <= gap * abs(bound)


def _stage(gap: float) -> Sentence:
    if gap < 1:
        return sentence("Looking for whole units; this search may still gain {gap}%", gap=round(100 * gap, 3))
    return sentence("Looking for the best plan")


class Live(Loaded):
    """A loaded program that is solved again and again. Not to be shared between threads or visitors."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self.begun, self.until = perf_counter(), math.inf
        if effort().progress is not None:
            self.solver.cbSimplexInterrupt.subscribe(self._watched)
            self.solver.cbMipInterrupt.subscribe(self._watched)

    def run(self, goal: Array, *, until: float = math.inf, steps: int | None = None) -> Found:
        """Return the point that makes the goal largest.

        Whole columns are looked for near where they would be if parts of units were allowed, then everywhere.

        Parameters
        ----------
        goal : array of shape (n_columns,)
            What one of each column counts for, in the model's units; for added columns as they are.
        until : float
            Reading of the clock (`perf_counter`) at which whatever there is counts; without one, the work is limited.
        steps : int, optional
            Steps of the simplex after which parts of units are out of time; as many as the work allows when left out.

        Raises
        ------
        NoPlanError
            If no point keeps all rows.
        OutOfTimeError
            If the time or the work is up and there is no point.
        SolverError
            If HiGHS fails otherwise: a bug.
        """
        if not self.is_whole:
            return self._run(goal, until, steps=steps)
        self.relax()
        try:
            ideal = self._run(goal, until)
        finally:
            self.relax(False)
        return self.search(goal, ideal, None, until)

    def search(self, goal: Array, ideal: Found, start: Found | None, until: float) -> Found:
        """Return the best point of whole numbers that is found, with the prices of the best one in parts.

        Parameters
        ----------
        goal, until
            As in `run`.
        ideal : Found
            The best point if parts of units are allowed.
        start : Found, optional
            A point of whole numbers, with a bound on all of them.
        """
        best, bound = start, ideal.bound if start is None else start.bound
        few = int(self.model.whole.sum()) <= ALL_COLUMNS
        wanted = MIP_GAP if few or until < math.inf else GOOD
        if not _is_close(best, bound, wanted):
            best = self._nearby(goal, ideal, best, until)
        if best is None or not _is_close(best, bound, wanted):
            best, bound = self._anywhere(goal, best, bound, until)
        return replace(best, bound=max(best.value, bound), price=ideal.price)

    def _anywhere(self, goal: Array, best: Found | None, bound: float, until: float) -> tuple[Found, float]:
        """Return the best whole numbers there are, and what none can exceed."""
        try:
            found = self._run(goal, until, start=best)
        except OutOfTimeError:
            if best is None:
                raise
            return best, bound
        return found if best is None or found.value >= best.value else best, min(found.bound, bound)

    def _nearby(self, goal: Array, ideal: Found, start: Found | None, until: float) -> Found | None:
        """Return the best whole numbers near the best point in parts; of many, moves stay as they were guessed."""
        columns = np.flatnonzero(self.model.whole)
        lower, upper = self.ends.column_lower[columns], self.ends.column_upper[columns]
        there = ideal.amounts[columns]
        low, high = np.maximum(lower, np.floor(there - REACH)), np.minimum(upper, np.ceil(there + REACH))
        if start is not None:
            low, high = np.minimum(low, start.amounts[columns]), np.maximum(high, start.amounts[columns])
            if columns.size > ALL_COLUMNS:
                moves = np.isin(columns, np.concatenate([self.model.layout.taken, self.model.layout.given]))
                low[moves] = high[moves] = start.amounts[columns[moves]]
        self.change_columns(columns, low, high)
        found: Found | None
        try:
            found = self._run(goal, perf_counter() + NEARBY * (until - perf_counter()), start=start)
        except (NoPlanError, OutOfTimeError):
            found = None
        self.change_columns(columns, lower, upper)
        known = [each for each in (start, found) if each is not None]
        return max(known, key=lambda each: each.value, default=None)

    def _run(self, goal: Array, until: float, *, start: Found | None = None, steps: int | None = None) -> Found:
        base = self.size.size
        goal = np.append(goal[:base] * self.size, goal[base:])
        scale = float(np.abs(goal).max(initial=0.0)) or 1.0
        if self.goal is None or not np.array_equal(self.goal, goal):
            columns = np.arange(goal.size, dtype=np.int32)
            self.solver.changeColsCost(columns.size, columns, -goal / scale)
            self.goal = goal
        self._limit(until)
        if steps is not None:
            self.solver.setOptionValue("simplex_iteration_limit", steps)
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = np.append(start.amounts[:base] / self.size, start.amounts[base:]).tolist()
            self.solver.setSolution(known)
        self.solver.run()
        if self.solver.getModelStatus() not in (_DONE, *_LATE):
            self._run_plainly()
        # of parts, what does not fit but loosely does not fit
        if self.solver.getModelStatus() not in (_DONE, *_LATE, *(() if self.is_whole else _NONE)):
            self._run_loosely()
        effort().steps -= self._step * max(0, self.solver.getInfo().simplex_iteration_count)
        status, info = self.solver.getModelStatus(), self.solver.getInfo()
        if status in _NONE:
            raise NoPlanError
        if self.is_whole and status == highspy.HighsModelStatus.kSolveError:
            raise OutOfTimeError(math.inf)
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

    def _run_loosely(self) -> None:
        """Run again with tolerances that a search over numbers far apart can keep; whole units are rounded anyway."""
        strict = ("primal_feasibility_tolerance", "mip_feasibility_tolerance")
        self.solver.clearSolver()
        for option in strict:
            self.solver.setOptionValue(option, ROUNDED_OFF)
        self.solver.run()
        for option in strict:
            self.solver.setOptionValue(option, SETTINGS[option])

    @property
    def _step(self) -> float:
        """What a step of the simplex counts for."""
        return math.sqrt(self.solver.getNumCol() + self.solver.getNumRow())

    def _watched(self, event: Any) -> None:
        """Tell how far the solver is, and stop it when somebody asks for what there is."""
        work, data = effort(), event.data_out
        if work.stopped:
            event.interrupt()
        nodes = max(0, data.mip_node_count) if self.is_whole else 0
        part = (
            nodes / self._nodes if math.isinf(self.until) else (perf_counter() - self.begun) / (self.until - self.begun)
        )
        work.tell(part, lambda: _stage(float(data.mip_gap) if self.is_whole else math.inf))

    @property
    def _nodes(self) -> int:
        return min(MOST_NODES, max(1, NODES // max(1, int(self.model.whole.sum()))))

    def _limit(self, until: float) -> None:
        """Tell the solver when to stop: by the clock if a time was given, by its work otherwise."""
        self.begun, self.until = perf_counter(), until
        work, timed = effort(), until < math.inf
        self.solver.setOptionValue("time_limit", max(0.01, until - perf_counter()) if timed else math.inf)
        steps = min(max(1_000.0, work.steps / self._step), 2**31 - 1)
        self.solver.setOptionValue("simplex_iteration_limit", 2**31 - 1 if timed else int(steps))
        if self.is_whole:
            self.solver.setOptionValue("mip_max_nodes", 2**31 - 1 if timed else self._nodes)

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
