"""The plan that leaves the worst-off as well off as whole units can, then the next: one level after the other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import floor_persons, persons_by, persons_with, units_for
from medalloc.allocation.closed_forms.max_min import limit_rows
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.whole.steps import EXACT, Integers, most_in_whole, ranked

HALVINGS = 56
"""Halvings by which a level is found."""

NEAR = 1e-9
"""Share of a level below which two are the same."""

BEYOND = 4e-9
"""How far above what his units suffice for somebody is put to get one more, as a share."""


@dataclass(frozen=True, eq=False)
class _Rising:
    """How far regions may still rise; changed in place."""

    problem: Problem
    lower: Array
    """Persons that are served in any case, shape (n_regions,)."""

    upper: Array
    """Most persons, shape (n_regions,)."""

    top: Array
    """The same before anything was used up, shape (n_regions,)."""

    limits: Array
    """Shape (n_limits,)."""

    weights: Array
    """What a unit takes of every limit, shape (n_limits, n_regions, n_resources)."""

    def units(self, level: float) -> Array:
        """Return the units with which everybody has this coverage or all he may have."""
        persons = np.clip(level * self.problem.demand, self.lower, self.upper)
        return units_for(self.problem, persons)

    def left(self, units: Array) -> Array:
        """Return what these units leave of every limit, shape (n_limits,)."""
        kinds = units.shape[1]
        taken = units.sum(axis=0)
        if self.limits.size > kinds:
            taken = np.append(taken, (self.weights[kinds] * units).sum())
        return np.asarray(self.limits - taken)

    def highest(self, level: float) -> float:
        """Return the highest level from this one on that fits."""
        low, high = level, 1.0
        if self.fits(high):
            return high
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.fits(middle) else (low, middle)
        return low

    def fits(self, level: float) -> bool:
        """Whether a level keeps every limit."""
        return bool((self.left(self.units(level)) >= -self.slack).all())

    @property
    def slack(self) -> Array:
        """Return what rounding may take of every limit, shape (n_limits,)."""
        return EXACT * np.maximum(1.0, self.limits)


def level_by_level_in_whole(problem: Problem) -> tuple[Array, float]:
    """Return the persons served in the max-min plan, shape (n_regions,), and the lowest coverage, which is proved.

    Notes
    -----
    What a level of coverage takes is known exactly: of every resource the units for it, rounded up. So the highest
    level that fits is found by halving. There whoever needs one unit more gets it while it lasts, first those whom it
    lifts highest. Of what no unit is left of, nobody gets more; the level rises on for the others. One resource is
    shared out in this way as no other plan can do better for the worst-off, then the next, and so on.
    """
    rising = _begun(problem)
    level = lowest = rising.highest(0.0)
    while level < 1.0 and _passed(rising, level):
        level = rising.highest(level)
    return np.minimum(rising.top, persons_with(problem, rising.units(level))), lowest


def _begun(problem: Problem) -> _Rising:
    limits, weights = limit_rows(problem)
    limits = limits.copy()
    limits[: problem.whole.size] = np.where(problem.whole, np.floor(problem.stock * (1 + EXACT)), problem.stock)
    floor = np.minimum(floor_persons(problem), problem.demand)
    top = np.maximum(floor, most_in_whole(problem))
    return _Rising(problem, floor, top.copy(), top, limits, weights)


def _passed(rising: _Rising, level: float) -> bool:
    """Let those at a level who can have one unit more pass it, and hold the others; whether that changed anything."""
    problem, there = rising.problem, level * rising.problem.demand
    units = rising.units(level)
    suffice = persons_by(problem, problem.existing + units)
    ends = suffice.min(axis=1)
    beyond = (1 + NEAR) * there
    at = np.flatnonzero((rising.upper > beyond) & (rising.lower <= beyond) & (ends <= beyond))
    lacks = problem.whole & (problem.requirement > 0) & (suffice <= (1 + NEAR) * ends[:, None])
    passing = _who_passes(rising, at, units, lacks)
    held = np.setdiff1d(at, passing)
    rising.lower[passing] = np.maximum(ends * (1 + BEYOND), BEYOND * problem.demand)[passing]
    before = rising.upper.copy()
    rising.upper[held] = np.minimum(rising.upper, np.maximum(rising.lower, ends))[held]
    _hold(rising, level)
    return bool(passing.size or (rising.upper < before).any())


def _who_passes(rising: _Rising, at: Integers, units: Array, lacks: NDArray[np.bool_]) -> Integers:
    """Return those for whom a unit of everything they lack is left, those whom it lifts highest first."""
    problem = rising.problem
    more = persons_by(problem, problem.existing + units + lacks)[at]
    lift = np.where(problem.whole, more, np.inf).min(axis=1) / np.where(problem.demand > 0, problem.demand, 1.0)[at]
    order = at[np.lexsort((ranked(problem)[at], -np.round(np.minimum(lift, 1.0), 9)))]
    order = order[lacks[order].any(axis=1)]
    takes = np.einsum("lok,ok->ol", rising.weights[:, order], lacks[order].astype(np.float64))
    left, passing = rising.left(units) + rising.slack, []
    while order.size:
        fits = (np.cumsum(takes, axis=0) <= left).all(axis=1)
        first = order.size if fits.all() else int(fits.argmin())
        passing.append(order[:first])
        left = left - takes[:first].sum(axis=0)
        order, takes = order[first:], takes[first:]
        still = (takes <= left).all(axis=1)
        order, takes = order[still], takes[still]
    return np.concatenate(passing) if passing else order


def _hold(rising: _Rising, level: float) -> None:
    """Lower the upper ends of whoever would need more of what is used up to what he has of it."""
    problem, units = rising.problem, rising.units(level)
    kinds = problem.whole.size
    left, smallest = rising.left(units), np.where(problem.whole, 1.0, 0.0)
    gone = np.broadcast_to(left[:kinds] < smallest - rising.slack[:kinds] * problem.whole, units.shape)
    gone = gone | (~problem.whole & (left[:kinds] <= NEAR * rising.limits[:kinds]))
    if left.size > kinds:
        cost, money = problem.unit_cost, left[-1]
        dear = np.where(
            problem.whole, cost > money + rising.slack[-1], (cost > 0) & (money <= NEAR * rising.limits[-1])
        )
        gone = gone | dear
    suffice = np.where(gone, persons_by(problem, problem.existing + units), np.inf).min(axis=1)
    np.minimum(rising.upper, np.maximum(rising.lower, suffice), out=rising.upper)
