"""What whole units can serve at most, by prices: at given prices every region decides for itself, unit by unit.

References
----------
.. [1] A. Geoffrion, Lagrangean relaxation for integer programming, 1974.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medalloc.allocation.problem import Array
from medalloc.allocation.program.model import Model
from medalloc.allocation.program.persons import Integers

MANY = 10_000
"""Whole units in a region from which a part of one counts for nothing."""

TRIES = 16
"""Prices that are tried until what is taken at them is there."""

STEPS, CLOSE = 25, 1e-7
"""Steps in which prices are moved, and the share of the value from the bound at which that ends."""

EXACT = 1e-9
"""How far above a whole number of units passes for it, as a share."""


@dataclass(frozen=True, eq=False)
class Staircases:
    """Every number of persons that a group can be served with before it takes one more unit of something."""

    model: Model
    group: Integers
    """Shape (n_steps,), ascending."""

    served: Array
    """Shape (n_steps,). [persons]"""

    @cached_property
    def units(self) -> Array:
        """Units more than today that each step takes, below 0 where some can go, shape (n_steps, n_resources)."""
        return _units(self.model, self.group, self.served)

    @cached_property
    def starts(self) -> Integers:
        """Where each group's steps begin, shape (n_groups,)."""
        return np.searchsorted(self.group, np.arange(self.model.layout.groups))

    def least_bound(self, price: Array, value: float) -> tuple[float, Array]:
        """Return the least that was found, by moving prices a few steps, of what no plan of whole units can be worth.

        The prices at which that is come with it, of all rows; those of single regions are 0.

        Parameters
        ----------
        price : array of shape (n_rows,)
            Of the rows of all regions together, where to begin; those of single regions are not used.
        value : float
            What some plan is worth, by which the steps are measured.
        """
        rows = _Shared(self.model)
        now, best, pace = rows.price(price), np.inf, 1.0
        at = now
        for _ in range(STEPS):
            bound, used = self._at(rows, now)
            slope = rows.limit(now) - rows.matrix @ used
            if bound < best:
                best, at = bound, now
            else:
                pace /= 2
            steep = float((slope**2 * rows.size**-2).sum())
            if best - value <= CLOSE * abs(value) or steep <= 0:
                break
            now = rows.price_of(now - pace * (bound - value) * slope * rows.size**-2 / steep)
        every = np.zeros(price.size)
        every[rows.rows] = at
        return best, every

    def chosen(self, price: Array) -> Array | None:
        """Return what every region would take at the lowest prices, in proportion to these, at which that is there.

        Shape (n_columns,), within all limits; None where units are moved.
        """
        if self.model.layout.movable:
            return None
        rows, kept = _Shared(self.model), None
        low, high, factor = 0.0, np.inf, 1.0
        for _ in range(TRIES):
            used = self._at(rows, rows.price(price) * factor)[1]
            if (rows.matrix @ used <= rows.upper * (1 + EXACT)).all():
                kept, high = used, factor
            else:
                low = factor
            factor = (low + high) / 2 if np.isfinite(high) else factor * 1.5
        return kept

    def _at(self, rows: "_Shared", price: Array) -> tuple[float, Array]:
        """Return what no plan can be worth at prices of the shared rows, and the columns of the point that says so."""
        layout, ends, persons = self.model.layout, self.model.ends, self.model.persons
        each = price @ rows.matrix
        come, go = each[layout.new].copy(), np.zeros(layout.new.shape)
        movable = list(layout.movable)
        by_moving = each[layout.taken] < come[:, movable]
        come[:, movable] = np.minimum(come[:, movable], each[layout.taken])
        go[:, movable] = -each[layout.given]
        come, go = np.maximum(0.0, come), np.maximum(0.0, go)
        region, cells = persons.region[self.group], self.units
        costs = np.where(cells > 0, cells * come[region], cells * go[region])
        worth = persons.value[self.group] * self.served - costs.sum(axis=1)
        best = np.maximum.reduceat(worth, self.starts)
        # units that would come and go at once, where the prices make that pay
        both = np.minimum(ends.column_upper[layout.given], ends.column_upper[layout.taken])
        loop = np.maximum(0.0, go - come)[:, movable]
        chosen = np.zeros(layout.new.shape)
        ties = np.flatnonzero(worth >= best[self.group])
        picked = ties[np.unique(self.group[ties], return_index=True)[1]]
        np.add.at(chosen, region[picked], cells[picked])
        used = np.zeros(layout.columns)
        used[layout.new] = np.maximum(0.0, chosen)
        used[layout.taken] = np.where(by_moving, used[layout.new[:, movable]], 0.0)
        used[layout.new[:, movable]] = np.where(by_moving, 0.0, used[layout.new[:, movable]])
        used[layout.given] = np.where(go[:, movable] > 0, np.maximum(0.0, -chosen[:, movable]), 0.0)
        used[layout.taken] += np.where(loop > 0, both, 0.0)
        used[layout.given] += np.where(loop > 0, both, 0.0)
        used[layout.served] = self.served[picked]
        return float(price @ rows.limit(price) + best.sum() + (loop * both).sum()), used


