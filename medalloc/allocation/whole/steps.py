"""Every number of persons that a region can be served with before it takes one more unit: the steps it may choose."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import (
    CANCELLATION,
    floor_persons,
    most_persons,
    persons_with,
    rounded_up,
    units_for,
)
from medalloc.allocation.problem import Array, Problem

Integers = NDArray[np.int64]

EXACT = 1e-12
"""Share of a limit that its rounding may be when others are added to it."""

LIMITS = ((2_000, 2_000_000), (100, 8_000_000))
"""Steps of a region on average, and of all, up to which every one is looked at; of more, those near the best plan in
parts. Where regions have few, what lies near leaves out too much. A step takes some 110 bytes."""

NEAR = 4
"""Units on either side of what that plan gives a region, where only these are looked at."""

HALVINGS = 60
"""Halvings by which the room of a region is found."""


@dataclass(frozen=True, eq=False)
class Steps:
    """What each region may choose; its steps stand together, and the first is what its floor takes."""

    group: Integers
    """Place of the region, ascending, shape (n_steps,)."""

    served: Array
    """Ascending within a region, shape (n_steps,). [persons]"""

    units: Array
    """Fewest units for them, shape (n_steps, n_resources). [units]"""

    extra: Array
    """What is taken of every limit beyond the first step of the region, shape (n_steps, n_limits)."""

    room: Array
    """What the first steps leave of every limit, shape (n_limits,)."""

    are_all: bool
    """Whether no step was left out, so that what the best of them is worth bounds all plans."""

    @cached_property
    def starts(self) -> Integers:
        """Where the steps of every region begin, shape (n_regions,)."""
        return np.searchsorted(self.group, np.arange(int(self.group[-1]) + 1 if self.group.size else 0))

    @cached_property
    def lasts(self) -> Integers:
        """Where they end, shape (n_regions,)."""
        return np.append(self.starts[1:], self.group.size) - 1

    @cached_property
    def size(self) -> Array:
        """What counts as much of every limit, shape (n_limits,)."""
        return np.where(self.room > 0, self.room, 1.0)

    def best(self, worth: Array) -> Array:
        """Return the largest worth of any step of every region, shape (n_regions,)."""
        return np.asarray(np.maximum.reduceat(worth, self.starts)) if worth.size else worth

    def least(self, key: Array) -> Integers:
        """Return the first step of every region at which a key is least, shape (n_regions,)."""
        least = np.minimum.reduceat(key, self.starts)
        ties = np.flatnonzero(key <= least[self.group])
        return ties[np.searchsorted(self.group[ties], np.arange(least.size))]

    def below(self, served: Array) -> Integers:
        """Return the last step of every region that serves no more than this; its first one where none does."""
        under = np.flatnonzero(self.served <= served[self.group] * (1 + EXACT))
        last = np.searchsorted(self.group[under], np.arange(served.size), side="right") - 1
        found = under[np.maximum(last, 0)] if under.size else self.starts
        return np.where((last >= 0) & (self.group[found] == np.arange(served.size)), found, self.starts)

    def left(self, at: Integers) -> Array:
        """Return what these steps leave of every limit, shape (n_limits,)."""
        return np.asarray(self.room - self.extra[at].sum(axis=0))

    def fit(self, at: Integers) -> bool:
        """Whether these steps keep every limit."""
        return bool((self.left(at) >= -EXACT * self.size).all())


def steps_of(problem: Problem, near: Array | None = None) -> Steps:
    """Return the steps of every region of a feasible problem in which each takes what it needs in one way only.

    Parameters
    ----------
    problem : Problem
        Without locks; persons of every region need all resources they use.
    near : array of shape (n_regions,), optional
        Persons around whom steps are looked at where there are very many of them; all persons when left out.
    """
    low = units_for(problem, floor_persons(problem))
    top = most_in_whole(problem)
    high = units_for(problem, top)
    pure = (problem.whole | (problem.requirement == 0)).all(axis=1)
    first = np.where(pure, np.minimum(top, persons_with(problem, low)), floor_persons(problem))
    first = np.minimum(first, top)
    count = float((high - low)[:, problem.whole].sum())
    few = near is None or any(count <= min(each * first.size, most) for each, most in LIMITS)
    middle = None if near is None or few else np.clip(units_for(problem, near), low, high)
    rows = np.arange(first.size)
    groups, levels = [rows, rows], [first, top]
    for kind in range(len(problem.resources)):
        around = None if middle is None else middle[:, kind]
        of, level = _ends_of_units(problem, kind, low[:, kind], high[:, kind], around)
        within = (level > first[of]) & (level < top[of])
        groups.append(of[within])
        levels.append(level[within])
    group, served = np.concatenate(groups), np.concatenate(levels)
    order = np.lexsort((served, group))
    group, served = group[order], served[order]
    same = np.append((group[1:] == group[:-1]) & (served[1:] <= served[:-1] * (1 + EXACT)), False)
    return _with_room(problem, group[~same], served[~same], are_all=few)


def _ends_of_units(
    problem: Problem, kind: int, low: Array, high: Array, around: Array | None
) -> tuple[Integers, Array]:
    """Return the persons that numbers of units of a resource suffice for, and their regions.

    Every number from the lowest to the highest, or those around one, and ever fewer further from it.
    """
    use, there = problem.requirement[:, kind], problem.existing[:, kind]
    used = np.flatnonzero(use > 0)
    if not problem.whole[kind]:
        return used, there[used] / use[used]
    if around is not None:
        far = 4.0 ** np.arange(2, max(3.0, np.ceil(np.log(np.max(high - low, initial=1.0) + 1) / np.log(4.0))))
        offsets = np.concatenate([-far, np.arange(-NEAR, NEAR + 1), far])
        units = (around[used][:, None] + offsets).clip(low[used][:, None], high[used][:, None]).ravel()
        of = np.repeat(used, offsets.size)
        return of, (there[of] + units) / use[of]
    count = (high - low)[used].astype(np.int64) + 1
    of = np.repeat(used, count)
    place = np.arange(of.size) - np.repeat(np.cumsum(count) - count, count)
    return of, (there[of] + low[of] + place) / use[of]


def _with_room(problem: Problem, group: Integers, served: Array, *, are_all: bool) -> Steps:
    """Return the steps that what the first ones leave of every limit has room for."""
    gross = problem.requirement[group] * served[:, None]
    units = gross - problem.existing[group]
    units = np.where(units > CANCELLATION * gross, units, 0.0)
    units = np.where(problem.whole, rounded_up(units), units)
    takes, limit = units, np.where(problem.whole, np.floor(problem.stock * (1 + EXACT)), problem.stock)
    if problem.budget is not None:
        takes = np.column_stack([units, (units * problem.unit_cost[group]).sum(axis=1)])
        limit = np.append(limit, problem.budget * (1 + EXACT))
    starts = np.searchsorted(group, np.arange(problem.demand.size))
    room = np.maximum(0.0, limit - takes[starts].sum(axis=0))
    extra = takes - takes[starts][group]
    fits = (extra <= room * (1 + EXACT)).all(axis=1)
    fits[starts] = True
    matters = np.isfinite(room) & (extra[fits] > 0).any(axis=0)
    room, extra = room[matters], extra[fits][:, matters]
    return Steps(group[fits], served[fits], units[fits], extra, room, are_all)


def most_in_whole(problem: Problem) -> Array:
    """Return the persons that demand, caps and space let a region serve in whole units, shape (n_regions,)."""
    most = most_persons(problem.derived(cap=np.where(problem.whole, np.floor(problem.cap), problem.cap)))
    floor = np.minimum(floor_persons(problem), problem.demand)
    most = np.maximum(most, floor)
    if not (np.isfinite(problem.space).any() and problem.unit_space[problem.whole].any()):
        return np.asarray(most)

    def fits(persons: Array) -> NDArray[np.bool_]:
        return np.asarray(units_for(problem, persons) @ problem.unit_space <= problem.space * (1 + EXACT))

    low, high = np.where(fits(most), most, floor), most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = fits(middle)
        low, high = np.where(enough, middle, low), np.where(enough, high, middle)
    if not problem.whole.all():
        return low
    return np.asarray(np.minimum(most, np.maximum(low, persons_with(problem, units_for(problem, low)))))


def ranked(problem: Problem) -> Integers:
    """Return the rank of every region among those alike: the most people first, then by name, shape (n_regions,)."""
    size = problem.demand if problem.population is None else problem.population
    rank = np.empty(size.size, dtype=np.int64)
    rank[np.lexsort((np.array(problem.regions), -size))] = np.arange(size.size)
    return rank
