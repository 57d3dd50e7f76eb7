"""What one more person costs, region by region: the served range cut where an existing resource runs out."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import floor_persons, most_persons, persons_by, units_for
from medalloc.allocation.problem import Array, Problem

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """Stretches of the served range, within each of which every person uses up the same placed resources.

    From bottom to top a region's pieces use up more and more resources and count for the same, so filling them from
    the bottom is cheapest and no order has to be enforced: the coupled program becomes one with a row per limit.
    """

    region: Integers
    """Place of the region, shape (n_pieces,)."""

    bottom: Array
    """Persons served below the piece, shape (n_pieces,). [persons]"""

    length: Array
    """Persons it can serve, above 0, shape (n_pieces,). [persons]"""

    kind: Integers
    """Which kind each piece is of, shape (n_pieces,)."""

    kind_value: Array
    """What a person counts for, by kind, shape (n_kinds,)."""

    kind_length: Array
    """Persons all pieces of the kind can serve, shape (n_kinds,). [persons]"""

    uses: Array
    """What a person of each kind takes from every limit, shape (n_limits, n_kinds): stocks, then the budget if any."""


@dataclass(frozen=True)
class Start:
    """Where choosing begins: everybody whom the floors demand or existing units serve alone."""

    served: Array
    """Shape (n_regions,). [persons]"""

    room: Array
    """What is left of every limit, shape (n_limits,): stocks [units], then the budget if there is one [money]."""


def start_of(problem: Problem) -> Start:
    """Return what is served without a choice, and what that leaves."""
    floor, most = floor_persons(problem), most_persons(problem)
    alone = persons_by(problem, problem.existing).min(axis=1)
    served = np.maximum(floor, np.minimum(alone, most))
    need = units_for(problem, floor)
    # Sums that do not depend on the order of the regions, so that the plan does not either.
    placed = np.array([math.fsum(column) for column in need.T.tolist()])
    room = problem.stock - placed
    if problem.budget is not None:
        room = np.append(room, problem.budget - math.fsum((need * problem.unit_cost).ravel().tolist()))
    return Start(served, np.maximum(0.0, room))


def pieces_of(problem: Problem, start: Start) -> Pieces:
    """Return every piece above the start, and the kinds they fall into: same value, same resources used up."""
    top = np.maximum(start.served, most_persons(problem))
    ends = np.clip(persons_by(problem, problem.existing), start.served[:, None], top[:, None])
    order = np.argsort(ends, axis=1, kind="stable")
    cuts = np.concatenate([np.take_along_axis(ends, order, axis=1), top[:, None]], axis=1)
    # The piece above a cut uses up every resource whose existing units end at or below that cut.
    masks = np.cumsum(np.int64(1) << order.astype(np.int64), axis=1)
    lengths = np.diff(cuts, axis=1)
    region, step = np.nonzero(lengths > 0)
    length, mask = lengths[region, step], masks[region, step]
    keys: tuple[Array | Integers, ...] = (mask, problem.value[region])
    if not problem.is_uniform:
        keys = (*_uses(problem, region, mask), problem.value[region])
    kind, first = _kinds(keys)
    return Pieces(
        region=region,
        bottom=cuts[region, step],
        length=length,
        kind=kind,
        kind_value=problem.value[region][first],
        kind_length=sums_by(kind, length, first.size),
        uses=_uses(problem, region[first], mask[first]),
    )


def sums_by(group: Integers, amounts: Array, count: int) -> Array:
    """Return the sum of the amounts in every group, the same to the last bit for any order of the pieces."""
    order = np.lexsort((amounts, group))
    starts = np.searchsorted(group[order], np.arange(count))
    return np.add.reduceat(amounts[order], starts) if amounts.size else np.zeros(count)


def _kinds(keys: tuple[Array | Integers, ...]) -> tuple[Integers, Integers]:
    """Return the kind of every piece, and a piece of every kind; pieces of one kind agree in every key."""
    size = keys[0].size
    order = np.lexsort(keys)
    changes = np.any([np.diff(key[order]) != 0 for key in keys], axis=0)
    kind = np.empty(size, dtype=np.int64)
    kind[order] = np.concatenate([[0], np.cumsum(changes)])[:size]
    return kind, order[np.concatenate([[True], changes])[:size]]


def _uses(problem: Problem, region: Integers, mask: Integers) -> Array:
    """Return what one person of a region takes from every limit if these resources are used up."""
    used = (mask[:, None] >> np.arange(len(problem.resources))) & 1
    units = used * problem.requirement[region]
    if problem.budget is None:
        return units.T
    return np.column_stack([units, (units * problem.unit_cost[region]).sum(axis=1)]).T
