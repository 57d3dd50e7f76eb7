"""The numbers of a problem by quantity, wherever it keeps them: read in one way, and changed in one way."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from medalloc.allocation.problem.statement import Array, Problem
from medalloc.quantities import Quantity


def held(problem: Problem, quantity: Quantity) -> Array | None:
    """Return a copy of all numbers of a quantity, not finite where there is none; None where nobody has them.

    Shape () of the plan, (n_resources,), (n_regions,), or (n_regions, n_resources).

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> from medalloc.quantities import those_of
    >>> problem = Problem(("North",), [30], (Resource("beds", 20), Resource("nurses", 5, length_of_stay=8)))
    >>> stay, = (each for each in those_of("resource") if each.name == "length_of_stay")
    >>> held(problem, stay).tolist()
    [nan, 8.0]
    """
    if quantity.of == "resource":
        return np.array([quantity.number(getattr(each, quantity.field)) for each in problem.resources])
    found = getattr(problem, quantity.field)
    if quantity.of == "plan":
        return np.array(quantity.number(found))
    return None if found is None else np.array(found)


def with_held(problem: Problem, changed: Mapping[Quantity, Array]) -> Problem:
    """Return the problem with all numbers of some quantities changed; demand stays the sum of that of each resource.

    Raises
    ------
    InputError
        If a number is impossible.
    """
    given: dict[str, Any] = {"resources": problem.resources}
    for quantity, numbers in changed.items():
        if quantity.of == "resource":
            given["resources"] = tuple(
                replace(each, **{quantity.field: quantity.plain(number)})
                for each, number in zip(given["resources"], numbers.tolist(), strict=True)
            )
        elif quantity.of == "plan":
            given[quantity.field] = quantity.plain(numbers.item())
        else:
            given[quantity.field] = numbers
    if "demand_of" in given:
        given["demand"] = given["demand_of"].sum(axis=1)
    return replace(problem, **given)
