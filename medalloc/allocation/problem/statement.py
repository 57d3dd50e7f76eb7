"""What is to be divided, among whom, within which limits: the question a plan answers."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.policies.kind import Aim
from medalloc.allocation.policy import MOST_SERVED, Policy, aim_of
from medalloc.allocation.problem import checks
from medalloc.allocation.problem.resource import Resource
from medalloc.errors import InputError
from medalloc.quantities import CELLS, REGIONS
from medalloc.saved import Cells, Saved
from medalloc.sentences import Sentence, sentence

Array = NDArray[np.float64]

__all__ = ["Array", "Policy", "Problem", "Resource"]

_NOT_GIVEN = np.empty(0)

_RECKONED = {
    "requirement": {"requirement", "region_requirement"},
    "unit_cost": {"unit_cost", "region_cost"},
    "whole": {"whole"},
    "is_locked": {"locked"},
    "own_demand": {"demand", "demand_of"},
}
"""What is reckoned once, and the fields of the problem and of its resources from which it is."""


@dataclass(frozen=True, eq=False)
class Problem(Saved):
    """Demand of every region, what can be placed, the limits, and what "best" means.

    A served person uses `requirement` units of *every* resource: a bed without a nurse serves nobody. Where every
    resource has persons of its own (`demand_of`), each of them uses that resource alone.
    Lists are taken for arrays; what is kept is a read-only copy.

    Raises
    ------
    InputError
        With every fault of the problem at once.

    Examples
    --------
    >>> problem = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), common_floor=0.25)
    >>> problem.effective_floor.tolist()
    [0.25, 0.25]
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("problem")

    regions: tuple[str, ...]
    """Names, each once."""

    demand: Annotated[Array, Cells()]
    """Expected persons in need, shape (n_regions,); of all resources together under `demand_of`. [persons/period]"""

    resources: tuple[Resource, ...]
    """What a served person uses; at least one."""

    existing: Annotated[Array, Cells(2)] = field(default_factory=lambda: _NOT_GIVEN)
    """Units already in a region, shape (n_regions, n_resources); 0 when left out. [units]"""

    cap: Annotated[Array, Cells(2, nothing=np.inf)] = field(default_factory=lambda: _NOT_GIVEN)
    """Most units that may be placed, shape (n_regions, n_resources); infinite when left out. [units]"""

    value: Annotated[Array, Cells()] = field(default_factory=lambda: _NOT_GIVEN)
    """What serving one person counts for, shape (n_regions,); 1 when left out, 0 is served last. [1]"""

    floor: Annotated[Array, Cells()] = field(default_factory=lambda: _NOT_GIVEN)
    """Own smallest coverage of a region, shape (n_regions,); 0 when left out. [fraction]"""

    common_floor: float = 0.0
    """Smallest coverage of every region. [fraction]"""

    budget: float | None = None
    """Most that the placed units may cost; None is no limit. [money]"""

    population: Annotated[Array, Cells()] | None = None
    """Inhabitants, shape (n_regions,); needed to divide per head. [persons]"""

    region_requirement: Annotated[Array, Cells(2, nothing=np.nan)] = field(default_factory=lambda: _NOT_GIVEN)
    """What a person served in a region uses, shape (n_regions, n_resources); not a number (NaN) where it is what the
    resource says, which is everywhere when left out; 0 where none is used. [units/person]"""

    region_cost: Annotated[Array, Cells(2, nothing=np.nan)] = field(default_factory=lambda: _NOT_GIVEN)
    """What placing one unit in a region costs, shape (n_regions, n_resources); NaN likewise. [money/unit]"""

    space: Annotated[Array, Cells(nothing=np.inf)] = field(default_factory=lambda: _NOT_GIVEN)
    """Room for placed units, shape (n_regions,); infinite when left out. [space]"""

    demand_of: Annotated[Array, Cells(2)] | None = None
    """Persons in need of each resource alone, shape (n_regions, n_resources), with `demand` as their sum; None where
    every person needs all resources. [persons/period]"""

    locked: Annotated[Array, Cells(2, nothing=np.nan)] = field(default_factory=lambda: _NOT_GIVEN)
    """Units that are placed in any case, neither more nor fewer, shape (n_regions, n_resources); not a number (NaN)
    where nothing is settled, which is everywhere when left out. Today's policy places nothing, locked or not. [units]
    """

    staying: Annotated[Array, Cells(2)] = field(default_factory=lambda: _NOT_GIVEN)
    """Of the existing units, those that are never moved from where they are, shape (n_regions, n_resources); 0 when
    left out, where only the share that may be moved limits that. [units]"""

    policy: Policy = MOST_SERVED
    """What "best" means: see `medalloc.allocation.policies`."""

    def __post_init__(self) -> None:
        """Copy, complete and check what was given."""
        per_region, per_cell = (len(self.regions),), (len(self.regions), len(self.resources))
        object.__setattr__(self, "regions", tuple(self.regions))
        object.__setattr__(self, "resources", tuple(self.resources))
        faults = []
        for quantity in (*REGIONS, *CELLS):
            name, shape = quantity.field, per_region if quantity.of == "region" else per_cell
            given = getattr(self, name)
            if given is None:
                continue
            array = np.full(shape, quantity.usual, order="F") if given is _NOT_GIVEN else checks.numbers(given)
            fault = checks.shape_fault(name, array, shape)
            faults += [fault] if fault else []
            if array is not None:
                array.setflags(write=False)
                object.__setattr__(self, name, array)
        # Cells are only looked at once every array has its shape: otherwise one slip is reported many times over.
        faults += checks.name_faults(self) + checks.number_faults(self, cells=not faults)
        if faults:
            raise InputError(*faults)

    def derived(self, **changes: Any) -> "Problem":
        """Return the problem with some fields changed to what needs no check, because it is made of checked numbers.

        Nothing is copied, and what was reckoned from fields that stay is kept. Whoever has numbers from elsewhere makes
        a problem of them with `dataclasses.replace`, which checks them.
        """
        changed = set(changes)
        if "resources" in changes:
            before, after = ([vars(one) for one in made] for made in (self.resources, changes["resources"]))
            changed |= {name for name in before[0] if [one[name] for one in before] != [one[name] for one in after]}
        kept = {name: value for name, value in self.__dict__.items() if not changed & _RECKONED.get(name, set())}
        for value in changes.values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
        made = object.__new__(Problem)
        made.__dict__.update(kept | changes)
        return made

    def with_demand(self, demand: Array) -> "Problem":
        """Return the problem with another demand; that of each resource keeps its share."""
        if self.demand_of is None:
            return self.derived(demand=demand)
        parts: Array = np.divide(
            self.demand_of,
            self.demand[:, None],
            out=np.full_like(self.demand_of, 1 / self.demand_of.shape[1]),
            where=self.demand[:, None] > 0,
        )
        return self.derived(demand=demand, demand_of=parts * demand[:, None])

    @property
    def aim(self) -> Aim:
        """What the policy asks for."""
        return aim_of(self.policy)

    @property
    def weighs_persons(self) -> bool:
        """Whether serving one person is worth more in some region, so that sums of worth are no persons."""
        return bool((self.value != 1).any())

    @property
    def effective_floor(self) -> Array:
        """Smallest coverage that counts, the larger of the common and the own one, shape (n_regions,). [fraction]."""
        return np.maximum(self.common_floor, self.floor)

    @property
    def stock(self) -> Array:
        """Units to place, shape (n_resources,). [units]."""
        return np.array([resource.stock for resource in self.resources], dtype=np.float64)

    @cached_property
    def requirement(self) -> Array:
        """Units one served person uses, shape (n_regions, n_resources). [units/person]."""
        usual = np.array([resource.requirement for resource in self.resources], dtype=np.float64)
        return np.where(np.isnan(self.region_requirement), usual, self.region_requirement)

    @cached_property
    def unit_cost(self) -> Array:
        """Cost of placing one unit, shape (n_regions, n_resources). [money/unit]."""
        usual = np.array([resource.unit_cost for resource in self.resources], dtype=np.float64)
        return np.where(np.isnan(self.region_cost), usual, self.region_cost)

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Whether only whole units of a resource can be placed, shape (n_resources,)."""
        return np.array([resource.whole for resource in self.resources], dtype=np.bool_)

    @cached_property
    def is_locked(self) -> bool:
        """Whether anything is settled."""
        return not np.isnan(self.locked).all()

    @cached_property
    def own_demand(self) -> Array:
        """Persons who need a resource, shape (n_regions, n_resources); each in all of them without `demand_of`."""
        if self.demand_of is None:
            return np.broadcast_to(self.demand[:, None], self.existing.shape)
        return self.demand_of

    @property
    def unit_space(self) -> Array:
        """Room that one unit takes, shape (n_resources,). [space/unit]."""
        return np.array([resource.space for resource in self.resources], dtype=np.float64)

    @property
    def is_uniform(self) -> bool:
        """Whether a person uses, and a unit costs, the same in every region."""
        return bool(np.isnan(self.region_requirement).all() and np.isnan(self.region_cost).all())

    @property
    def resource_names(self) -> tuple[str, ...]:
        """Names of the resources, in their order."""
        return tuple(resource.name for resource in self.resources)

    def __eq__(self, other: object) -> bool:
        """Whether every value is the same."""
        return self.to_json() == other.to_json() if isinstance(other, Problem) else NotImplemented

    __hash__ = None  # type: ignore[assignment]
