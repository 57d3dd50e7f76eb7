"""Every fault of a problem, in words, before anything is calculated with it."""

from collections import Counter
from collections.abc import Iterable
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.policy import policy_fault
from medalloc.sentences import Sentence, sentence

if TYPE_CHECKING:
    from medalloc.allocation.problem import Problem

MOST_RESOURCES = 60
"""The resources a person needs are held as the bits of one integer."""

RESERVED = "budget"
"""The name under which a plan reports the price of money."""


def is_number(found: object) -> bool:
    """Whether something is a finite number (True and False are not)."""
    return isinstance(found, Real) and not isinstance(found, bool | np.bool_) and bool(np.isfinite(float(found)))


def listed(names: Iterable[object], at_most: int = 5) -> str:
    """Write names one after the other, with an ellipsis for those beyond the first few."""
    every = [str(name) for name in names]
    return ", ".join(every[:at_most]) + (", …" if len(every) > at_most else "")


def numbers(given: object) -> NDArray[np.float64] | None:
    """Return a copy of what was given as numbers, or None when it is something else."""
    try:
        return np.array(given, dtype=np.float64)
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
    if RESERVED in [resource.name for resource in problem.resources]:
        faults.append(
            sentence("A resource cannot be called “{name}”: that is the limit on money; rename it.", name=RESERVED)
        )
    fault = policy_fault(problem.policy)
    return faults + ([fault] if fault else [])


def _names(what: str, names: Iterable[object]) -> list[Sentence]:
    every = list(names)
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


def number_faults(problem: "Problem", *, cells: bool) -> list[Sentence]:
    """Return what is wrong with the numbers of a problem; `cells` says whether the arrays can be looked into."""
    faults = []
    for resource in problem.resources:
        faults += _scalar(resource.stock, sentence("Stock of {name}", name=resource.name), at_least_0=True)
        faults += _scalar(resource.requirement, sentence("Requirement of {name}", name=resource.name), at_least_0=False)
        faults += _scalar(resource.unit_cost, sentence("Unit cost of {name}", name=resource.name), at_least_0=True)
    if problem.budget is not None:
        faults += _scalar(problem.budget, sentence("Budget"), at_least_0=True)
    if not is_number(problem.common_floor) or not 0 <= problem.common_floor <= 1:
        faults.append(
            sentence(
                "The common floor is {found}; give a fraction from 0 to 1 (0.3 means 30 %).",
                found=_as_found(problem.common_floor),
            )
        )
    return faults + (_cell_faults(problem) + _population_faults(problem) if cells else [])


def _scalar(found: object, label: Sentence, *, at_least_0: bool) -> list[Sentence]:
    if is_number(found) and (float(found) >= 0 if at_least_0 else float(found) > 0):  # type: ignore[arg-type]
        return []
    expected = sentence("give a number of at least 0.") if at_least_0 else sentence("give a number above 0.")
    return [
        sentence(
            "{label}: found {found}; {expected}",
            label=label,
            found=_as_found(found),
            expected=expected,
        )
    ]


def _as_found(found: object) -> object:
    return found if is_number(found) else str(found)


def _cell_faults(problem: "Problem") -> list[Sentence]:
    """Return a fault for every column of the problem in which a region has an impossible number."""
    columns = [(sentence("Demand"), problem.demand), (sentence("Value"), problem.value)]
    if problem.population is not None:
        columns.append((sentence("Population"), problem.population))
    settled = np.where(np.isnan(problem.locked), 0.0, problem.locked)
    unlimited = np.where(problem.cap == np.inf, 0.0, problem.cap)
    for place, resource in enumerate(problem.resources):
        columns.append((sentence("Existing {name}", name=resource.name), problem.existing[:, place]))
        columns.append((sentence("Cap on {name}", name=resource.name), unlimited[:, place]))
        columns.append((sentence("Locked {name}", name=resource.name), settled[:, place]))
    faults = [_column_fault(problem, label, column) for label, column in columns]
    for place, resource in enumerate(problem.resources):
        above = problem.locked[:, place] > problem.cap[:, place]
        if above.any():
            faults.append(
                sentence(
                    "Locked {name}: more than the cap allows in these regions: {regions}; raise the cap or lock fewer.",
                    name=resource.name,
                    regions=listed(_where(problem, above)),
                )
            )
    outside = ~((problem.floor >= 0) & (problem.floor <= 1))
    if outside.any():
        faults.append(
            sentence(
                "Floor: found {found} (regions: {regions}); give fractions from 0 to 1 (0.3 means 30 %).",
                found=listed(f"{floor:g}" for floor in problem.floor[outside]),
                regions=listed(_where(problem, outside)),
            )
        )
    return [fault for fault in faults if fault is not None]


def _column_fault(problem: "Problem", label: Sentence, column: NDArray[np.float64]) -> Sentence | None:
    wrong = ~(np.isfinite(column) & (column >= 0))
    if not wrong.any():
        return None
    return sentence(
        "{label}: found {found} (regions: {regions}); give finite numbers of at least 0.",
        label=label,
        found=listed(f"{cell:g}" for cell in column[wrong]),
        regions=listed(_where(problem, wrong)),
    )


def _population_faults(problem: "Problem") -> list[Sentence]:
    if problem.policy != "per-head":
        return []
    if problem.population is None:
        return [sentence("Dividing per head needs the population of every region; give it or choose another policy.")]
    if problem.regions and not (problem.population > 0).any():
        return [sentence("Dividing per head needs inhabitants, but every population is 0; choose another policy.")]
    return []


def _where(problem: "Problem", wrong: NDArray[np.bool_]) -> list[str]:
    return [str(problem.regions[place]) for place in np.flatnonzero(wrong)]
