"""What a limit that floors or locks break is called, and what would make it fit."""

from typing import overload

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import everyone, gross_units, persons_within
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units, without_locks
from medalloc.errors import Conflict
from medalloc.sentences import Sentence, sentence

Integers = NDArray[np.intp]

ROUNDING = 1e-9
"""Share of itself by which a number may exceed another and still be it."""

SMALLEST = 1e-300
"""Below this, a number is shown as 0."""

POWERS = np.array([float(f"1e{power}") for power in range(-300, 3)])
"""Powers of ten, from the smallest number that is shown to the last whose third digit is a whole one."""

SCALES = np.array([float(f"1e{2 - power}") for power in range(-300, 3)])
"""What makes the third digit of a number from each of these powers on a whole one."""

# There may be thousands of these, so that only their values are put together each time.
_CROWDED = sentence("{region} can take {available} more {resource}, but its floor needs {required}.").template
_RAISE_CAP = sentence(
    "Raise the cap on {resource} in {region} to at least {required}, or lower its floor to at most {floor} "
    "({percent}%)."
).template
_LOCKED = sentence("{region} is locked at {available} {resource}, but its floor needs {required}.").template
_FULL = (
    sentence("{region} has space for {available}, but what its floor needs takes {required}.").template,
    sentence("{region} has space for {available}, but its locked units take {required}.").template,
    sentence(
        "{region} has space for {available}, but its locked units and what its floor needs take {required}."
    ).template,
)
_RAISE_SPACE = sentence(
    "Raise the space in {region} to at least {required}, or lower its floor to at most {floor} ({percent}%)."
).template
_UNLOCK_SOME = sentence("Unlock some units in {region}, or raise its space to {required}.").template
_UNLOCK_ALONE = sentence("Unlock {resource} in {region}.").template
_UNLOCK = sentence("Unlock {resource} in {region}, or lock at least {required}.").template


def stock_conflict(problem: Problem, place: int, required: float, lower: Sentence | None) -> Conflict:
    """Return a stock that floors and locks exceed; `lower` says how far floors must come down, if that is enough."""
    resource, locked = problem.resources[place], float(locked_units(problem)[:, place].sum())
    about = {"resource": resource.name, "required": at_least(required)}
    limits = (
        sentence("Stock of {resource}: the floors need {required}, in stock are {available}."),
        sentence("Stock of {resource}: locked are {required}, in stock are {available}."),
        sentence("Stock of {resource}: locked units and floors need {required}, in stock are {available}."),
    )
    if lower is not None:
        repair = sentence("Raise the stock of {resource} to at least {required}, or {lower}", **about, lower=lower)
    elif locked > resource.stock:
        repair = sentence("Unlock some {resource}, or raise their stock to {required}.", **about)
    else:
        repair = sentence("Raise the stock of {resource} to at least {required}.", **about)
    return Conflict(
        Sentence(limits[_whose(locked, required)].template, {**about, "available": resource.stock}),
        required,
        resource.stock,
        repair,
        ({"what": "stock", "resource": resource.name, "value": float(at_least(required))},),
    )


def _whose(locked: float, required: float) -> int:
    """Return whether what is required is so because of floors alone (0), of locks alone (1), or of both (2)."""
    return 0 if locked <= 0 else 1 if required <= locked * (1 + ROUNDING) else 2


def cap_conflicts(problem: Problem, rows: Integers, places: Integers, required: Array) -> list[Conflict]:
    """Return the conflict of every cap that the floors break, in these rows and places, shape (n_conflicts,)."""
    cap = problem.cap[rows, places]
    most = problem.existing[rows, places] + np.where(problem.whole[places], np.floor(cap), cap)
    fits = at_most(most / (problem.requirement[rows, places] * problem.demand[rows]))
    columns = (rows, places, required, at_least(required), cap, fits, np.round(100 * fits, 10))
    regions, names = problem.regions, problem.resource_names
    found = []
    for row, place, needs, shown, has, floor, percent in zip(*(column.tolist() for column in columns), strict=True):
        region, resource = regions[row], names[place]
        limit = {"region": region, "resource": resource, "available": has, "required": shown}
        repair = {"region": region, "resource": resource, "required": shown, "floor": floor, "percent": percent}
        remedy = {"what": "cap", "resource": resource, "region": region, "value": shown}
        found.append(Conflict(Sentence(_CROWDED, limit), needs, has, Sentence(_RAISE_CAP, repair), (remedy,)))
    return found


