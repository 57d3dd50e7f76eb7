"""The most served where limits lie within limits, by sorting: every cell draws on one stock, every stock on one budget.

No solver: the cells that are worth most for what they take are served first, and where that ends is the price. Pure
numbers in and out, so that whoever has such a problem can ask: several resources that are needed independently of each
other, or a single one.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.water import at_level, water_level

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

ROUNDING = 1e-12
"""Share by which a limit may be missed, and by which the worth of two cells may differ and still count as equal."""

SAMPLE = 1_024
"""Cells drawn to guess where a limit ends; the guess is then checked by adding up."""


@dataclass(frozen=True)
class Cells:
    """Who can be served from which stock; a cell is a region's need of one resource."""

    value: Array
    """What serving a person counts for, at least 0, shape (n_cells,). [1]"""

    demand: Array
    """Persons of whom coverage is a share, at least 0, shape (n_cells,). [persons]"""

    lower: Array
    """Fewest that must be served out of the stock, at least 0, shape (n_cells,). [persons]"""

    upper: Array
    """Most that can be, finite; an end below the lower one counts as the lower one, shape (n_cells,). [persons]"""

    use: Array
    """What one person takes, above 0, shape (n_cells,). [units/person]"""

    resource: Integers
    """Which stock the cell draws on, 0 to n_resources - 1, shape (n_cells,)."""

    bottom: Array | float = 0.0
    """Served without the stock, by existing units, and counted in the coverage, shape (n_cells,). [persons]"""


@dataclass(frozen=True)
class Limits:
    """What there is for the cells."""

    stock: Array
    """At least 0, may be infinite, shape (n_resources,). [units]"""

    cost: Array
    """Cost of a unit, at least 0, shape (n_resources,). [money/unit]"""

    budget: float = math.inf
    """Most that all units may cost; infinite is no limit. [money]"""


@dataclass(frozen=True)
class Served:
    """The optimum and its proof."""

    amount: Array
    """Served out of the stocks, shape (n_cells,). [persons]"""

    price: Array
    """What one more unit of each stock is worth, at least 0, shape (n_resources,). [persons/unit]"""

    budget_price: float
    """What more budget is worth, at least 0. [persons/money]"""

    value: float
    """Persons served, each counted with the value of the cell. [persons]"""

    bound: float
    """What no plan can exceed, from the prices alone; the value but for rounding. [persons]"""


def most_served_in(cells: Cells, limits: Limits) -> Served:
    """Return the amounts that serve the most persons, each counted with the value of its cell.

    Parameters
    ----------
    cells : Cells
        Whose lower ends fit all limits.
    limits : Limits
        Costs are by resource: with costs by cell, stocks and budget would not lie within each other.

    Notes
    -----
    Within a stock the cells are served in the order of their value per unit, until the stock ends: the value per unit
    there is its cut-off. Out of what the stocks allow, the cells that cost something are then served in the order of
    their value per money, until the budget ends. That greedy order is optimal because the limits lie within each other
    (the plans are a polymatroid). The price of the budget is the value per money where it ends; the price of a stock is
    what its cut-off exceeds the budget's price for a unit by.

    Cells of equal worth at a cut-off share what is left by one level of coverage, lowest first, whatever their order.
    A price is what one more unit would be worth (less where a stock and the budget end at once): where all who need it
    have it, nothing. Cells of value 0 are served last, by what is left.

    References
    ----------
    .. [1] A. Federgruen, H. Groenevelt, The greedy procedure for resource allocation problems, Operations Research 34,
       1986.

    Examples
    --------
    >>> one, all_beds = np.ones(3), np.zeros(3, dtype=np.int64)
    >>> cells = Cells(np.array([1.0, 2.0, 1.0]), 10 * one, 0 * one, 10 * one, one, all_beds)
    >>> best = most_served_in(cells, Limits(np.array([16.0]), np.array([5.0])))
    >>> best.amount.tolist(), best.price.tolist(), best.value, best.bound
    ([3.0, 10.0, 3.0], [1.0], 26.0, 26.0)
    """
    upper = np.maximum(cells.lower, cells.upper)
    room, money = rooms(cells, limits)
    length = cells.use * (upper - cells.lower)
    worth = cells.value / cells.use
    most, cutoff = upper.copy(), np.zeros(room.size)
    for place in np.flatnonzero(np.bincount(cells.resource, length, room.size) > room * (1 + ROUNDING)).tolist():
        own = np.flatnonzero(cells.resource == place)
        cutoff[place] = _cut(cells, own, worth[own], cells.use[own], float(room[place]), most)
    costs = limits.cost[cells.resource] * cells.use
    budget_price = 0.0
    if float((costs * (most - cells.lower)).sum()) > money * (1 + ROUNDING):
        own = np.flatnonzero((costs > 0) & (most > cells.lower))
        budget_price = _cut(cells, own, cells.value[own] / costs[own], costs[own], money, most)
    # what the budget's price does not explain of a cut-off, but for rounding
    share = budget_price * limits.cost
    price = np.where(cutoff > share * (1 + ROUNDING), cutoff - share, 0.0)
    surplus = worth - (price + share)[cells.resource]
    terms = [float((cells.value * cells.lower).sum()), float((np.maximum(0.0, surplus) * length).sum())]
    prices, left = [*price.tolist(), budget_price], [*room.tolist(), money]
    terms += [charge * spare for charge, spare in zip(prices, left, strict=True) if charge]
    return Served(most, price, budget_price, float((cells.value * most).sum()), math.fsum(terms))


