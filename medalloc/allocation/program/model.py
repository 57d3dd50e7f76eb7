"""A problem as a linear program: its columns, its rows, and the ends of both."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units
from medalloc.allocation.program.column_ends import column_ends
from medalloc.allocation.program.layout import Layout, layout_of
from medalloc.allocation.program.persons import Integers, Persons, persons_of
from medalloc.allocation.program.rows import Rows

COUNTABLE = 1e5
"""Whole units in a region up to which one more or less is looked at. [units]"""


@dataclass(frozen=True, eq=False)
class Ends:
    """Between what columns and rows must lie."""

    column_lower: Array
    column_upper: Array
    row_lower: Array
    row_upper: Array


@dataclass(frozen=True, eq=False)
class Model:
    """The program of a problem, in its own units; an objective is added by whoever asks."""

    problem: Problem
    """What is asked."""

    persons: Persons
    """Who is to be served."""

    layout: Layout
    """Which columns mean what."""

    matrix: csc_array
    """Shape (n_rows, n_columns)."""

    ends: Ends
    """Of columns and rows."""

    whole: NDArray[np.bool_]
    """Whether a whole number has to be searched for in a column, shape (n_columns,)."""

    in_units: NDArray[np.bool_]
    """Whether a column counts whole units, shape (n_columns,); where there can be more than `COUNTABLE` of them, a
    part of one is too little to search for, and is cut off afterwards."""

    rows: dict[str, Integers]
    """Rows by what they limit: ``bundle`` (n_regions * n_resources), ``stock`` (n_resources), ``moved`` and
    ``movable`` (n_movable each), ``share`` (n_regions * n_helps), ``budget`` (0 or 1), ``space`` (regions with a
    limit), ``cap`` (of movable resources) and ``locked`` (locked cells, where columns leave room)."""

    @cached_property
    def sizes(self) -> Array:
        """How large a column is taken to be, so that the solver's tolerance is a share of it, shape (n_columns,)."""
        size = np.where(np.isfinite(self.ends.column_upper), self.ends.column_upper, 0.0)
        return np.where(self.whole | (size <= 0), 1.0, size)


def model_of(problem: Problem, *, roomy: bool = False) -> Model:
    """Return the program of a problem.

    Parameters
    ----------
    problem : Problem
        Locks included.
    roomy : bool
        Whether columns leave room to exceed stocks, caps and locks, so that only rows limit them.

    Notes
    -----
    ``sum of uses * served + given + standing in <= existing + new + taken + productivity * stood in for`` for every
    region and resource: the bundle. Units that are given go somewhere: of every resource, as many are taken.
    """
    layout, persons = layout_of(problem), persons_of(problem)
    if roomy:
        # what must give way is a share of what the floors take, however many more there are
        persons = replace(persons, demand=np.minimum(persons.floor, persons.demand))
    rows = Rows()
    _bundle(rows, problem, layout, persons)
    _shares(rows, problem, layout, persons)
    # what is locked may be more than there is by rounding
    held = np.zeros_like(problem.existing) if roomy else locked_units(problem)
    lower, upper = column_ends(problem, layout, persons, roomy=roomy)
    _stocks(rows, problem, layout, held)
    # what is locked has to find room where what is there already can make it
    filled = held @ problem.unit_space - upper[layout.given] @ problem.unit_space[list(layout.movable)]
    _regional(rows, problem, layout, np.maximum(problem.space, filled), roomy=roomy)
    in_units = _whole(problem, layout)
    return Model(
        problem=problem,
        persons=persons,
        layout=layout,
        matrix=rows.matrix(layout.columns),
        ends=Ends(lower, upper, np.concatenate(rows.lower), np.concatenate(rows.upper)),
        whole=in_units & (upper <= COUNTABLE),
        in_units=in_units,
        rows=rows.named,
    )


def _at_most(upper: Array) -> tuple[Array, Array]:
    return np.full(upper.shape, -np.inf), upper


