"""Limits that cannot be kept together even if units move and stand in: by how much the fewest must give way."""

import math
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units
from medalloc.allocation.program.found import NoPlanError, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Model, model_of
from medalloc.allocation.program.persons import Integers

TOLERANCE = 1e-7
"""Share of what the floors take of a limit, in its region if it is a region's, up to which it counts as kept."""

MOST_ENTRY = 1e6
"""Largest entry of a scaled program. [1]"""

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
    given = _may_give_way(model)
    return _told(model, given, _fewest(model, given, perf_counter() + time_limit, np.zeros_like(given.shared)))


def shortfall_here(problem: Problem, region: int) -> Shortfall:
    """Return the shortfall of every stock and of the budget that is part of some way to keep the floors.

    If they are not enough, that of limits of one region instead: then each must give way, however much is in stock.
    None of it where it would take limits of other regions, or what may be moved.
    """
    model, until = model_of(problem, roomy=True), math.inf
    every = _may_give_way(model)
    given = every.only(every.shared)
    excess = _in_every_way(model, given, until, ~given.shared)
    if not excess.any():
        given = every.only(every.shared | (every.region == region))
        excess = _in_every_way(model, given, until, given.shared)
    return _told(model, given, excess)


@dataclass(frozen=True, eq=False)
class _GiveWay:
    """Rows that may be exceeded."""

    rows: Integers
    sizes: Array
    """What of each is taken in all, by which excess is measured."""

    kept: Array
    """Excess up to which a limit counts as kept: less where a region takes little beside all others."""

    region: Integers
    """Whose limit it is, -1 where it is of all."""

    @property
    def shared(self) -> NDArray[np.bool_]:
        return self.region < 0

    def only(self, which: NDArray[np.bool_]) -> "_GiveWay":
        return _GiveWay(self.rows[which], self.sizes[which], self.kept[which], self.region[which])


def _in_every_way(model: Model, given: _GiveWay, until: float, anyway: NDArray[np.bool_]) -> Array:
    """Return the excess of rows that can be spared in no way, then of those in no way without these, and so on."""
    excess, more = np.zeros(given.rows.size), np.ones(given.rows.size)
    while more.any():
        left = anyway | (excess == 0)
        more = np.zeros_like(excess)
        with suppress(NoPlanError):
            more[left] = _fewest(model, given.only(left), until, anyway[left])
        more[anyway] = 0.0
        excess += more
    return excess


def _fewest(model: Model, given: _GiveWay, until: float, anyway: NDArray[np.bool_]) -> Array:
    """Return a least excess of which no row can be spared, except of those that may give way anyway."""
    excess = _least(model, given, until)
    tried = np.flatnonzero((excess > 0) & ~anyway)
    for place in tried.tolist() if tried.size <= MOST_TRIED else []:
        others = anyway | (excess > 0)
        others[place] = False
        try:
            without = _least(model, given.only(others), until)
        except (NoPlanError, OutOfTimeError):
            continue
        excess = np.zeros_like(excess)
        excess[others] = without
    return excess


def _least(model: Model, given: _GiveWay, until: float) -> Array:
    """Return the least excess of these rows, as shares of their sizes, if no other row may be exceeded."""
    live, count = Live(model), given.rows.size
    # an entry that is far from the others of its row would be refused as too large, or dropped as too small
    entries = np.clip(given.sizes / live.row_size[given.rows], 1 / MOST_ENTRY, MOST_ENTRY)
    share = entries * live.row_size[given.rows] / given.sizes
    columns = live.add_columns(np.zeros(count), np.full(count, np.inf), rows=given.rows, entries=-entries)
    goal = np.zeros(live.solver.getNumCol())
    goal[columns] = -share
    amounts = live.run(goal, until=until).amounts[columns] * share
    return np.where(amounts > given.kept, amounts, 0.0)


def _may_give_way(model: Model) -> _GiveWay:
    """Return all rows that may be exceeded."""
    problem = model.problem
    own = _taken_by_floors(model) + locked_units(problem)
    taken = own.sum(axis=0)
    dearest = np.maximum(problem.unit_cost.max(axis=0), [one.move_cost for one in problem.resources])
    # what nothing is taken of is measured as it is
    money, room = float(taken @ dearest) or 1.0, float(taken @ problem.unit_space) or 1.0
    taken = np.where(taken > 0, taken, 1.0)
    every, part, no = np.broadcast_to(taken, own.shape), np.where(own > 0, own / taken, 1.0), np.arange(0)
    here = own @ problem.unit_space
    limited, capped, locked = np.isfinite(problem.space), np.isfinite(problem.cap), ~np.isnan(problem.locked)
    # rows, what of each is taken in all, the region's part of it, and the region
    blocks: list[tuple[Integers, Array | float, Array | float, Integers | int]] = [
        (model.rows["stock"], taken, 1.0, -1),
        (model.rows.get("budget", no), money, 1.0, -1),
        (model.rows["space"], room, np.where(here > 0, here / room, 1.0)[limited], np.flatnonzero(limited)),
        (model.rows["cap"], every[capped], part[capped], np.nonzero(capped)[0]),
        (model.rows["locked"], every[locked], part[locked], np.nonzero(locked)[0]),
    ]
    rows = [block[0] for block in blocks]
    _, sizes, parts, regions = (
        np.concatenate([np.broadcast_to(each, row.shape) for row, each in zip(rows, column, strict=True)])
        for column in zip(*blocks, strict=True)
    )
    return _GiveWay(np.concatenate(rows), sizes, TOLERANCE * parts, regions)


def _taken_by_floors(model: Model) -> Array:
    """Return the units that the floors of every region take, shape (n_regions, n_resources)."""
    persons, own = model.persons, np.zeros(model.problem.existing.shape)
    np.add.at(own, persons.region, persons.uses * persons.floor[:, None])
    return own


def _told(model: Model, given: _GiveWay, excess: Array) -> Shortfall:
    """Return the excess of the rows as that of the limits they stand for."""
    problem, of_row = model.problem, np.zeros(model.matrix.shape[0])
    of_row[given.rows] = excess * given.sizes
    space, cap, locked = np.zeros(problem.space.size), np.zeros(problem.cap.shape), np.zeros(problem.cap.shape)
    space[np.isfinite(problem.space)] = of_row[model.rows["space"]]
    cap[np.isfinite(problem.cap)] = of_row[model.rows["cap"]]
    locked[~np.isnan(problem.locked)] = of_row[model.rows["locked"]]
    budget = of_row[model.rows["budget"]].sum() if "budget" in model.rows else 0.0
    return Shortfall(of_row[model.rows["stock"]], float(budget), space, cap, locked)
