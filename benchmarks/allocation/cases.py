"""Made-up regions whose resources are needed independently of each other, as plain arrays that any side can read."""

from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SEED = 20260101
KINDS = 4
FLOOR = 0.2


@dataclass(frozen=True)
class Case:
    """Serve the most: cells are regions x resources, a stock for every resource, one budget."""

    value: Array
    demand: Array
    lower: Array
    upper: Array
    use: Array
    resource: NDArray[np.int64]
    stock: Array
    cost: Array
    budget: Array

    def save(self, path: Path) -> None:
        """Write the arrays to a file."""
        np.savez(path, **{each.name: getattr(self, each.name) for each in fields(self)})

    @classmethod
    def load(cls, path: str) -> "Case":
        """Return the case that `save` wrote."""
        with np.load(path) as read:
            return cls(**{each.name: read[each.name] for each in fields(cls)})

    @property
    def limits(self) -> Array:
        """Stocks, then the budget."""
        return np.append(self.stock, self.budget)

    def rows(self) -> tuple[Array, NDArray[np.int64], NDArray[np.int64]]:
        """Return what a person takes of a limit, the limit and the cell, of every entry of the matrix."""
        cells = np.arange(self.value.size)
        taken = np.concatenate([self.use, self.use * self.cost[self.resource]])
        limit = np.concatenate([self.resource, np.full(cells.size, self.stock.size)])
        return taken, limit, np.concatenate([cells, cells])

    def with_floor(self, floor: float) -> "Case":
        """Return the case with one floor for all cells. [fraction]."""
        return replace(self, lower=np.minimum(floor * self.demand, self.upper))


def independent_resources(regions: int) -> Case:
    """Return floors of a fifth, caps above them, stocks and a budget that are all short."""
    draw = np.random.default_rng(SEED)
    cells = regions * KINDS
    resource = np.tile(np.arange(KINDS), regions)
    demand = draw.gamma(2, draw.lognormal(3, 1, cells))
    use = np.array([1.0, 0.5, 0.25, 2.0])[resource]
    whole = np.bincount(resource, use * demand).astype(np.float64)
    cost = np.array([1.0, 2.0, 5.0, 0.3])
    stock = np.array([0.6, 0.5, 0.8, 0.4]) * whole
    return Case(
        value=np.repeat(draw.uniform(1, 2, regions), KINDS),
        demand=demand,
        lower=FLOOR * demand,
        upper=draw.uniform(0.7, 1, cells) * demand,
        use=use,
        resource=resource,
        stock=stock,
        cost=cost,
        budget=np.array(0.9 * float(cost @ stock)),
    )


def without_caps(case: Case) -> Case:
    return replace(case, lower=0 * case.lower, upper=case.demand)


def floors(case: Case, points: int) -> list[float]:
    """Return floors from nothing to the largest that every limit allows, for a case without caps. [fraction]."""
    whole = np.bincount(case.resource, case.use * case.demand)
    largest = min(1.0, *(case.stock / whole).tolist(), float(case.budget) / float(case.cost @ whole))
    return [float(floor) for floor in np.linspace(0.0, largest * (1 - 1e-9), points)]


def single_resource(regions: int) -> Case:
    """Return one resource, no floors, no caps, a stock for 60 % of demand and no budget."""
    draw = np.random.default_rng(SEED)
    demand = draw.gamma(2, draw.lognormal(3, 1, regions))
    nothing = np.zeros(regions)
    return Case(
        value=draw.uniform(1, 2, regions),
        demand=demand,
        lower=nothing,
        upper=demand,
        use=np.ones(regions),
        resource=np.zeros(regions, dtype=np.int64),
        stock=np.array([0.6 * float(demand.sum())]),
        cost=np.zeros(1),
        budget=np.array(np.inf),
    )