class _Shared:
    """The rows that all regions share."""

    def __init__(self, model: Model) -> None:
        names = [name for name in ("stock", "moved", "movable", "budget") if name in model.rows]
        self.rows = np.concatenate([model.rows[name] for name in names])
        self.matrix = csr_array(model.matrix)[self.rows]
        upper, lower = model.ends.row_upper[self.rows], model.ends.row_lower[self.rows]
        self.free = np.isfinite(lower)
        self.upper, self.lower = upper, np.where(self.free, lower, 0.0)
        reach = abs(self.matrix) @ np.where(np.isfinite(model.ends.column_upper), model.ends.column_upper, 0.0)
        self.size = np.maximum(1e-9, np.where(upper > 0, np.minimum(upper, reach), reach))

    def limit(self, price: Array) -> Array:
        """Return the ends that the prices are paid for."""
        return np.asarray(np.where(price >= 0, self.upper, self.lower))

    def price(self, price: Array) -> Array:
        """Return the prices of these rows out of those of all."""
        return self.price_of(price[self.rows])

    def price_of(self, price: Array) -> Array:
        """Return prices that no limit on one side makes senseless."""
        return np.asarray(np.where(self.free, price, np.maximum(0.0, price)))


def staircases(model: Model) -> Staircases | None:
    """Return the steps of every group; None where units stand in for others."""
    persons, problem = model.persons, model.problem
    if model.layout.helps or not problem.whole.any():
        return None
    stepped = _stepped(model)
    floor = np.minimum(persons.floor, persons.demand)
    top = np.minimum(persons.demand, _within_caps(model))
    groups, levels = [np.arange(persons.demand.size)] * 2, [top, floor]
    for kind in range(len(problem.resources)):
        use, there = persons.uses[:, kind], problem.existing[persons.region, kind]
        used = np.flatnonzero(use > 0)
        low, high = use[used] * floor[used] - there[used], use[used] * top[used] - there[used]
        if kind not in model.layout.movable:
            low = np.maximum(low, 0.0)
        first, last = np.ceil(low), np.floor(high)
        parts = ~stepped[persons.region[used], kind]
        first, last = np.where(parts, 0.0, first), np.where(parts, np.where((low <= 0) & (high >= 0), 0.0, -1.0), last)
        count = np.maximum(0.0, last - first + 1)
        of = np.repeat(np.arange(used.size), count.astype(np.int64))
        place = np.arange(of.size) - np.repeat(np.cumsum(count) - count, count.astype(np.int64))
        groups.append(used[of])
        levels.append((there[used][of] + first[of] + place) / use[used][of])
    group, level = np.concatenate(groups), np.clip(np.concatenate(levels), 0.0, None)
    fits = _fits(model, group, level)
    group, level = group[fits], level[fits]
    order = np.argsort(group, kind="stable")
    return Staircases(model, group[order], level[order])


def _within_caps(model: Model) -> Array:
    """Return the persons whom the caps let every group be served, shape (n_groups,)."""
    problem, persons = model.problem, model.persons
    most = (problem.existing + np.where(problem.whole, np.floor(problem.cap), problem.cap))[persons.region]
    used = persons.uses > 0
    return np.asarray(np.divide(most, persons.uses, out=np.full(most.shape, np.inf), where=used).min(axis=1))


def _stepped(model: Model) -> NDArray[np.bool_]:
    """Return where units are looked at one by one, shape (n_regions, n_resources)."""
    problem, persons = model.problem, model.persons
    need = np.array(problem.existing)
    np.add.at(need, persons.region, persons.uses * persons.demand[:, None])
    return np.asarray(problem.whole & (need <= MANY))


def _units(model: Model, group: Integers, served: Array) -> Array:
    problem, persons = model.problem, model.persons
    there, uses = problem.existing[persons.region[group]], persons.uses[group]
    needed = uses * served[:, None]
    units = needed - there
    steps = _stepped(model)[persons.region[group]]
    units = np.where(steps, np.ceil(units - EXACT * np.maximum(1.0, needed)), units)
    if problem.demand_of is not None:
        # of the other resources of its region such a group has nothing to give
        units = np.where(uses > 0, units, 0.0)
    moves = np.zeros(units.shape[1], dtype=np.bool_)
    moves[list(model.layout.movable)] = True
    return np.where(moves, units, np.maximum(0.0, units))


def _fits(model: Model, group: Integers, served: Array) -> Array:
    """Return which steps a region has the room for; the smallest that its floor allows stays in any case."""
    problem, persons = model.problem, model.persons
    region, units = persons.region[group], _units(model, group, served)
    fits = (np.maximum(0.0, units) <= problem.cap[region] * (1 + EXACT)).all(axis=1)
    if problem.demand_of is None:
        steps = (_stepped(model) | (problem.unit_space == 0)).all(axis=1)
        fits &= ~steps[region] | (units @ problem.unit_space <= problem.space[region] * (1 + EXACT))
    least = np.full(persons.demand.size, np.inf)
    np.minimum.at(least, group, served)
    return np.asarray(fits | (served <= least[group]))
