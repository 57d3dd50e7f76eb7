"""Limits that cannot be kept together even if units move and stand in: by how much the fewest must give way."""

import math
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units
from medalloc.allocation.program.found import NoPlanError, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Model, model_of
from medalloc.allocation.program.persons import Integers

TOLERANCE = 1e-7
"""Share of what the floors take of a limit up to which it counts as kept."""

MOST_TRIED = 24
"""Limits that give way up to which each is tried without: that takes a program each."""


@dataclass(frozen=True, eq=False)
class Shortfall:
    """How much more each limit would have to allow for the floors to fit; all 0 if they do."""

    stock: Array
    """Shape (n_resources,). [units]"""

    budget: float
    """[money]"""

    space: Array
    """Shape (n_regions,). [space]"""

    cap: Array
    """Shape (n_regions, n_resources). [units]"""

    locked: Array
    """Units that locked cells lack, shape (n_regions, n_resources). [units]"""

    @property
    def any(self) -> bool:
        """Whether any limit is too tight."""
        return self.budget > 0 or any(bool(each.any()) for each in (self.stock, self.space, self.cap, self.locked))


def shortfall(problem: Problem, *, time_limit: float = math.inf) -> Shortfall:
    """Return the least shortfall that lets the floors be kept, each limit's as a share of what the floors take of it.

    Parameters
    ----------
    problem : Problem
        Locks included, which may be what breaks a limit, or give way.
    time_limit : float
        Seconds after which the best that was found is told. [s]

    Raises
    ------
    OutOfTimeError
        If nothing was found in that time.

    Notes
    -----
    An elastic program: every limit may be exceeded, and the sum of the excesses is made as small as can be. Then every
    limit that gave way is kept after all, if some others of those are enough without it: so none is told that need
    not give way, as long as no more than `MOST_TRIED` did. There may be other ways to repair as much.
    """
    model = model_of(problem, roomy=True)
    until, (rows, sizes) = perf_counter() + time_limit, _may_give_way(model)
    excess = _least(model, rows, sizes, until)
    given = np.flatnonzero(excess)
    for place in given.tolist() if 1 < given.size <= MOST_TRIED else []:
        others = np.setdiff1d(np.flatnonzero(excess), place)
        try:
            without = _least(model, rows[others], sizes[others], until) if excess[place] else None
        except (NoPlanError, OutOfTimeError):
            continue
        if without is not None:
            excess = np.zeros_like(excess)
            excess[others] = without
    return _told(model, rows, excess * sizes)


def _least(model: Model, rows: Integers, sizes: Array, until: float) -> Array:
    """Return the least excess of these rows, as shares of their sizes, if no other row may be exceeded."""
    live = Live(model)
    none, endless = np.zeros(rows.size), np.full(rows.size, np.inf)
    columns = live.add_columns(none, endless, rows=rows, entries=-sizes / live.row_size[rows])
    goal = np.zeros(live.solver.getNumCol())
    goal[columns] = -1.0
    amounts = live.run(goal, until=until).amounts[columns]
    return np.where(amounts > TOLERANCE, amounts, 0.0)


def _may_give_way(model: Model) -> tuple[Integers, Array]:
    """Return the rows that may be exceeded, and what of each is taken in all, by which excess is measured."""
    problem, persons = model.problem, model.persons
    floors = (persons.uses * persons.floor[:, None]).sum(axis=0)
    taken = np.maximum(1e-9, floors + locked_units(problem).sum(axis=0))
    money = max(1e-9, float(taken @ problem.unit_cost.max(axis=0)))
    room = max(1e-9, float(taken @ problem.unit_space))
    every = np.broadcast_to(taken, problem.existing.shape)
    locked = ~np.isnan(problem.locked)
    blocks: list[tuple[Integers, Array | float]] = [
        (model.rows["stock"], taken),
        (model.rows.get("budget", np.arange(0)), money),
        (model.rows["space"], room),
        (model.rows["cap"], every[np.isfinite(problem.cap)]),
        (model.rows["locked"], every[locked]),
    ]
    sizes = [np.broadcast_to(np.asarray(size, dtype=np.float64), rows.shape) for rows, size in blocks]
    return np.concatenate([rows for rows, _ in blocks]), np.concatenate(sizes)


def _told(model: Model, rows: Integers, excess: Array) -> Shortfall:
    """Return the excess of the rows as that of the limits they stand for."""
    problem, of_row = model.problem, np.zeros(model.matrix.shape[0])
    of_row[rows] = excess
    space, cap, locked = np.zeros(problem.space.size), np.zeros(problem.cap.shape), np.zeros(problem.cap.shape)
    space[np.isfinite(problem.space)] = of_row[model.rows["space"]]
    cap[np.isfinite(problem.cap)] = of_row[model.rows["cap"]]
    locked[~np.isnan(problem.locked)] = of_row[model.rows["locked"]]
    budget = of_row[model.rows["budget"]].sum() if "budget" in model.rows else 0.0
    return Shortfall(of_row[model.rows["stock"]], float(budget), space, cap, locked)
