"""Goals that grow ever more slowly with coverage, by tangents: a linear program bounds them, and they close in."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from medalloc.allocation.problem import Array
from medalloc.allocation.program.found import Found, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.persons import Integers

ROUNDS = 60
"""Rounds of new tangents before the gap is told as it is."""

STEEPEST = 1e6
"""How many times steeper than at its unit a curve may be, so that no coefficient is lost beside another; whoever is
still less covered than there can hardly be anywhere but at the end of what is possible."""

WHOLE_ROUNDS = 3
"""The same where units are whole: each is a search of its own."""

GRID = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
"""Coverages at which the first tangents touch."""


@dataclass(frozen=True)
class Curve:
    """What coverage is worth: a concave function, and its slope."""

    worth: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    lowest: float
    """Coverage below which the curve goes on as its tangent there, above 0. [fraction]"""

    def tangents(self, coverage: Array) -> tuple[Array, Array]:
        """Return slope and intercept of the tangents that touch at these coverages."""
        touching = np.maximum(coverage, self.lowest)
        slope = self.slope(touching)
        return slope, self.worth(touching) - slope * touching


EQUAL = Curve(lambda u: -((1.0 - u) ** 2) / 2, lambda u: 1.0 - u, 1e-9)
"""The missing coverage counts by its square: of all plans that reach a goal, the most equal one is worth most."""


def alpha_curve(alpha: float, unit: float) -> Curve:
    """Return what an alpha-fair policy sees in coverage, measured so that at `unit` it is worth 0."""

    def worth(u: Array) -> Array:
        logs = np.log(u / unit)
        return np.asarray(logs if alpha == 1 else np.expm1((1 - alpha) * logs) / (1 - alpha))

    def slope(u: Array) -> Array:
        return np.asarray((u / unit) ** -alpha / unit)

    return Curve(worth, slope, unit * max(1e-3, STEEPEST ** (-1.0 / alpha)))


@dataclass(frozen=True, eq=False)
class Tangent:
    """The best point found and what no other can exceed."""

    found: Found
    value: float
    bound: float


def best_by_tangents(live: Live, curve: Curve, weight: Array, *, close: float, until: float = math.inf) -> Tangent:
    """Return the point that is worth most.

    Parameters
    ----------
    live : Live
        Its program; what is added to it stays there.
    curve : Curve
        Of the coverage of every group.
    weight : array of shape (n_groups,)
        What each group counts for; a group of weight 0, or without demand, counts for nothing.
    close : float
        Difference of bound and value, as a share of the weights' sum, that ends the search.
    until : float
        Reading of the clock at which it ends all the same.

    Raises
    ------
    NoPlanError, OutOfTimeError
        As `Live.run` does, in the first round.
    """
    demand = live.model.persons.demand
    groups = np.flatnonzero((weight > 0) & (demand > 0))
    share = weight[groups] / weight[groups].sum()
    most = curve.worth(np.ones(1))[0]
    worths = live.add_columns(np.full(groups.size, -np.inf), np.full(groups.size, most))
    goal = np.zeros(live.solver.getNumCol())
    goal[worths] = share
    for touching in np.unique(np.maximum(np.append(GRID, curve.lowest), curve.lowest)):
        _touch(live, curve, groups, worths, np.full(groups.size, touching))
    search = _Search(live, curve, groups, worths, goal, close, until)
    if not live.is_whole:
        return search.best(ROUNDS)
    # Parts of units show where the tangents must be, and bound what whole ones can reach.
    live.relax()
    bound = search.best(ROUNDS).bound
    live.relax(False)
    best = search.best(WHOLE_ROUNDS)
    return replace(best, bound=max(best.value, min(bound, best.bound)))


@dataclass(frozen=True, eq=False)
class _Search:
    live: Live
    curve: Curve
    groups: Integers
    worths: Integers
    goal: Array
    close: float
    until: float

    def best(self, rounds: int) -> Tangent:
        """Return the best point after at most so many rounds of solving and touching the curve where it was missed."""
        best: Tangent | None = None
        bound = math.inf
        for _ in range(rounds):
            try:
                found = self.live.run(self.goal, until=self.until)
            except OutOfTimeError:
                if best is None:
                    raise
                break
            coverage = np.clip(found.amounts[self.groups] / self.live.model.persons.demand[self.groups], 0.0, 1.0)
            slope, intercept = self.curve.tangents(coverage)
            real = slope * coverage + intercept
            value, bound = float(self.goal[self.worths] @ real), min(bound, found.bound)
            if best is None or value > best.value:
                best = Tangent(found, value, bound)
            wrong = found.amounts[self.worths] - real > self.close / 10
            if bound - best.value <= self.close or not wrong.any() or perf_counter() > self.until:
                break
            _touch(self.live, self.curve, self.groups[wrong], self.worths[wrong], coverage[wrong])
        if best is None:
            raise OutOfTimeError(bound)
        return Tangent(best.found, best.value, max(best.value, bound))


def _touch(live: Live, curve: Curve, groups: Integers, worths: Integers, coverage: Array) -> None:
    """Add a tangent for each of these groups: ``worth - slope * coverage <= intercept``."""
    slope, intercept = curve.tangents(coverage)
    per_column = live.size[groups] / live.model.persons.demand[groups]
    # rows of a large slope are scaled down, so that the tolerance is a share of what counts
    size = np.maximum(1.0, slope)
    rows = np.tile(np.arange(groups.size), 2)
    entries = np.concatenate([1.0 / size, -slope * per_column / size])
    shape = (groups.size, live.solver.getNumCol())
    matrix = csr_array((entries, (rows, np.concatenate([worths, groups]))), shape=shape)
    live.add_rows(matrix, np.full(groups.size, -np.inf), intercept / size)
