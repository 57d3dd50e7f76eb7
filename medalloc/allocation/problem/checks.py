"""Every fault of a problem, in words, before anything is calculated with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.policy import kind_of, policy_fault
from medalloc.allocation.problem.resource_checks import resource_faults
from medalloc.allocation.problem.scalars import as_found, is_number, scalar_faults
from medalloc.quantities import CELLS, REGIONS, Quantity
from medalloc.quantities.quantity import AMOUNT
from medalloc.resource_names import named
from medalloc.sentences import Sentence, listed, sentence

if TYPE_CHECKING:
    from medalloc.allocation.problem.statement import Problem

MOST_RESOURCES = 60
"""The resources a person needs are held as the bits of one integer."""

RESERVED = "budget"
"""The name under which a plan reports the price of money."""


def numbers(given: object) -> NDArray[np.float64] | None:
    """Return a copy of what was given as numbers, column by column, or None when it is something else."""
    try:
        return np.array(given, dtype=np.float64, order="F")
    except (TypeError, ValueError):
        return None


def shape_fault(name: str, array: NDArray[np.float64] | None, shape: tuple[int, ...]) -> Sentence | None:
    """Return what is wrong with the form of one array of a problem."""
    if array is None:
        return sentence("“{name}” must hold numbers only.", name=name)
    if array.shape != shape:
        return sentence(
            "“{name}” has shape {found}; expected {expected} (regions, then resources).",
            name=name,
            found=str(array.shape),
            expected=str(shape),
        )
    return None


def name_faults(problem: "Problem") -> list[Sentence]:
    """Return what is wrong with the names of regions, resources and the policy."""
    faults = []
    if not problem.regions:
        faults.append(sentence("There is no region; give at least one."))
    if not problem.resources:
        faults.append(sentence("There is no resource to place; give at least one, such as beds."))
    if len(problem.resources) > MOST_RESOURCES:
        faults.append(
            sentence("Resources: {found}; at most {most} fit.", found=len(problem.resources), most=MOST_RESOURCES)
        )
    faults += _names("region", problem.regions)
    faults += _names("resource", [resource.name for resource in problem.resources])
    faults += _written_twice([str(resource.name) for resource in problem.resources])
    if RESERVED in [resource.name for resource in problem.resources]:
        faults.append(
            sentence("A resource cannot be called “{name}”: that is the limit on money; rename it.", name=RESERVED)
        )
    fault = policy_fault(problem.policy)
    return faults + ([fault] if fault else [])


def _names(what: str, names: Iterable[object]) -> list[Sentence]:
    every = list(names)
    # the usual case at once: there may be thousands, and a problem is made many times
    if set(map(type, every)) == {str} and all(map(str.strip, map(str, every))) and len(set(every)) == len(every):
        return []
    empty = [place for place, name in enumerate(every, 1) if not isinstance(name, str) or not name.strip()]
    twice = [name for name, count in Counter(map(str, every)).items() if count > 1]
    faults = []
    if empty:
        faults.append(
            sentence("The {what} in these places has no name: {places}; give it one.", what=what, places=listed(empty))
        )
    if twice:
        faults.append(
            sentence(
                "These names stand for more than one {what}: {names}; each must be there once.",
                what=what,
                names=listed(twice),
            )
        )
    return faults


def _written_twice(names: Sequence[str]) -> list[Sentence]:
    """Refuse resources that differ in capitals or spaces alone: a column would be of either."""
    first: dict[str, str] = {}
    alike = [(before, name) for name in names if (before := first.setdefault(name.strip().casefold(), name)) != name]
    return [
        sentence("“{one}” and “{other}” are one resource in two spellings; keep one.", one=one, other=other)
        for one, other in alike
    ]


def number_faults(problem: "Problem", *, cells: bool) -> list[Sentence]:
    """Return what is wrong with the numbers of a problem; `cells` says whether the arrays can be looked into."""
    faults = []
    for resource in problem.resources:
        faults += resource_faults(resource, [other.name for other in problem.resources])
    if problem.budget is not None:
        faults += scalar_faults(problem.budget, sentence("Budget"), AMOUNT)
    if not is_number(problem.common_floor) or not 0 <= problem.common_floor <= 1:
        faults.append(
            sentence(
                "The common floor is {found}; give a fraction from 0 to 1 (0.3 means 30%).",
                found=as_found(problem.common_floor),
            )
        )
    if cells:
        faults += _cell_faults(problem)
        faults += [] if policy_fault(problem.policy) else kind_of(problem.policy).faults(problem.population)
    return faults


def _cell_faults(problem: "Problem") -> list[Sentence]:
    """Return a fault for every column of the problem in which a region has an impossible number."""
    if _is_usual(problem):
        return [*_nothing_used(problem), *_sum_faults(problem)]
    faults = [
        _column_fault(problem, each, name, array[:, place] if each.of == "cell" else array)
        for each, array in _held(problem)
        for place, name in enumerate(problem.resource_names if each.of == "cell" else [""])
    ]
    faults += [*_nothing_used(problem), *_sum_faults(problem)]
    for place, resource in enumerate(problem.resources):
        parts = resource.whole & (np.nan_to_num(problem.locked[:, place]) % 1 != 0)
        if parts.any():
            faults.append(
                sentence(
                    "Locked {name}: only whole units can be placed, which these regions are not given: {regions}.",
                    name=named(resource.name),
                    regions=listed(_where(problem, parts)),
                )
            )
        above = problem.locked[:, place] > problem.cap[:, place]
        if above.any():
            faults.append(
                sentence(
                    "Locked {name}: more than the cap allows in these regions: {regions}; raise the cap or lock fewer.",
                    name=named(resource.name),
                    regions=listed(_where(problem, above)),
                )
            )
    return [fault for fault in faults if fault is not None]


def _is_usual(problem: "Problem") -> bool:
    """Whether no number is out of place and none is settled, at once for all: a problem is made many times."""
    return bool(np.isnan(problem.locked).all()) and not any(_wrong(array, each).any() for each, array in _held(problem))


def _held(problem: "Problem") -> list[tuple[Quantity, NDArray[np.float64]]]:
    every = [(each, getattr(problem, each.field)) for each in (*REGIONS, *CELLS)]
    return [(each, array) for each, array in every if array is not None]


def _wrong(numbers: NDArray[np.float64], quantity: Quantity) -> NDArray[np.bool_]:
    """Return where numbers are impossible; what stands for nothing is not."""
    most = quantity.limits.high if quantity.limits is not None else np.inf
    # what is not a number compares as false
    wrong = ~((numbers >= 0) & (numbers <= most) & (numbers < np.inf))
    if quantity.nothing is not None:
        wrong &= ~np.isnan(numbers) if np.isnan(quantity.nothing) else numbers != quantity.nothing
    return wrong


def _nothing_used(problem: "Problem") -> list[Sentence]:
    """Return a fault where persons are in need who use nothing of what they need."""
    uses = problem.requirement > 0
    if problem.demand_of is not None:
        free = ~uses & (problem.demand_of > 0)
        return [
            sentence(
                "People in these regions need {resource} but use none: {regions}; give a requirement above 0.",
                resource=named(name),
                regions=listed(_where(problem, column)),
            )
            for name, column in zip(problem.resource_names, free.T, strict=True)
            if column.any()
        ]
    free = ~uses.any(axis=1) & (problem.demand > 0)
    if not free.any():
        return []
    return [
        sentence(
            "People in these regions use no resource: {regions}; give at least one requirement above 0.",
            regions=listed(_where(problem, free)),
        )
    ]


def _sum_faults(problem: "Problem") -> list[Sentence]:
    """Return a fault where demand is not the sum of the demand of every resource."""
    if problem.demand_of is None:
        return []
    differs = ~np.isclose(problem.demand, problem.demand_of.sum(axis=1), rtol=1e-9, atol=1e-9)
    if not differs.any():
        return []
    return [
        sentence(
            "Demand is not the sum of the demand of every resource in these regions: {regions}; give the sum.",
            regions=listed(_where(problem, differs)),
        )
    ]


def _column_fault(
    problem: "Problem", quantity: Quantity, resource: str, column: NDArray[np.float64]
) -> Sentence | None:
    wrong = _wrong(column, quantity)
    if not wrong.any():
        return None
    if quantity.is_fraction:
        expected = sentence("give fractions from 0 to 1 (0.3 means 30%).")
    else:
        expected = sentence("give finite numbers of at least 0.")
    return sentence(
        "{label}: found {found} (regions: {regions}); {expected}",
        label=quantity.about(resource),
        found=listed(f"{cell:g}" for cell in column[wrong]),
        regions=listed(_where(problem, wrong)),
        expected=expected,
    )


def _where(problem: "Problem", wrong: NDArray[np.bool_]) -> list[str]:
    return [str(problem.regions[place]) for place in np.flatnonzero(wrong)]
