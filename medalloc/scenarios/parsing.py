"""A change in one word: stock:beds=+50."""

import re
from functools import partial

import numpy as np

from medalloc.allocation.problem import Problem
from medalloc.allocation.scorecard.region_groups import Groups, regions_of
from medalloc.errors import InputError, refused
from medalloc.scenarios.applying import apply, present
from medalloc.scenarios.change import TRIED, Change, Scenario
from medalloc.sentences import Sentence, sentence

NUMBER = re.compile(r"([+-]?)(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)(%?)", re.IGNORECASE)

FRACTIONS = tuple(name for name, about in TRIED.items() if about[0].is_fraction)
"""What may be set in percent."""


def parse_change(text: str, problem: Problem) -> Change:
    """Return the change that a text asks for.

    Parameters
    ----------
    text : str
        ``WHAT[:RESOURCE][:REGION]=CHANGE``, the change being ``+10%`` or ``-10%``, ``+50`` or ``-50`` on top of what
        it is now, a new number (a floor and what is movable also in percent: ``30%``), ``unlimited``, or
        for a policy or a model its name; ``site:REGION=DEMAND`` opens a region.

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
    demand: +10%
    stock (beds): plus 5
    demand (South): minus 4
    cap (beds): 3
    floor: 0.3
    policy: Max-min: lowest coverage first
    """
    told, equals, asked = text.rpartition("=")
    what, *names = told.split(":")
    resource = names.pop(0) if names and _has_resource(what, names[0], problem) else None
    region = ":".join(names) or None
    number = NUMBER.fullmatch(asked.strip())
    if not (equals and asked) or (number is not None and number[3] and not number[1] and what not in FRACTIONS):
        raise refused(
            "--change {found}: write WHAT=CHANGE, such as demand=+10%, stock:beds=+50, floor=30% or budget=unlimited.",
            found=text,
        )
    changed = partial(Change, what, resource=resource, region=region)
    if number is None:
        return changed(value=asked.strip())
    amount = float(number[1] + number[2])
    if number[3] and number[1]:
        return changed(factor=1 + amount / 100)
    if not number[1]:
        return changed(value=amount / (100 if number[3] else 1))
    if what == "policy":
        raise InputError(_nothing_there(text))
    change = changed(added=amount)
    if _is_there(problem, resource, region) and not np.isfinite(present(problem, change)).any():
        raise InputError(_nothing_there(text))
    # what is not there, and what it would lead to, is refused where it is said
    apply(problem, Scenario("", (change,)))
    return change


def in_every_region(text: str, groups: Groups) -> list[str]:
    """Return a change of a group of regions as one of each of them; any other as it is.

    Examples
    --------
    >>> in_every_region("demand:province=East=+20%", {"province=East": ("A", "B")})
    ['demand:A=+20%', 'demand:B=+20%']
    """
    told, _equals, asked = text.rpartition("=")
    parts = told.split(":")
    for first in range(1, len(parts)):
        if (members := regions_of(":".join(parts[first:]), groups)) is not None:
            return [f"{':'.join((*parts[:first], each))}={asked}" for each in members]
    return [text]


def _has_resource(what: str, name: str, problem: Problem) -> bool:
    """Whether the first name is that of a resource."""
    kinds = {each.of for each in TRIED.get(what, ())}
    own = what == "demand" and problem.demand_of is not None and name in problem.resource_names
    return own or (what != "demand" and bool(kinds & {"resource", "cell"}))


def _is_there(problem: Problem, resource: str | None, region: str | None) -> bool:
    return resource in (None, *problem.resource_names) and region in (None, *problem.regions)


def _nothing_there(text: str) -> Sentence:
    return sentence("--change {found}: there is no present number to add to; give the new number.", found=text)
