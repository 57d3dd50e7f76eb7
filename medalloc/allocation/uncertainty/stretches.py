"""What one more person of capacity takes: the choice of a region cut where an existing resource runs out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import persons_by
from medalloc.allocation.problem import Array
from medalloc.allocation.uncertainty.room import Room


@dataclass(frozen=True)
class Stretches:
    """Pieces of the range between a region's lower and upper end, within each of which every person takes the same.

    Going up, pieces take more and more, so filling them from the bottom is cheapest and no order has to be enforced.
    """

    region: NDArray[np.int64]
    """Place of the region, shape (n_pieces,)."""

    bottom: Array
    """Capacity below the piece, shape (n_pieces,). [persons/period]"""

    length: Array
    """Capacity it can add, above 0, shape (n_pieces,). [persons/period]"""

    uses: Array
    """What a person takes from every limit, shape (n_limits, n_pieces): stocks, then the budget if any."""

    @property
    def tallest(self) -> Array:
        """Most that a person of any piece takes from every limit; 1 where nobody takes any, shape (n_limits,)."""
        most = self.uses.max(axis=1, initial=0.0)
        return np.where(most > 0, most, 1.0)


def stretches_of(room: Room, cuts: Array) -> Stretches:
    """Return the pieces, cut at existing units and at these capacities besides, shape (n_regions, any number)."""
    problem = room.problem
    free = persons_by(problem, problem.existing)
    ends = np.concatenate([room.lower[:, None], cuts, free, room.upper[:, None]], axis=1)
    ends = np.sort(np.clip(ends, room.lower[:, None], room.upper[:, None]), axis=1)
    lengths = np.diff(ends, axis=1)
    region, step = np.nonzero(lengths > 0)
    bottom = ends[region, step]
    uses = np.where(free[region] <= bottom[:, None], problem.requirement[region], 0.0)
    if problem.budget is not None:
        uses = np.column_stack([uses, (uses * problem.unit_cost[region]).sum(axis=1)])
    return Stretches(region.astype(np.int64), bottom, lengths[region, step], uses.T)
