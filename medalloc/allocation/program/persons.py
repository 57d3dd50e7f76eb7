"""The persons of a problem in groups that are served alike: one a region, or one a region and resource."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.problem import Array, Problem

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Persons:
    """Who is to be served, group by group."""

    region: Integers
    """Place of the region, shape (n_groups,)."""

    demand: Array
    """In need, shape (n_groups,). [persons]"""

    value: Array
    """What serving one counts for, shape (n_groups,). [1]"""

    floor: Array
    """Fewest that must be served, shape (n_groups,). [persons]"""

    uses: Array
    """What one takes, shape (n_groups, n_resources). [units/person]"""

    @property
    def alike(self) -> Array:
        """Return what one counts for if the coverage of every group in need counts alike, shape (n_groups,). [1]."""
        return np.asarray(np.where(self.demand > 0, 1.0 / np.where(self.demand > 0, self.demand, 1.0), 0.0))

    def by_region(self, served: Array, count: int) -> Array:
        """Return the persons served in every region, shape (n_regions,). [persons]."""
        return np.bincount(self.region, served, count).astype(np.float64)


def persons_of(problem: Problem) -> Persons:
    """Return the groups of a problem, regions in their order; in a region, resources in theirs."""
    n, kinds = problem.existing.shape
    region = np.arange(n)
    if problem.demand_of is None:
        return Persons(
            region, problem.demand, problem.value, problem.effective_floor * problem.demand, problem.requirement
        )
    region = np.repeat(region, kinds)
    own = np.tile(np.eye(kinds), (n, 1))
    demand = problem.demand_of.ravel()
    return Persons(
        region,
        demand,
        problem.value[region],
        problem.effective_floor[region] * demand,
        own * problem.requirement[region],
    )
