"""What is left in stock, placed wherever it serves somebody: step by step, the worthiest first."""

import heapq
import math
from dataclasses import dataclass, field

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.program.model import Model

EXACT = 1e-12
"""Share of a number that its rounding may be when others are added to it."""

STRIDES = 64
"""Steps into which what a region may still take of a whole resource is divided, where there are more units."""


def moved_units(model: Model, amounts: Array) -> Array:
    """Return what came to every region from others less what went, shape (n_regions, n_resources) [units]."""
    moved = np.zeros(model.layout.new.shape)
    moved[:, list(model.layout.movable)] = amounts[model.layout.taken] - amounts[model.layout.given]
    return moved


def served_by(model: Model, made: Array) -> None:
    """Set the persons served to as many as the units of every region suffice for."""
    persons = model.persons
    have = (model.problem.existing + made[model.layout.new] + moved_units(model, made))[persons.region]
    used = persons.uses > 0
    suffice = np.divide(have, persons.uses, out=np.full(persons.uses.shape, np.inf), where=used).min(axis=1)
    made[model.layout.served] = np.clip(suffice, 0.0, persons.demand)


def filled(model: Model, amounts: Array, price: Array) -> Array:
    """Return the amounts with units from stock added wherever they serve somebody, the worthiest first.

    Step by step: a region gets one more of every whole resource that is short there, and as much of the others as
    goes with it. Whoever is served most for what it takes at these prices comes first.

    Parameters
    ----------
    model : Model
        What is asked; where units stand in for others, nothing is added.
    amounts : array of shape (n_columns,)
        Within all rows.
    price : array of shape (n_rows,)
        What one more of every limit is worth.
    """
    layout, persons = model.layout, model.persons
    if layout.helps:
        return amounts
    made = amounts.copy()
    filling = _filling(model, made, price)
    lacking = (persons.value > 0) & (made[layout.served] < persons.demand * (1 - EXACT))
    filling.run(np.flatnonzero(lacking).tolist())
    made[layout.new] = np.array(filling.new)
    served_by(model, made)
    return made


def _filling(model: Model, made: Array, price: Array) -> "_Filling":
    layout, problem, persons = model.layout, model.problem, model.persons
    new, moved, movable = made[layout.new], moved_units(model, made), list(layout.movable)
    money = price[model.rows["budget"]].item() if "budget" in model.rows else 0.0
    came = np.array(new)
    came[:, movable] += made[layout.taken]
    worth = np.maximum(EXACT, price[model.rows["stock"]]) + money * problem.unit_cost
    return _Filling(
        stock=(problem.stock - new.sum(axis=0)).tolist(),
        budget=math.inf if problem.budget is None else problem.budget - _spent(model, made),
        price=worth.tolist(),
        have=(problem.existing + new + moved).tolist(),
        cap=np.where(np.isnan(problem.locked), problem.cap - came, 0.0).tolist(),
        room=(problem.space - (new + moved) @ problem.unit_space).tolist(),
        cost=problem.unit_cost.tolist(),
        new=new.tolist(),
        whole=problem.whole.tolist(),
        space=problem.unit_space.tolist(),
        region=persons.region.tolist(),
        demand=persons.demand.tolist(),
        value=persons.value.tolist(),
        uses=persons.uses.tolist(),
        served=made[layout.served].tolist(),
    )


def _spent(model: Model, made: Array) -> float:
    move_cost = np.array([model.problem.resources[place].move_cost for place in model.layout.movable])
    moving = float((made[model.layout.given] @ move_cost).sum()) if move_cost.size else 0.0
    return float((made[model.layout.new] * model.problem.unit_cost).sum()) + moving


@dataclass(frozen=True)
class _Step:
    """What comes next for a group of persons."""

    served: float
    taken: tuple[tuple[int, float], ...]
    """Resources and units."""

    stride: int
    """Whole units that were aimed at."""


@dataclass(eq=False)
class _Filling:
    """What there is and who lacks it, as plain lists: thousands of single steps. Changed in place."""

    stock: list[float]
    budget: float
    price: list[list[float]]
    have: list[list[float]]
    cap: list[list[float]]
    room: list[float]
    cost: list[list[float]]
    new: list[list[float]]
    whole: list[bool]
    space: list[float]
    region: list[int]
    demand: list[float]
    value: list[float]
    uses: list[list[float]]
    served: list[float]
    longest: dict[int, int] = field(default_factory=dict)
    """Longest stride that is tried, by group, once one did not fit."""

    def run(self, groups: list[int]) -> None:
        """Let these groups take what there is."""
        waiting: list[tuple[float, int]] = []
        for group in groups:
            self._wait(waiting, group)
        while waiting:
            group = heapq.heappop(waiting)[1]
            step = self._step(group)
            if step is None:
                continue
            if self._fits(group, step):
                self._take(group, step)
            elif step.stride > 1:
                self.longest[group] = step.stride // 4
            else:
                continue
            self._wait(waiting, group)

    def _wait(self, waiting: list[tuple[float, int]], group: int) -> None:
        step = self._step(group)
        if step is not None:
            price = self.price[self.region[group]]
            paid = sum(units * price[kind] for kind, units in step.taken)
            worth = self.value[group] * (step.served - self.served[group]) / max(paid, 1e-300)
            heapq.heappush(waiting, (-worth, group))

    def _step(self, group: int) -> _Step | None:
        """Return how many would be served after one more step, and the units it takes; None where that is nobody."""
        have, uses = self.have[self.region[group]], self.uses[group]
        short, level = self.served[group] * (1 + EXACT), self.demand[group]
        used = [(kind, use) for kind, use in enumerate(uses) if use > 0]
        longest, stride = self.longest.get(group, 2**31), 1
        for kind, use in used:
            if self.whole[kind]:
                reach = int(min(use * self.demand[group] - have[kind], self._most(group, kind))) // STRIDES
                units, there = max(1, min(reach, longest)), have[kind] / use
                level = min(level, there if there > short and units == 1 else (have[kind] + units) / use)
                stride = max(stride, units)
        for kind, use in used:
            if not self.whole[kind] and have[kind] < level * use:
                level = min(level, (have[kind] + self._most(group, kind)) / use)
        if level <= short:
            return None
        taken = tuple(
            (kind, math.ceil(lacks * (1 - 1e-9)) if self.whole[kind] else lacks)
            for kind, use in used
            if (lacks := level * use - have[kind]) > EXACT * level * use
        )
        return _Step(level, taken, stride)

    def _most(self, group: int, kind: int) -> float:
        region = self.region[group]
        most = min(self.stock[kind], self.cap[region][kind])
        if self.space[kind] > 0:
            most = min(most, self.room[region] / self.space[kind])
        cost = self.cost[region][kind]
        return max(0.0, min(most, self.budget / cost) if cost > 0 else most)

    def _fits(self, group: int, step: _Step) -> bool:
        region = self.region[group]
        if any(units > min(self.stock[kind], self.cap[region][kind]) * (1 + EXACT) for kind, units in step.taken):
            return False
        costs = sum(units * self.cost[region][kind] for kind, units in step.taken)
        takes = sum(units * self.space[kind] for kind, units in step.taken)
        return costs <= self.budget * (1 + EXACT) and takes <= self.room[region] * (1 + EXACT)

    def _take(self, group: int, step: _Step) -> None:
        region = self.region[group]
        for kind, units in step.taken:
            self.have[region][kind] += units
            self.new[region][kind] += units
            self.cap[region][kind] -= units
            self.stock[kind] -= units
            self.budget -= units * self.cost[region][kind]
            self.room[region] -= units * self.space[kind]
        self.served[group] = step.served
