"""Possible demands, side by side: one row a future, one column a region."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.problem.checks import numbers
from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence


@dataclass(frozen=True, eq=False)
class Futures:
    """Sampled demands, each future as likely as any other; lists are taken for arrays, what is kept is a copy.

    Raises
    ------
    InputError
        With every fault at once.

    Examples
    --------
    >>> futures = Futures(("North", "South"), [[30, 10], [50, 6]])
    >>> futures.mean.tolist()
    [40.0, 8.0]
    """

    regions: tuple[str, ...]
    """Names, each once, shape (n_regions,)."""

    demand: Array
    """Persons in need in every future, shape (n_futures, n_regions), at least 0. [persons/period]"""

    def __post_init__(self) -> None:
        """Copy and check what was given."""
        object.__setattr__(self, "regions", tuple(self.regions))
        demand = numbers(self.demand)
        faults = _name_faults(self.regions)
        if demand is None or demand.ndim != 2 or demand.shape[1] != len(self.regions) or not len(demand):
            found = sentence("something else") if demand is None else sentence("{shape}", shape=str(demand.shape))
            raise InputError(
                *faults,
                sentence(
                    "Futures are a table of numbers, one row a future and one column for each region, {count} in all; "
                    "found {found}.",
                    count=len(self.regions),
                    found=found,
                ),
            )
        impossible = ~(np.isfinite(demand) & (demand >= 0))
        if impossible.any():
            faults.append(
                sentence(
                    "Demand in the futures: found {found} (regions: {regions}); give finite numbers of at least 0.",
                    found=listed(f"{cell:g}" for cell in demand[impossible]),
                    regions=listed(self.regions[place] for place in np.flatnonzero(impossible.any(axis=0))),
                )
            )
        if faults:
            raise InputError(*faults)
        demand.setflags(write=False)
        object.__setattr__(self, "demand", demand)

    @property
    def count(self) -> int:
        """Number of futures."""
        return len(self.demand)

    @property
    def mean(self) -> Array:
        """Average demand, shape (n_regions,) [persons/period]."""
        return np.asarray(self.demand.mean(axis=0))

    def ordered_as(self, regions: Sequence[str]) -> Array:
        """Return the demands with their columns in the order of these regions, shape (n_futures, n_regions).

        Raises
        ------
        InputError
            If the names do not match one to one; all are listed, in both directions.
        """
        if tuple(regions) == self.regions:
            return self.demand
        known, wanted = set(self.regions), set(regions)
        faults = []
        if wanted - known:
            faults.append(
                sentence(
                    "The futures have no demand for: {regions}; add a column for each.",
                    regions=listed((name for name in regions if name not in known), at_most=20),
                )
            )
        if known - wanted:
            faults.append(
                sentence(
                    "The futures name regions that the problem does not have: {regions}; remove them or mend names.",
                    regions=listed((name for name in self.regions if name not in wanted), at_most=20),
                )
            )
        if faults:
            raise InputError(*faults)
        places = {name: place for place, name in enumerate(self.regions)}
        return self.demand[:, [places[name] for name in regions]]


def _name_faults(regions: tuple[str, ...]) -> list[Sentence]:
    faults = [] if regions else [sentence("The futures have no region; there must be at least one.")]
    twice = [name for name, count in Counter(regions).items() if count > 1]
    if twice:
        faults.append(sentence("The futures name these regions more than once: {regions}.", regions=listed(twice)))
    return faults
