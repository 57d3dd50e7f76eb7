"""A change in one word: stock:beds=+50."""

import math
import re

from medalloc.allocation.problem import Problem
from medalloc.errors import InputError
from medalloc.scenarios.change import PER_RESOURCE, Change
from medalloc.sentences import sentence
from medalloc.tables.quantities import PER_CELL

NUMBER = re.compile(r"([+-]?)(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)(%?)", re.IGNORECASE)

FRACTIONS = ("floor", "movable")
"""What may be set in percent."""


def parse_change(text: str, problem: Problem) -> Change:
    """Return the change that a text asks for.

    Parameters
    ----------
    text : str
        ``WHAT[:RESOURCE][:REGION]=CHANGE``, the change being ``+10%`` or ``-10%``, ``+50`` or ``-50`` on top of what
        it is now, a new number (a floor and what is movable also in percent: ``30%``), ``unlimited``, or
        for a policy its name.
    problem : Problem
        What is changed.

    Raises
    ------
    InputError
        If it is not written so, or there is no present number to add to.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> problem = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    >>> for text in ("demand=+10%", "stock:beds=+5", "demand:South=-4", "cap:beds=3", "floor=30%", "policy=max-min"):
    ...     print(parse_change(text, problem).sentence)
    demand: times 1.1
    stock (beds): 25
    demand (South): 6
    cap (beds): 3
    floor: 0.3
    policy: max-min
    """
    told, equals, asked = text.rpartition("=")
    what, *names = told.split(":")
    resource = names.pop(0) if names and _has_resource(what, names[0], problem) else None
    region = ":".join(names) or None
    number = NUMBER.fullmatch(asked.strip())
    if not (equals and asked) or (number is not None and number[3] and not number[1] and what not in FRACTIONS):
        raise InputError(
            sentence(
                "--change {found}: write WHAT=CHANGE, such as demand=+10%, stock:beds=+50, floor=30% or "
                "budget=unlimited.",
                found=text,
            )
        )
    if number is None:
        return Change(what, value=asked.strip(), resource=resource, region=region)
    if number[3] and number[1]:
        return Change(what, factor=1 + float(number[1] + number[2]) / 100, resource=resource, region=region)
    value = float(number[1] + number[2]) / (100 if number[3] else 1)
    if number[1]:
        value += _present(text, what, resource, region, problem)
    return Change(what, value=value, resource=resource, region=region)


def _has_resource(what: str, name: str, problem: Problem) -> bool:
    """Whether the first name is that of a resource."""
    own = what == "demand" and problem.demand_of is not None and name in problem.resource_names
    return own or what in (*PER_RESOURCE, *PER_CELL)


def _present(text: str, what: str, resource: str | None, region: str | None, problem: Problem) -> float:
    """Return the number as it is now."""
    try:
        found = _number(what, resource, region, problem)
    except (AttributeError, ValueError):
        # a name that the problem does not have
        found = None
    if found is None or not math.isfinite(found):
        raise InputError(
            sentence("--change {found}: there is no present number to add to; give the new number.", found=text)
        )
    return float(found)


def _number(what: str, resource: str | None, region: str | None, problem: Problem) -> float | None:
    column = None if resource is None else problem.resource_names.index(resource)
    row = None if region is None else problem.regions.index(region)
    if what in PER_RESOURCE and column is not None:
        number: float | None = getattr(problem.resources[column], what)
        return number
    if row is None:
        return {"budget": problem.budget, "floor": problem.common_floor}.get(what)
    if column is None:
        return float(getattr(problem, what)[row])
    cells = problem.demand_of if what == "demand" else getattr(problem, what)
    return None if cells is None else float(cells[row, column])
