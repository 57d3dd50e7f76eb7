"""Between what the columns of a program lie: far enough apart for every price, and near enough for every tolerance."""

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.layout import Layout
from medalloc.allocation.program.persons import Persons

BEYOND = 100.0
"""How many times more than there is a column may take, so that no price hides behind its end."""


def column_ends(problem: Problem, layout: Layout, persons: Persons, *, roomy: bool) -> tuple[Array, Array]:
    """Return ends that are finite, so that any prices bound what can be reached."""
    lower, upper = np.zeros(layout.columns), np.zeros(layout.columns)
    lower[layout.served], upper[layout.served] = np.minimum(persons.floor, persons.demand), persons.demand
    settled, movable = ~np.isnan(problem.locked), list(layout.movable)
    locked = np.where(settled, problem.locked, 0.0)
    lower[layout.new] = locked
    need = _needed(problem, persons)
    for place, (helper, other) in enumerate(layout.helps):
        upper[layout.helped[:, place]] = need[:, other] / problem.resources[helper].productivity
    cap = np.full_like(problem.cap, np.inf) if roomy else problem.cap
    useful = _useful(problem, layout, need)
    if not roomy:
        # a tolerance is a share of the end of its column, which must not be far beyond what there is
        useful = np.minimum(useful, _affordable(problem))
        upper[layout.served] = _within_reach(problem, layout, persons)
    upper[layout.new] = np.maximum(locked, np.where(settled & (not roomy), locked, np.minimum(cap, useful)))
    whole = problem.whole[movable]
    goes = np.maximum(0.0, problem.existing - problem.staying)[:, movable]
    there = np.where(settled[:, movable], 0.0, goes)
    there = np.where(whole, np.floor(there * (1 + 1e-12)), there)
    elsewhere = there.sum(axis=0) - there
    takes = np.where(settled[:, movable] & (not roomy), 0.0, np.minimum(cap[:, movable], elsewhere))
    # beside a region that takes little, or a small budget, what all others have is far too much
    takes = np.minimum(takes, most_coming(problem, layout, persons)[:, movable])
    there = np.minimum(there, takes.sum(axis=0))
    if not roomy:
        there = np.minimum(there, _payable(problem, layout))
    upper[layout.taken], upper[layout.given] = takes, there
    return lower, upper


def most_coming(problem: Problem, layout: Layout, persons: Persons) -> Array:
    """Return the units that may have to come to a region at most, shape (n_regions, n_resources). [units].

    Where space is limited, units may go elsewhere to make room, whether or not they are of use there.
    """
    crowded = np.isfinite(problem.space).any() & (problem.unit_space > 0)
    return np.where(crowded, np.inf, _useful(problem, layout, _needed(problem, persons)))


def _useful(problem: Problem, layout: Layout, need: Array) -> Array:
    """Return what could be of use to a region at most, which is no limit: no price must hide behind a column's end."""
    useful = need + problem.existing
    for helper, other in layout.helps:
        useful[:, helper] += need[:, other] / problem.resources[helper].productivity
    return np.asarray(np.where(problem.whole, np.ceil(useful), useful))


def _affordable(problem: Problem) -> Array:
    """Return far more units than stock and budget would let a region have, shape (n_regions, n_resources)."""
    most = np.minimum(np.where(problem.stock > 0, BEYOND * problem.stock, 1.0), _paid(problem, problem.unit_cost))
    return np.where(problem.whole, np.maximum(most, 1.0), most)


def _payable(problem: Problem, layout: Layout) -> Array:
    """Return far more units than the budget would let be moved, shape (n_movable,)."""
    most = _paid(problem, np.array([problem.resources[place].move_cost for place in layout.movable]))
    return np.where(problem.whole[list(layout.movable)], np.maximum(np.floor(most), 1.0), most)


def _paid(problem: Problem, cost: Array) -> Array:
    """Return far more units than the budget would pay for at these costs; without one, as many as there may be."""
    if not problem.budget:
        return np.full(cost.shape, np.inf)
    return np.asarray(np.divide(BEYOND * problem.budget, cost, out=np.full(cost.shape, np.inf), where=cost > 0))


def _within_reach(problem: Problem, layout: Layout, persons: Persons) -> Array:
    """Return the persons in every group, or, where these are fewer, far more than all there is would serve."""
    if layout.helps:
        return persons.demand
    there = problem.stock + problem.existing.sum(axis=0)
    uses = persons.uses
    ends = np.divide(BEYOND * there, uses, out=np.full(uses.shape, np.inf), where=uses > 0).min(axis=1, initial=np.inf)
    return np.minimum(persons.demand, np.where(ends > 0, np.maximum(ends, persons.floor), np.inf))


def _needed(problem: Problem, persons: Persons) -> Array:
    """Return the units with which everybody in a region would be served, shape (n_regions, n_resources). [units]."""
    need = np.zeros(problem.existing.shape)
    np.add.at(need, persons.region, persons.uses * persons.demand[:, None])
    return need
