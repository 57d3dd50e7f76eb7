"""Which column of the program means what."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.problem import Problem
from medalloc.allocation.program.persons import Integers


@dataclass(frozen=True)
class Layout:
    """Which columns mean what. Columns of units stand region by region, in a region resource by resource."""

    groups: int
    """Number of groups of persons; their served persons come first."""

    regions: int
    """Number of regions."""

    kinds: int
    """Number of resources."""

    movable: tuple[int, ...]
    """Places of the resources whose existing units may be moved."""

    helps: tuple[tuple[int, int], ...]
    """For every resource that stands in: its place, and the place of the one it stands in for."""

    @property
    def served(self) -> Integers:
        """Columns of persons served, shape (n_groups,)."""
        return np.arange(self.groups)

    @property
    def new(self) -> Integers:
        """Columns of units from stock, shape (n_regions, n_resources)."""
        return self._block(self.groups, self.kinds)

    @property
    def taken(self) -> Integers:
        """Columns of units that come from other regions, shape (n_regions, n_movable)."""
        return self._block(int(self.new.max()) + 1, len(self.movable))

    @property
    def given(self) -> Integers:
        """Columns of units that go to other regions, shape (n_regions, n_movable)."""
        return self.taken + self.taken.size

    @property
    def helped(self) -> Integers:
        """Columns of units that stand in, shape (n_regions, n_helps)."""
        return self._block(int(self.new.max()) + 1 + 2 * self.taken.size, len(self.helps))

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self.new.max()) + 1 + 2 * self.taken.size + self.helped.size

    def _block(self, start: int, width: int) -> Integers:
        return start + np.arange(self.regions * width).reshape(self.regions, width)


def layout_of(problem: Problem) -> Layout:
    """Return which columns a problem has."""
    n, kinds = problem.existing.shape
    names = problem.resource_names
    return Layout(
        groups=n if problem.demand_of is None else n * kinds,
        regions=n,
        kinds=kinds,
        movable=tuple(place for place, one in enumerate(problem.resources) if one.is_moved),
        helps=tuple(
            (place, names.index(one.stands_in_for)) for place, one in enumerate(problem.resources) if one.stands_in_for
        ),
    )