def _bundle(rows: Rows, problem: Problem, layout: Layout, persons: Persons) -> None:
    n, kinds = problem.existing.shape
    numbers = rows.block("bundle", *_at_most(problem.existing.ravel())).reshape(n, kinds)
    rows.put(numbers[persons.region], layout.served[:, None], persons.uses)
    rows.put(numbers, layout.new, -1.0)
    movable = list(layout.movable)
    rows.put(numbers[:, movable], layout.taken, -1.0)
    rows.put(numbers[:, movable], layout.given, 1.0)
    for place, (helper, other) in enumerate(layout.helps):
        rows.put(numbers[:, helper], layout.helped[:, place], 1.0)
        rows.put(numbers[:, other], layout.helped[:, place], -problem.resources[helper].productivity)


def _shares(rows: Rows, problem: Problem, layout: Layout, persons: Persons) -> None:
    """Let what stands in for a resource do no more than its share of what the served persons need of it."""
    n, helps = problem.existing.shape[0], len(layout.helps)
    numbers = rows.block("share", *_at_most(np.zeros(n * helps))).reshape(n, helps)
    for place, (helper, other) in enumerate(layout.helps):
        one = problem.resources[helper]
        rows.put(numbers[:, place], layout.helped[:, place], one.productivity)
        rows.put(numbers[persons.region, place], layout.served, -one.stand_in_share * persons.uses[:, other])


def _stocks(rows: Rows, problem: Problem, layout: Layout, held: Array) -> None:
    rows.put(rows.block("stock", *_at_most(np.maximum(problem.stock, held.sum(axis=0))))[None, :], layout.new, 1.0)
    movable = list(layout.movable)
    moved = rows.block("moved", np.zeros(len(movable)), np.zeros(len(movable)))
    rows.put(moved[None, :], layout.taken, 1.0)
    rows.put(moved[None, :], layout.given, -1.0)
    share = np.array([problem.resources[place].movable for place in movable])
    most = rows.block("movable", *_at_most(share * problem.existing[:, movable].sum(axis=0)))
    rows.put(most[None, :], layout.given, 1.0)
    if problem.budget is not None:
        budget = rows.block("budget", *_at_most(np.array([max(problem.budget, (held * problem.unit_cost).sum())])))
        rows.put(budget, layout.new, problem.unit_cost)
        move_cost = np.array([problem.resources[place].move_cost for place in movable])
        rows.put(budget, layout.given, np.broadcast_to(move_cost, layout.given.shape))


def _regional(rows: Rows, problem: Problem, layout: Layout, most_space: Array, *, roomy: bool) -> None:
    """Space for what comes less what goes, and caps on what comes where it comes in two ways."""
    limited, movable = np.flatnonzero(np.isfinite(problem.space)), list(layout.movable)
    space = rows.block("space", *_at_most(most_space[limited]))[:, None]
    rows.put(space, layout.new[limited], problem.unit_space)
    rows.put(space, layout.taken[limited], problem.unit_space[movable])
    rows.put(space, layout.given[limited], -problem.unit_space[movable])
    moves = np.isin(np.arange(layout.kinds), movable)
    capped, settled = np.isfinite(problem.cap) & (moves | roomy), ~np.isnan(problem.locked) & roomy
    for name, most, which in (("cap", problem.cap, capped), ("locked", problem.locked, settled)):
        region, place = np.nonzero(which)
        numbers, both = rows.block(name, *_at_most(most[region, place])), moves[place]
        rows.put(numbers, layout.new[region, place], 1.0)
        rows.put(numbers[both], layout.taken[region[both], (np.cumsum(moves) - 1)[place[both]]], 1.0)


def _whole(problem: Problem, layout: Layout) -> NDArray[np.bool_]:
    whole = np.zeros(layout.columns, dtype=np.bool_)
    whole[layout.new] = problem.whole
    whole[layout.taken] = whole[layout.given] = problem.whole[list(layout.movable)]
    return whole


def goal_of(model: Model, value: Array) -> Array:
    """Return what every column counts for, if a served person of each group counts for this, shape (n_columns,)."""
    goal = np.zeros(model.layout.columns)
    goal[model.layout.served] = value
    return goal
