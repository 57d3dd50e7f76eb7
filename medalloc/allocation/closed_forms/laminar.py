"""The most served where limits lie within limits, by sorting: every cell draws on one stock, every stock on one budget.

No solver: the cells that are worth most for what they take are served first, and where that ends is the price. Pure
numbers in and out, so that whoever has such a problem can ask: several resources that are needed independently of each
other, or a single one.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.water import at_level, water_level

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ROUNDING = 1e-12
"""Share by which a limit may be missed, and by which the worth of two cells may differ and still count as equal."""


@dataclass(frozen=True)
class Cells:
    """Who can be served from which stock; a cell is a region's need of one resource.

    Every array has the shape (n_resources, n_regions), so that all that draw on one stock lie together. A region that
    needs nothing of a resource has nobody to serve there.
    """

    value: Array
    """What serving a person counts for, at least 0. [1]"""

    demand: Array
    """Persons of whom coverage is a share, at least 0. [persons]"""

    lower: Array
    """Fewest that must be served out of the stock, at least 0. [persons]"""

    upper: Array
    """Most that can be, finite; an end below the lower one counts as the lower one. [persons]"""

    use: Array
    """What one person takes, above 0. [units/person]"""

    bottom: Array
    """Served without the stock, by existing units, and counted in the coverage. [persons]"""

    def of(self, resource: int) -> "Cells":
        """Return the cells that draw on one stock, in a row."""
        return Cells(**{name: every[resource] for name, every in vars(self).items()})


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
    """Served out of the stocks, shape (n_resources, n_regions). [persons]"""

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
    >>> one = np.ones((1, 3))
    >>> cells = Cells(np.array([[1.0, 2.0, 1.0]]), 10 * one, 0 * one, 10 * one, one, 0 * one)
    >>> best = most_served_in(cells, Limits(np.array([16.0]), np.array([5.0])))
    >>> best.amount.tolist(), best.price.tolist(), best.value, best.bound
    ([[3.0, 10.0, 3.0]], [1.0], 26.0, 26.0)
    """
    most = np.maximum(cells.lower, cells.upper)
    room, money = rooms(cells, limits)
    length = cells.use * (most - cells.lower)
    worth, wanted = cells.value / cells.use, length.sum(axis=1)
    cutoff, budget_price = np.zeros(room.size), 0.0
    for place in np.flatnonzero(wanted > room * (1 + ROUNDING)).tolist():
        most[place], cutoff[place] = _cut(cells.of(place), worth[place], length[place], float(room[place]))
    costs = limits.cost[:, None] * cells.use
    spent = costs * (most - cells.lower)
    if float(spent.sum()) > money * (1 + ROUNDING):
        # whoever costs nothing is kept before all others
        dear = np.divide(cells.value, costs, out=np.full_like(costs, np.inf), where=spent > 0)
        row = Cells(**{name: each.ravel() for name, each in vars(replace(cells, upper=most, use=costs)).items()})
        amount, budget_price = _cut(row, dear.ravel(), spent.ravel(), money)
        most = amount.reshape(most.shape)
    # what the budget's price does not explain of a cut-off, but for rounding
    share = budget_price * limits.cost
    price = np.where(cutoff > share * (1 + ROUNDING), cutoff - share, 0.0)
    surplus = worth - (price + share)[:, None]
    terms = [float((cells.value * cells.lower).sum()), float((np.maximum(0.0, surplus) * length).sum())]
    prices, left = [*price.tolist(), budget_price], [*room.tolist(), money]
    terms += [charge * spare for charge, spare in zip(prices, left, strict=True) if charge]
    return Served(most, price, budget_price, float((cells.value * most).sum()), math.fsum(terms))


def most_persons_in(cells: Cells, limits: Limits) -> float:
    """Return the most persons that can be served, whoever they are, where all who draw on a stock take the same of it.

    Examples
    --------
    >>> one = np.ones((1, 2))
    >>> cells = Cells(one, 10 * one, 0 * one, 10 * one, 0.5 * one, 0 * one)
    >>> most_persons_in(cells, Limits(np.array([9.0]), np.array([2.0]), budget=8.0))
    8.0
    """
    room, money = rooms(cells, limits)
    more = np.maximum(0.0, cells.upper - cells.lower)
    use = np.max(cells.use, axis=1, where=more > 0, initial=0.0)
    fits = np.divide(room, use, out=np.full(room.size, np.inf), where=use > 0)
    served = float(cells.lower.sum() + cells.bottom.sum())
    # out of what the stocks allow, those who cost the least come first
    persons = np.minimum(more.sum(axis=1), fits)
    for cost, most in sorted(zip((limits.cost * use).tolist(), persons.tolist(), strict=True)):
        able = min(most, money / cost) if cost > 0 else most
        served, money = served + able, max(0.0, money - cost * able)
    return served


def rooms(cells: Cells, limits: Limits) -> tuple[Array, float]:
    """Return what the lower ends leave of every stock, shape (n_resources,) [units], and of the budget [money]."""
    placed = (cells.use * cells.lower).sum(axis=1)
    return np.maximum(0.0, limits.stock - placed), max(0.0, limits.budget - float(limits.cost @ placed))


def _cut(cells: Cells, worth: Array, length: Array, room: float) -> tuple[Array, float]:
    """Return the most that can be served of all who draw on a limit, and the worth of the first to go short.

    Parameters
    ----------
    cells : Cells
        In a row, shape (n_own,); what they use is of this limit.
    worth, length : array
        Value of what the limit gives [persons/unit or persons/money], and what all above the lower end take of it
        [units or money], shape (n_own,).
    room : float
        Less than all of them want. [units or money]
    """
    order = np.argsort(-worth)
    place = int(np.searchsorted(np.cumsum(length[order]), room * (1 + ROUNDING), side="right"))
    cutoff = float(worth[order[min(place, order.size - 1)]])
    before = worth > cutoff * (1 + ROUNDING)
    equal = np.flatnonzero(~before & (worth >= cutoff * (1 - ROUNDING)))
    amount = np.where(before, np.maximum(cells.lower, cells.upper), cells.lower)
    amount[equal] = _one_level(cells, equal, max(0.0, room - float((length * before).sum())))
    return amount, cutoff


def _one_level(cells: Cells, places: NDArray[np.intp], left: float) -> Array:
    """Return the amounts of equally worthy cells, raised from their lower ends to one level of coverage."""
    each = (cells.lower, np.maximum(cells.lower, cells.upper), cells.use, cells.demand, cells.bottom)
    lower, upper, use, demand, bottom = (every[places] for every in each)
    if places.size == 1:
        return np.minimum(upper, lower + left / use)
    room = left + float((use * lower).sum())
    level = water_level(use * demand, use * lower, use * upper, room, offset=use * bottom)
    return at_level(level, demand, lower, upper, offset=bottom)
