"""A plan made for many futures at once, and how good that provably is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.uncertainty.futures import Futures

Aim = Literal["most served on average", "least unmet in the worst futures"]
FuturesStatus = Literal["optimal", "time limit"]


@dataclass(frozen=True, eq=False)
class FuturesPlan:
    """Units placed before it is known which future comes."""

    problem: Problem
    """What was asked; its floors are shares of its own demand, the expected one."""

    futures: Futures
    """What may come."""

    units: Array
    """Units placed, shape (n_regions, n_resources); none that serves nobody in every future, but for locked
    ones. [units]"""

    capacity: Array
    """Persons who can be served, if that many come, shape (n_regions,). [persons/period]"""

    expected_served: Array
    """Persons served on average over the futures, shape (n_regions,). [persons/period]"""

    aim: Aim
    """What was made as good as it can be."""

    status: FuturesStatus
    """``optimal``: proved best for these futures; ``time limit``: within the limits, perhaps not best; see `gap`."""

    method: str
    """How it was found."""

    value: float
    """Of the aim, each person counted with the value of the region: persons served on average, or persons unmet on
    average over the worst futures. [persons/period]"""

    bound: float
    """What no plan within these limits can exceed or, where unmet is the aim, go below. [persons/period]"""

    seconds: float
    """Time it took to find the plan. [s]"""

    @property
    def gap(self) -> float:
        """How far from the best possible, at most; 0 when proved optimal [fraction]."""
        larger = max(self.value, self.bound)
        off = self.bound - self.value if self.aim == "most served on average" else self.value - self.bound
        return max(0.0, off / larger) if larger > 0 else 0.0

    @property
    def coverage(self) -> Array:
        """Served on average over demand on average, shape (n_regions,); 1 where nobody is in need [fraction]."""
        mean = self.futures.ordered_as(self.problem.regions).mean(axis=0)
        return np.asarray(np.divide(self.expected_served, mean, out=np.ones_like(mean), where=mean > 0))

    @property
    def used(self) -> Array:
        """Units placed of each resource, shape (n_resources,) [units]."""
        return np.asarray(self.units.sum(axis=0))

    def to_json(self) -> dict[str, object]:
        """Return the plan as plain values."""
        names = self.problem.resource_names
        mean = self.futures.ordered_as(self.problem.regions).mean(axis=0)
        rows = zip(
            self.problem.regions,
            mean.tolist(),
            self.expected_served.tolist(),
            self.coverage.tolist(),
            self.capacity.tolist(),
            self.units.tolist(),
            strict=True,
        )
        return {
            "aim": self.aim,
            "status": self.status,
            "method": self.method,
            "value": float(self.value),
            "bound": float(self.bound),
            "gap": self.gap,
            "futures": self.futures.count,
            "expected_demand": float(mean.sum()),
            "expected_served": float(self.expected_served.sum()),
            "regions": [
                {
                    "region": region,
                    "expected_demand": demand,
                    "expected_served": served,
                    "coverage": coverage,
                    "capacity": capacity,
                    "units": dict(zip(names, units, strict=True)),
                }
                for region, demand, served, coverage, capacity, units in rows
            ],
        }
