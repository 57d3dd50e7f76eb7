"""Whole units from a point in parts: rounded down, moved units in balance, and what is left placed step by step."""

import heapq
import math
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.program.model import Model

NEAR = 1e-7
"""How far below a whole number passes for it, as rounding of the solver."""

EXACT = 1e-12
"""The same of numbers that are only added up here, as a share of them."""


def rounded(model: Model, amounts: Array, price: Array) -> Array | None:
    """Return amounts with whole units whole, near these and within all rows; None where that fails.

    Parameters
    ----------
    model : Model
        Without units that stand in for others.
    amounts : array of shape (n_columns,)
        Within all rows, in parts.
    price : array of shape (n_rows,)
        What one more of every limit is worth, by which those who get a unit are chosen.
    """
    if model.layout.helps:
        return None
    made = in_whole(model, amounts)
    layout, problem, persons = model.layout, model.problem, model.persons
    new = made[layout.new]
    short = np.zeros_like(new)
    np.maximum.at(short, persons.region, persons.uses * np.minimum(persons.floor, persons.demand)[:, None])
    short = short - (problem.existing + _moved(model, made))
    least = np.where(problem.whole, np.ceil(short * (1 - NEAR) - EXACT), short)
    lower = np.maximum(model.ends.column_lower[layout.new], np.where(problem.whole, least, short))
    made[layout.new] = np.maximum(new, lower)
    served_by(model, made)
    return filled(model, made, price) if keeps(model, made) else None


def in_whole(model: Model, amounts: Array) -> Array:
    """Return the amounts with whole units rounded down, and those that are moved to as many that come as go."""
    made = amounts.copy()
    _round_moves(model, made)
    new = made[model.layout.new]
    made[model.layout.new] = np.where(model.problem.whole, _floor(new), new)
    return made


def _floor(units: Array) -> Array:
    return np.floor(units + np.maximum(NEAR, EXACT * np.abs(units)))


def _moved(model: Model, amounts: Array) -> Array:
    """Return what came to every region from others less what went, shape (n_regions, n_resources) [units]."""
    moved = np.zeros(model.layout.new.shape)
    moved[:, list(model.layout.movable)] = amounts[model.layout.taken] - amounts[model.layout.given]
    return moved


def _round_moves(model: Model, made: Array) -> None:
    """Round the whole units that are moved to as many that come as go."""
    for place, kind in enumerate(model.layout.movable):
        if not model.problem.whole[kind]:
            continue
        taken, given = model.layout.taken[:, place], model.layout.given[:, place]
        most = math.floor(min(made[given].sum(), made[taken].sum()) + NEAR)
        ends = _floor(model.ends.column_upper)
        come, go = _shared(made[taken], most, ends[taken]), _shared(made[given], most, ends[given])
        fewer = int(min(come.sum(), go.sum()))
        made[taken], made[given] = _shared(come, fewer, ends[taken]), _shared(go, fewer, ends[given])


def _shared(parts: Array, total: int, upper: Array) -> Array:
    """Return whole numbers near these with this sum or less: the largest fractions are rounded up."""
    whole = np.minimum(_floor(parts), upper)
    lacking = total - int(whole.sum())
    if lacking < 0:
        # few at a time from those who have most
        for place in np.argsort(-whole, kind="stable").tolist():
            less = min(-lacking, int(whole[place]))
            whole[place] -= less
            lacking += less
            if not lacking:
                break
        return whole
    fraction = np.where((parts > whole + NEAR) & (whole + 1 <= upper), parts - whole, -1.0)
    chosen = np.argsort(-fraction, kind="stable")[:lacking]
    whole[chosen[fraction[chosen] > 0]] += 1.0
    return whole


def served_by(model: Model, made: Array) -> None:
    """Set the persons served to as many as the units of every region suffice for."""
    persons = model.persons
    have = (model.problem.existing + made[model.layout.new] + _moved(model, made))[persons.region]
    used = persons.uses > 0
    suffice = np.divide(have, persons.uses, out=np.full(persons.uses.shape, np.inf), where=used).min(axis=1)
    made[model.layout.served] = np.clip(suffice, 0.0, persons.demand)


def keeps(model: Model, made: Array) -> bool:
    """Whether amounts lie within all rows and columns."""
    ends, rows = model.ends, model.matrix @ made
    tall = abs(model.matrix) @ np.abs(made) * 1e-9
    low = np.where(np.isfinite(ends.row_lower), ends.row_lower, rows)
    within = (rows <= ends.row_upper + tall) & (rows >= low - tall)
    size = 1e-9 * np.maximum(1.0, np.abs(made))
    return bool(within.all() and (made >= ends.column_lower - size).all() and (made <= ends.column_upper + size).all())


@dataclass(eq=False)
class _Left:
    """What is still there to place, and what a unit is worth at the prices."""

    stock: list[float]
    budget: float
    worth: list[float]
    money: float


