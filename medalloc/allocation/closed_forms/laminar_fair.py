"""The alpha-fair amounts where limits lie within limits: a water level for every stock, below one for the budget."""

import math
from dataclasses import dataclass, replace

import numpy as np

from medalloc.allocation.closed_forms.laminar import ROUNDING, Array, Cells, Limits, Mask
from medalloc.allocation.closed_forms.water import at_level, water_level

WIDEST = 600.0
"""Largest logarithm of how many times faster one cell may rise than another, so that no speed is lost to rounding."""


@dataclass(frozen=True)
class Fair:
    """The optimum and its proof."""

    amount: Array
    """Served out of the stocks, shape (n_resources, n_regions). [persons]"""

    price: Array
    """What one more unit of each stock is worth, in terms of the sum that is maximised, shape (n_resources,)."""

    budget_price: float
    """What more budget is worth, likewise."""

    level: Array
    """Behind the prices: of the stocks, then of the budget; infinite where nothing is short, (n_resources + 1,)."""

    gap: float
    """What no plan's sum exceeds that of this one by: the price of what is left over. Rounding, or 0."""


def alpha_fair_in(cells: Cells, limits: Limits, alpha: float) -> Fair:
    """Return the amounts that maximise ``sum(value * demand * U(coverage))``.

    Parameters
    ----------
    cells : Cells
        Whose lower ends fit all limits.
    limits : Limits
        As for `most_served_in`.
    alpha : float
        Above 0; U(u) is ``u ** (1 - alpha) / (1 - alpha)``, and the logarithm at 1.

    Raises
    ------
    ValueError
        If the values differ so much for so small an alpha that speeds are no floats.

    Notes
    -----
    At a price p of what a person takes, a cell wants ``demand * (value / p) ** (1 / alpha)``, within its ends. So all
    cells of a stock rise with one level, ``p ** (-1 / alpha)`` of its unit, until the stock is used up. Where that
    costs more than the budget, one level of money rises instead, below which every stock's own stays where it is lower.
    Each is found exactly by one sort, and the prices that belong to the levels prove that nothing is better. Cells of
    value 0 share what the others leave, as if they all counted the same.

    Examples
    --------
    >>> one = np.ones((1, 2))
    >>> cells = Cells(np.array([[1.0, 4.0]]), 10 * one, 0 * one, 10 * one, one, 0 * one)
    >>> alpha_fair_in(cells, Limits(np.array([9.0]), np.array([0.0])), 2.0).amount.round(9).tolist()
    [[3.0, 6.0]]
    """
    counts = cells.value > 0
    fair = _risen(cells, limits, alpha, counts, cells.value, cells.lower)
    if counts.all():
        return fair
    return replace(fair, amount=_risen(cells, limits, alpha, ~counts, np.ones_like(cells.value), fair.amount).amount)


def worst_off_first_in(cells: Cells, limits: Limits) -> Array:
    """Return the lexicographic max-min amounts, to which those of rising alphas go, whatever the values."""
    everyone = np.ones(cells.value.shape, dtype=np.bool_)
    return _levels(cells, limits, math.inf, everyone, cells.demand, cells.lower)[0]


def _risen(cells: Cells, limits: Limits, alpha: float, chosen: Mask, value: Array, amount: Array) -> Fair:
    """Return the amounts with the chosen cells risen, and the prices that stop them."""
    speed, heaviest = _speeds(cells, alpha, chosen, value)
    risen, level, money = _levels(cells, limits, alpha, chosen, speed, amount)
    with np.errstate(divide="ignore"):
        budget_price, own_price = float(heaviest * np.float64(money) ** -alpha), heaviest * level**-alpha
    share = np.multiply(limits.cost, budget_price, out=np.zeros_like(own_price), where=limits.cost > 0)
    price = np.subtract(own_price, share, out=np.zeros_like(share), where=own_price > share * (1 + ROUNDING))
    taken = (cells.use * risen).sum(axis=1)
    left = np.append(limits.stock - taken, limits.budget - float(limits.cost @ taken))
    prices = np.append(price, budget_price)
    # an infinite price holds back everybody, and then what is left is rounding
    counted = np.isfinite(prices) & (prices > 0)
    gap = float(np.abs(prices[counted] * left[counted]).sum())
    return Fair(risen, price, budget_price, np.append(level, money), gap)


def _levels(
    cells: Cells, limits: Limits, alpha: float, chosen: Mask, speed: Array, amount: Array
) -> tuple[Array, Array, float]:
    """Return the amounts with the chosen cells risen, the level of every stock and that of the budget."""
    lower, upper = amount, np.maximum(cells.lower, cells.upper)
    if not chosen.all():
        upper = np.where(chosen, upper, lower)
    level, risen = np.full(limits.stock.size, np.inf), upper.copy()
    wanted = (cells.use * upper).sum(axis=1)
    for place in np.flatnonzero(wanted > limits.stock * (1 + ROUNDING)).tolist():
        ends = (lower[place], upper[place], cells.bottom[place])
        level[place], risen[place] = _risen_to(float(limits.stock[place]), speed[place], cells.use[place], *ends)
    money, cost = np.inf, limits.cost[:, None] * cells.use
    if float((cost * risen).sum()) > limits.budget * (1 + ROUNDING):
        own = (cost > 0) & (risen > lower)
        slower = np.power(limits.cost, -1 / alpha, out=np.zeros_like(level), where=limits.cost > 0)
        spent = limits.budget - float((cost * lower).sum()) + float((cost[own] * lower[own]).sum())
        ends = (lower[own], risen[own], cells.bottom[own])
        money, risen[own] = _risen_to(spent, (slower[:, None] * speed)[own], cost[own], *ends)
    return risen, level, float(money)


def _risen_to(there: float, speed: Array, use: Array, lower: Array, upper: Array, bottom: Array) -> tuple[float, Array]:
    """Return the level at which what there is has been used up, and the amounts at it."""
    level = water_level(use * speed, use * lower, use * upper, there, offset=use * bottom)
    return level, at_level(level, speed, lower, upper, offset=bottom)


def _speeds(cells: Cells, alpha: float, chosen: Mask, value: Array) -> tuple[Array, float]:
    """Return how fast every cell rises with its level, 0 where not chosen, and the worth at which a level is 1."""
    worth = np.where(chosen, value, 0.0) / cells.use
    heaviest = float(worth.max(initial=0.0))
    if heaviest <= 0:
        return np.zeros_like(worth), 1.0
    slowest = float(worth.min(initial=heaviest, where=chosen))
    if np.log(heaviest / slowest) > WIDEST * alpha:
        raise ValueError(f"speeds that differ by a factor of ({heaviest} / {slowest}) ** (1 / {alpha}) are no floats")
    return cells.demand * (worth / heaviest) ** (1 / alpha), heaviest
