"""Published plans of many products under one budget, where what is left over costs something."""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
from scipy.special import betaincinv, ndtri

from medalloc.allocation.problem import Array, Problem, Resource
from medalloc.allocation.uncertainty import Futures, sample_average
from medalloc.published.case import Case

ZHANG = "B. Zhang, X. Xu and Z. Hua, International Journal of Production Economics 117, 2009"

FUTURES = 40_000
"""So many that a plan is within half a hundredth of a unit. [count]"""

# price, cost of a unit left over, cost of a unit, mean and standard deviation of demand, units in the best plan
NORMAL = (
    (7, 1, 4, 102, 51, 0),
    (12, 2, 8, 73, 18.3, 0),
    (30, 4, 19, 123, 30.8, 0),
    (30, 4, 17, 95, 23.8, 0),
    (40, 2, 23, 62, 15.5, 0),
    (45, 5, 15, 129, 43, 106.85),
    (16, 1, 10, 69, 34.5, 0),
    (21, 2, 10, 83, 41.5, 14.01),
    (42, 3, 40, 120, 30, 0),
    (34, 5, 20, 89, 22.3, 0),
    (20, 3, 10, 115, 38.3, 15.65),
    (15, 5, 7, 91, 30.3, 42.25),
    (10, 3, 4, 52, 17.3, 34.60),
    (20, 3, 12, 76, 38, 0),
    (47, 2, 33, 66, 16.5, 0),
    (35, 4, 21, 147, 36.8, 0),
    (22, 1, 11, 104, 34.7, 15.13),
)

# the same with the least and the most demand and the two shapes of a beta distribution
BETA = (
    (7, 1, 4, 100, 300, 2, 1, 207.93),
    (12, 2, 7, 50, 250, 1, 1.2, 96.73),
    (30, 4, 15, 75, 150, 1, 2, 90.34),
    (17, 3, 10, 50, 200, 2, 2, 100.78),
    (27, 5, 15, 50, 200, 2, 3, 90.55),
    (10, 2, 6, 73, 275, 0.8, 0.2, 211.69),
)


def _normal(chance: Array, mean: float, sd: float) -> Array:
    return np.asarray(mean + sd * ndtri(chance))


def _beta(chance: Array, least: float, most: float, first: float, second: float) -> Array:
    return np.asarray(least + (most - least) * betaincinv(first, second, chance))


@cache
def _best(table: tuple[tuple[float, ...], ...], quantile: Callable[..., Array], budget: float) -> Array:
    """Return the best plan of a table, shape (n_products,) [units].

    What a unit earns on average is ``(v + h) P(D > x) - (h + c)`` for price v, unit cost c and cost h of what is left
    over: as much as a unit worth ``v - c`` to a demand that exceeds x with the chance ``((v + h) P(D > x) - h - c) /
    (v - c)``. Nobody wants what would not earn its cost, so that what is left over needs no cost of its own. The budget
    is a stock of money, and demand for a product is demand for the money that it takes.
    """
    names = tuple(f"product {number}" for number in range(1, len(table) + 1))
    above = 1 - (np.arange(FUTURES) + 0.5) / FUTURES
    wanted = [
        cost * np.maximum(0.0, quantile(1 - ((price - cost) * above + left_over + cost) / (price + left_over), *shape))
        for price, left_over, cost, *shape, _ in table
    ]
    futures = Futures(names, np.array(wanted).T)
    price, _, cost = np.array([each[:3] for each in table]).T
    money = Resource("money", stock=budget)
    problem = Problem(names, futures.mean, (money,), value=(price - cost) / cost)
    return np.asarray(sample_average(problem, futures).capacity / cost)


def _units(table: tuple[tuple[float, ...], ...], quantile: Callable[..., Array], budget: float, place: int) -> float:
    return float(_best(table, quantile, budget)[place])


PRODUCTS = tuple(
    Case(
        f"Newsvendors under one budget, product {place + 1}",
        f"{len(table)} products, {shape} demand, budget {budget:,}",
        float(row[-1]),
        2,
        f"{ZHANG}, table {number}",
        partial(_units, table, quantile, budget, place),
    )
    for number, shape, table, quantile, budget in (
        (2, "normal", NORMAL, _normal, 2500),
        (3, "beta", BETA, _beta, 6500),
    )
    for place, row in enumerate(table)
)
"""How much of each product is kept."""
