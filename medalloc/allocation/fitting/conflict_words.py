"""What a limit that the floors break is called, and what would make it fit."""

from typing import overload

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.problem import Array, Problem
from medalloc.errors import Conflict
from medalloc.sentences import Sentence, sentence

Integers = NDArray[np.intp]

SMALLEST = 1e-300
"""Below this, a number is shown as 0."""

POWERS = np.array([float(f"1e{power}") for power in range(-300, 3)])
"""Powers of ten, from the smallest number that is shown to the last whose third digit is a whole one."""

SCALES = np.array([float(f"1e{2 - power}") for power in range(-300, 3)])
"""What makes the third digit of a number from each of these powers on a whole one."""

# There may be thousands of these, so that only their values are put together each time.
_CROWDED = sentence("{region} can take {available} more {resource}, but its floor needs {required}.").template
_RAISE_CAP = sentence(
    "Raise the cap on {resource} in {region} to at least {required}, or lower its floor to at most"
    " {floor} ({percent} %)."
).template
_LOCKED = sentence("{region} is locked at {available} {resource}, but its floor needs {required}.").template
_FULL = sentence("{region} has space for {available}, but what its floor needs takes {required}.").template
_RAISE_SPACE = sentence(
    "Raise the space in {region} to at least {required}, or lower its floor to at most {floor} ({percent} %)."
).template
_UNLOCK = sentence("Unlock {resource} in {region}, or lock at least {required}.").template


def stock_conflict(problem: Problem, place: int, required: float, lower: Sentence) -> Conflict:
    """Return a stock that the floors exceed; `lower` says how far they must come down."""
    resource = problem.resources[place]
    return Conflict(
        sentence(
            "Stock of {resource}: the floors need {required}, in stock are {available}.",
            resource=resource.name,
            required=at_least(required),
            available=resource.stock,
        ),
        required,
        resource.stock,
        sentence(
            "Raise the stock of {resource} to at least {required}, or {lower}",
            resource=resource.name,
            required=at_least(required),
            lower=lower,
        ),
        ({"what": "stock", "resource": resource.name, "value": float(at_least(required))},),
    )


def cap_conflicts(problem: Problem, rows: Integers, places: Integers, required: Array) -> list[Conflict]:
    """Return the conflict of every cap that the floors break, in these rows and places, shape (n_conflicts,)."""
    cap = problem.cap[rows, places]
    fits = at_most((problem.existing[rows, places] + cap) / (problem.requirement[rows, places] * problem.demand[rows]))
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
        repair = Sentence(_UNLOCK, {**names, "required": shown})
        found.append(Conflict(limit, needs, has, repair, ({"what": "locked", "value": "unlimited", **names},)))
    return found


def space_conflicts(problem: Problem, rows: Integers, required: Array, within: Array) -> list[Conflict]:
    """Return the conflict of every region whose space is too small for its floor; `within` is whom it can serve."""
    fits = at_most(np.maximum(0.0, within[rows] / problem.demand[rows]))
    columns = (rows, required, at_least(required), problem.space[rows], fits, np.round(100 * fits, 10))
    found = []
    for row, needs, shown, has, floor, percent in zip(*(column.tolist() for column in columns), strict=True):
        region = problem.regions[row]
        limit = {"region": region, "available": has, "required": shown}
        repair = {"region": region, "required": shown, "floor": floor, "percent": percent}
        remedy = {"what": "space", "region": region, "value": shown}
        found.append(Conflict(Sentence(_FULL, limit), needs, has, Sentence(_RAISE_SPACE, repair), (remedy,)))
    return found


def budget_conflict(problem: Problem, required: float, lower: Sentence) -> Conflict:
    """Return the budget that the floors exceed."""
    available = float(problem.budget or 0.0)
    return Conflict(
        sentence(
            "Budget: the floors cost {required}, available are {available}.",
            required=at_least(required),
            available=available,
        ),
        required,
        available,
        sentence("Raise the budget to at least {required}, or {lower}", required=at_least(required), lower=lower),
        ({"what": "budget", "value": float(at_least(required))},),
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