def lock_conflicts_with_floors(problem: Problem, rows: Integers, places: Integers, required: Array) -> list[Conflict]:
    """Return the conflict of every lock that holds a region below its floor, likewise."""
    columns = (rows, places, required, at_least(required), problem.locked[rows, places])
    found = []
    for row, place, needs, shown, has in zip(*(column.tolist() for column in columns), strict=True):
        names = {"region": problem.regions[row], "resource": problem.resources[place].name}
        limit = Sentence(_LOCKED, {**names, "available": has, "required": shown})
        # moved units come to no locked ones
        moved = problem.resources[place].is_moved
        repair = Sentence(_UNLOCK_ALONE, names) if moved else Sentence(_UNLOCK, {**names, "required": shown})
        found.append(Conflict(limit, needs, has, repair, ({"what": "locked", "value": "unlimited", **names},)))
    return found


def space_conflicts(problem: Problem, rows: Integers, required: Array) -> list[Conflict]:
    """Return the conflict of every region whose space is too small for its locked units and its floor."""
    free, settled = without_locks(problem), locked_units(problem)[rows] @ problem.unit_space
    # one "person" takes what everybody would, so that it is floors that find room
    whole = free.derived(demand_of=None, region_requirement=gross_units(free, everyone(free)))
    fits = at_most(persons_within(whole)[rows].clip(0.0, 1.0))
    columns = (rows, required, at_least(required), problem.space[rows], settled, fits, np.round(100 * fits, 10))
    found = []
    for row, needs, shown, has, locked, floor, percent in zip(*(column.tolist() for column in columns), strict=True):
        about = {"region": problem.regions[row], "required": shown}
        limit = Sentence(_FULL[_whose(locked, needs)], {**about, "available": has})
        lower = Sentence(_RAISE_SPACE, {**about, "floor": floor, "percent": percent})
        repair = Sentence(_UNLOCK_SOME, about) if locked > has * (1 + ROUNDING) else lower
        found.append(
            Conflict(limit, needs, has, repair, ({"what": "space", "region": about["region"], "value": shown},))
        )
    return found


def budget_conflict(problem: Problem, required: float, lower: Sentence | None) -> Conflict:
    """Return the budget that floors and locks exceed."""
    available, shown = float(problem.budget or 0.0), at_least(required)
    locked = float((locked_units(problem) * problem.unit_cost).sum())
    limits = (
        sentence("Budget: the floors cost {required}, available are {available}."),
        sentence("Budget: the locked units cost {required}, available are {available}."),
        sentence("Budget: locked units and floors cost {required}, available are {available}."),
    )
    if lower is not None:
        repair = sentence("Raise the budget to at least {required}, or {lower}", required=shown, lower=lower)
    elif locked > available:
        repair = sentence("Unlock some units, or raise the budget to {required}.", required=shown)
    else:
        repair = sentence("Raise the budget to at least {required}.", required=shown)
    return Conflict(
        Sentence(limits[_whose(locked, required)].template, {"required": shown, "available": available}),
        required,
        available,
        repair,
        ({"what": "budget", "value": float(shown)},),
    )


def fraction(fits: float) -> dict[str, float]:
    """Return a floor as both of the numbers by which it is shown."""
    return {"floor": fits, "percent": round(100 * fits, 10)}


@overload
def at_least(number: float) -> float: ...
@overload
def at_least(number: Array) -> Array: ...
def at_least(number: float | Array) -> float | Array:
    """Round up to what is shown, so that following the advice is enough."""
    scale = _scale(number)
    return np.ceil(number * scale - 1e-9) / scale


@overload
def at_most(number: float) -> float: ...
@overload
def at_most(number: Array) -> Array: ...
def at_most(number: float | Array) -> float | Array:
    """Round down to what is shown, so that following the advice is enough."""
    scale = _scale(number)
    return np.floor(number * scale + 1e-9) / scale


def _scale(number: float | Array) -> Array:
    """Return the inverse of the last place that is shown: units from 1,000 on, otherwise the third digit."""
    # numpy's powers and logarithms of an array can differ in the last bit from those of one number
    exponent = np.searchsorted(POWERS, number, side="right") - 1
    whole = np.less(number, SMALLEST) | np.greater_equal(number, 1000)
    return np.where(whole, 1.0, SCALES[np.clip(exponent, 0, SCALES.size - 1)])