def rooms(cells: Cells, limits: Limits) -> tuple[Array, float]:
    """Return what the lower ends leave of every stock, shape (n_resources,) [units], and of the budget [money]."""
    placed = np.bincount(cells.resource, cells.use * cells.lower, limits.stock.size)
    return np.maximum(0.0, limits.stock - placed), max(0.0, limits.budget - float(limits.cost @ placed))


def _cut(cells: Cells, own: Integers, worth: Array, use: Array, room: float, most: Array) -> float:
    """Lower the most of a limit's own cells to what it has room for, and return the worth of the first to go short.

    Parameters
    ----------
    own : array
        Places of the cells that draw on the limit, shape (n_own,).
    worth, use : array
        Value of what the limit gives [persons/unit or persons/money], and what a person takes of it, shape (n_own,).
    room : float
        Less than all of them want. [units or money]
    most : array
        Changed in place, shape (n_cells,). [persons]
    """
    lower, upper = cells.lower[own], most[own]
    length = use * (upper - lower)
    cutoff = _first_short(worth, length, room * (1 + ROUNDING))
    before = worth > cutoff * (1 + ROUNDING)
    equal = np.flatnonzero(~before & (worth >= cutoff * (1 - ROUNDING)))
    amount = np.where(before, upper, lower)
    left = room - float((length * before).sum())
    amount[equal] = _one_level(cells, own[equal], use[equal], upper[equal], max(0.0, left))
    most[own] = amount
    return cutoff


def _first_short(worth: Array, length: Array, room: float) -> float:
    """Return the worth of the first cell, from the worthiest down, whose whole length does not fit any more.

    A sample says between which two worths it must lie; sums say whether that is so, and only the few cells in between
    are sorted. If the sample misleads, all of them are.
    """
    high, low = _likely(worth, length, room)
    above = float((length * (worth > high)).sum())
    between = np.flatnonzero((worth >= low) & (worth <= high))
    if not above <= room < above + float(length[between].sum()):
        above, between = 0.0, np.arange(worth.size)
    order = between[np.argsort(-worth[between])]
    place = int(np.searchsorted(above + np.cumsum(length[order]), room, side="right"))
    return float(worth[order[min(place, order.size - 1)]])


def _likely(worth: Array, length: Array, room: float) -> tuple[float, float]:
    """Return two worths between which that of the first cell to go short lies, very likely."""
    stride = max(1, worth.size // SAMPLE)
    order = np.argsort(-worth[::stride])
    sample, taken = worth[::stride][order], np.cumsum(length[::stride][order])
    place = int(np.searchsorted(taken, room * float(taken[-1]) / float(length.sum())))
    doubt = 2 * math.isqrt(sample.size)
    return float(sample[max(0, place - doubt)]), float(sample[min(sample.size - 1, place + doubt)])


def _one_level(cells: Cells, places: Integers, use: Array, upper: Array, left: float) -> Array:
    """Return the amounts of equally worthy cells, raised from their lower ends to one level of coverage."""
    lower = cells.lower[places]
    if places.size == 1:
        return np.minimum(upper, lower + left / use)
    room = left + float((use * lower).sum())
    bottom = np.broadcast_to(cells.bottom, cells.value.shape)[places]
    demand = cells.demand[places]
    level = water_level(use * demand, use * lower, use * upper, room, offset=use * bottom)
    return at_level(level, demand, lower, upper, offset=bottom)
