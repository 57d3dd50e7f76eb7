"""Which region gets what, and how good that provably is: the answer to a problem."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.measures import gini
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.checks import RESERVED
from medalloc.errors import InfeasibleError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.order import lowest_first

Status = Literal["optimal", "best found", "rule"]
PriceKind = Literal["dual", "one more unit", "relaxed"]

STOPPED = "water level, when the time was up"
"""The method when nothing better was found in time."""

FAR_APART = "water level, as the numbers lie too far apart for the solver"
"""The method when the solver lost small numbers beside large ones."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Units and persons served in every region, with the proof of how good that is."""

    problem: Problem
    """What was asked."""

    units: Array
    """Units placed, shape (n_regions, n_resources); none that serves nobody, but for locked ones. Below 0 where
    more existing units go elsewhere than come. [units]"""

    served: Array
    """Persons whose requirement is met on every resource, shape (n_regions,). [persons/period]"""

    status: Status
    """``optimal``: proved best; ``best found``: no further from it than the gap says; ``rule``: the rule was followed
    exactly, which is not claimed to be best."""

    method: str
    """How it was found."""

    value: float
    """What the policy judges by, always in persons, so that its gap can be read. [persons/period]

    Most served and rules: persons served, each counted with the value of its region. Alpha-fair: as many as would be
    served, counted so, at the one coverage for all that is worth as much (see `equal_worth`). Max-min: as many as
    would be served if everybody had the lowest coverage."""

    bound: float
    """Value that no plan within these limits can exceed. [persons/period]"""

    shadow_price: Array
    """Persons more served, each counted with the value of its region, by one more unit of stock, shape
    (n_resources,). [persons/unit]"""

    budget_price: float | None
    """The same for one more unit of money; None without a budget. [persons/money]"""

    shadow_price_kind: PriceKind
    """``dual``: at the margin, from the proof, never negative; ``one more unit``: the policy followed once more with
    one unit more; ``relaxed``: the dual of the most served, if parts of units could be placed. Any policy but most
    served can serve fewer with more: a rule when what it then buys is not what is short, a fair one when it lifts
    regions in which a person takes more."""

    most_served: float
    """Most persons that any plan within these limits, floors included, can serve. [persons/period]"""

    seconds: float
    """Time it took to find the plan. [s]"""

    served_of: Array | None = None
    """By resource where each has persons of its own, shape (n_regions, n_resources). [persons/period]"""

    moved: Array | None = None
    """Of the units, existing ones that came from other regions, or went there (below 0), shape (n_regions,
    n_resources); None where none may be moved. [units]"""

    standing_in: Array | None = None
    """Units there that do the work of another resource, shape (n_regions, n_resources); None where none may. [units]"""

    @property
    def coverage(self) -> Array:
        """Served over demand, shape (n_regions,); 1 where nobody is in need [fraction]."""
        return coverage_of(self.served, self.problem.demand)

    @property
    def total_coverage(self) -> float:
        """All served over all demand; 1 when nobody is in need [fraction]."""
        demand = float(self.problem.demand.sum())
        return float(self.served.sum()) / demand if demand > 0 else 1.0

    @property
    def coverage_of(self) -> Array | None:
        """The same by resource where each has persons of its own, shape (n_regions, n_resources) [fraction]."""
        demand = self.problem.demand_of
        if demand is None or self.served_of is None:
            return None
        return coverage_of(self.served_of, demand)

    @property
    def unmet(self) -> Array:
        """Demand that is not served, shape (n_regions,) [persons/period]."""
        return np.maximum(0.0, self.problem.demand - self.served)

    @property
    def gap(self) -> float:
        """How far from the best possible, at most; 0 when proved optimal [fraction]."""
        return max(0.0, (self.bound - self.value) / self.bound) if self.bound > 0 else 0.0

    @property
    def lowest_coverage(self) -> float:
        """Coverage of the region that is worst off [fraction]."""
        return float(self.coverage.min())

    @property
    def worst_first(self) -> NDArray[np.intp]:
        """Places of regions by coverage; of those alike the one with the largest demand, then the first by name."""
        return lowest_first(self.problem.regions, self.coverage, self.problem.demand)

    @property
    def worst_region(self) -> str:
        """Region that is worst off, the first of `worst_first`."""
        return self.problem.regions[int(self.worst_first[0])]

    @property
    def used(self) -> Array:
        """Units placed of each resource, shape (n_resources,) [units]."""
        return np.asarray(self.units.sum(axis=0))

    @property
    def left(self) -> Array:
        """Units of each resource that stay in stock, shape (n_resources,) [units]."""
        return np.maximum(0.0, self.problem.stock - self.used)

    @property
    def spent(self) -> float:
        """What the placed units cost, and moving those that were moved [money]."""
        if self.moved is None:
            return float((self.units * self.problem.unit_cost).sum())
        move_cost = np.array([resource.move_cost for resource in self.problem.resources])
        moving = np.maximum(0.0, -self.moved).sum(axis=0) @ move_cost
        return float(((self.units - self.moved) * self.problem.unit_cost).sum() + moving)

    @property
    def gini(self) -> float:
        """Gini of coverage over persons: by population if it is given, else by demand; 0 is equal [1]."""
        population = self.problem.population
        return gini(self.coverage, self.problem.demand if population is None else population)

    @property
    def price_of_fairness(self) -> float:
        """Share of the most persons who could be served that this plan gives up [fraction]."""
        given_up = self.most_served - float(self.served.sum())
        return max(0.0, given_up / self.most_served) if self.most_served > 0 else 0.0

    def to_json(self) -> dict[str, object]:
        """Return the plan as plain values; see `infeasible_json` for its counterpart."""
        names = self.problem.resource_names
        prices = dict(zip(names, self.shadow_price.tolist(), strict=True))
        if self.budget_price is not None:
            prices[RESERVED] = float(self.budget_price)
        return {
            "status": self.status,
            "method": self.method,
            "value": float(self.value),
            "bound": float(self.bound),
            "gap": self.gap,
            "demand": float(self.problem.demand.sum()),
            "served": float(self.served.sum()),
            "coverage": self.total_coverage,
            "lowest_coverage": self.lowest_coverage,
            "spent": self.spent,
            "gini": self.gini,
            "shadow_price": prices,
            "regions": self._regions_json(),
            "conflicts": [],
        }

    def _regions_json(self) -> list[dict[str, object]]:
        """Return every region as plain values; what came from elsewhere, stands in or is by resource where it is."""
        names = self.problem.resource_names
        columns = {
            "region": list(self.problem.regions),
            "demand": self.problem.demand.tolist(),
            "served": self.served.tolist(),
            "coverage": self.coverage.tolist(),
        }
        for key in ("units", "served_of", "moved", "standing_in"):
            if (numbers := getattr(self, key)) is not None:
                columns[key] = [dict(zip(names, row, strict=True)) for row in numbers.tolist()]
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def counted_in(unit: str | None) -> str | Sentence:
    """Return what demand is counted in, in the plural."""
    return sentence("people") if unit is None else unit


def told_of(unit: str) -> Sentence:
    """Return what stands beside a plan whose demand is counted in something else than persons, in the plural."""
    return sentence(
        "Demand is counted in: {unit}. Where a reason says people, it stands for one of these each.", unit=unit
    )


def coverage_of(served: Array, demand: Array) -> Array:
    """Return served over demand, of any shape; 1 where nobody is in need [fraction]."""
    return np.divide(served, demand, out=np.ones_like(demand), where=demand > 0)


def infeasible_json(error: InfeasibleError) -> dict[str, object]:
    """Return what takes the place of a plan's plain values when there is none: the conflicts, in English."""
    numbers = ("value", "bound", "gap", "demand", "served", "coverage", "lowest_coverage", "spent", "gini")
    return {
        "status": "infeasible",
        "method": "closed form",
        **dict.fromkeys(numbers),
        "shadow_price": {},
        "regions": [],
        "conflicts": [
            {
                "limit": str(conflict.limit),
                "required": float(conflict.required),
                "available": float(conflict.available),
                "repair": str(conflict.repair),
            }
            for conflict in error.conflicts
        ],
    }