def filled(model: Model, made: Array, price: Array) -> Array:
    """Return the amounts with units from stock added wherever they serve somebody, the worthiest first.

    Step by step: a region gets one more of every whole resource that is short there, and as much of the others as
    goes with it. Whoever is served most for what it takes at these prices comes first.
    """
    layout, problem, persons = model.layout, model.problem, model.persons
    if layout.helps:
        return made
    made = made.copy()
    new = made[layout.new]
    cost = problem.unit_cost
    money = price[model.rows["budget"]].item() if "budget" in model.rows else 0.0
    left = _Left(
        (problem.stock - new.sum(axis=0)).tolist(),
        math.inf if problem.budget is None else problem.budget - _spent(model, made),
        np.maximum(1e-12, price[model.rows["stock"]]).tolist(),
        money,
    )
    came = made[layout.taken] if layout.taken.size else np.zeros((layout.regions, 0))
    cap = problem.cap - new
    cap[:, list(layout.movable)] -= came
    cap = np.where(np.isnan(problem.locked), cap, 0.0)
    moved = _moved(model, made)
    have, room = problem.existing + new + moved, problem.space - (new + moved) @ problem.unit_space
    filling = _Filling(model, left, have.tolist(), cap.tolist(), room.tolist(), cost.tolist(), new.tolist())
    open_ = np.flatnonzero((persons.value > 0) & (made[layout.served] < persons.demand * (1 - 1e-12)))
    filling.run(open_.tolist(), made[layout.served])
    made[layout.new] = np.array(filling.new)
    served_by(model, made)
    return made


def _spent(model: Model, made: Array) -> float:
    move_cost = np.array([model.problem.resources[place].move_cost for place in model.layout.movable])
    moving = float((made[model.layout.given] @ move_cost).sum()) if move_cost.size else 0.0
    return float((made[model.layout.new] * model.problem.unit_cost).sum()) + moving


@dataclass(eq=False)
class _Filling:
    """The state of filling, as plain lists: thousands of single steps."""

    model: Model
    left: _Left
    have: list[list[float]]
    cap: list[list[float]]
    room: list[float]
    cost: list[list[float]]
    new: list[list[float]]

    def run(self, groups: list[int], served: Array) -> None:
        persons, problem = self.model.persons, self.model.problem
        self.whole, self.space = problem.whole.tolist(), problem.unit_space.tolist()
        self.region, self.demand = persons.region.tolist(), persons.demand.tolist()
        self.value, self.uses, self.served = persons.value.tolist(), persons.uses.tolist(), served.tolist()
        waiting = [(-worth, group) for group in groups if (worth := self._worth(group)) > 0]
        heapq.heapify(waiting)
        while waiting:
            worth, group = heapq.heappop(waiting)
            step = self._step(group)
            if step is None:
                continue
            if not self._fits(group, step[1]):
                continue
            self._take(group, *step)
            again = self._worth(group)
            if again > 0:
                heapq.heappush(waiting, (-again, group))

    def _step(self, group: int) -> tuple[float, list[tuple[int, float]]] | None:
        """Return how many would be served after one more step, and the units it takes."""
        have, uses = self.have[self.region[group]], self.uses[group]
        short = self.served[group] * (1 + 1e-12)
        level = self.demand[group]
        for kind, use in enumerate(uses):
            if use > 0 and self.whole[kind]:
                there = have[kind] / use
                level = min(level, there if there > short else (have[kind] + 1.0) / use)
        for kind, use in enumerate(uses):
            if use > 0 and not self.whole[kind] and have[kind] < level * use:
                level = min(level, (have[kind] + self._most(group, kind)) / use)
        if level <= short:
            return None
        taken = []
        for kind, use in enumerate(uses):
            lacks = level * use - have[kind]
            if use > 0 and lacks > EXACT * level * use:
                taken.append((kind, 1.0 if self.whole[kind] else lacks))
        return level, taken

    def _most(self, group: int, kind: int) -> float:
        region = self.region[group]
        most = min(self.left.stock[kind], self.cap[region][kind])
        if self.space[kind] > 0:
            most = min(most, self.room[region] / self.space[kind])
        cost = self.cost[region][kind]
        return max(0.0, min(most, self.left.budget / cost) if cost > 0 else most)

    def _fits(self, group: int, taken: list[tuple[int, float]]) -> bool:
        region = self.region[group]
        if any(units > min(self.left.stock[kind], self.cap[region][kind]) * (1 + EXACT) for kind, units in taken):
            return False
        costs = sum(units * self.cost[region][kind] for kind, units in taken)
        takes = sum(units * self.space[kind] for kind, units in taken)
        return costs <= self.left.budget * (1 + EXACT) and takes <= self.room[region] * (1 + EXACT)

    def _take(self, group: int, level: float, taken: list[tuple[int, float]]) -> None:
        region = self.region[group]
        for kind, units in taken:
            self.have[region][kind] += units
            self.new[region][kind] += units
            self.cap[region][kind] -= units
            self.left.stock[kind] -= units
            self.left.budget -= units * self.cost[region][kind]
            self.room[region] -= units * self.space[kind]
        self.served[group] = level

    def _worth(self, group: int) -> float:
        """Return what the next step of a group gains for what it takes; 0 where there is none."""
        step = self._step(group)
        if step is None:
            return 0.0
        level, taken = step
        region, left = self.region[group], self.left
        paid = sum(units * (left.worth[kind] + left.money * self.cost[region][kind]) for kind, units in taken)
        return self.value[group] * (level - self.served[group]) / max(paid, 1e-300)
