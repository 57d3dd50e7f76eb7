"""What is placed: a table of resources, options for single values, or both."""

from collections.abc import Mapping, Sequence
from typing import Any

from medalloc.allocation.problem.counted_whole import comes_whole
from medalloc.allocation.problem.resource import Resource
from medalloc.allocation.problem.resource_table import resources_from_table
from medalloc.cli.named import pairs
from medalloc.errors import InputError, refused
from medalloc.quantities import RESOURCES
from medalloc.sentences import sentence
from medalloc.tables.apart import read_file

OPTIONS = tuple(each for each in RESOURCES if each.option)
"""What options set of a resource, its stock first."""


def resources(limits: Mapping[str, Any]) -> tuple[Resource, ...]:
    """Return the resources that the options describe: those of the table first, in its order, then the others.

    Raises
    ------
    InputError
        If none is described, the table has faults, or an option names a resource of which there is no stock.
    """
    changes: dict[str, dict[str, Any]] = {
        each.field: pairs(limits.get(each.field, ()), each.flag, str if each.limits is None else float)
        for each in OPTIONS
    }
    file = limits.get("resources")
    values = {} if file is None else {each.name: vars(each) for each in resources_from_table(read_file(file))}
    for name in changes["stock"]:
        values.setdefault(name, {"name": name, "whole": comes_whole(name)})
    if not values:
        raise refused("Say what is placed: --resource NAME=STOCK, --resources FILE, or both.")
    unknown = dict.fromkeys(name for named in changes.values() for name in named if name not in values)
    if unknown:
        raise InputError(
            *(sentence("No stock is given for “{name}”; add --resource {name}=STOCK.", name=name) for name in unknown)
        )
    for field, named in changes.items():
        for name, value in named.items():
            values[name] = {**values[name], field: value}
    said = limits.get("integer")
    whole = {} if said is None else {"whole": said}
    return tuple(Resource(**{**each, **whole}) for each in values.values())


def sources(given: Sequence[str], placed: Sequence[Resource]) -> tuple[tuple[str, float, str], ...]:
    """Return the requirements that are confirmed as NAME=TEXT, with their sources.

    Raises
    ------
    InputError
        If a resource is not placed, or no source is said.
    """
    named, known = pairs(given, "--requirement-source", str), {each.name: each.requirement for each in placed}
    wrong = sentence("--requirement-source: write NAME=TEXT, for a resource that is placed.")
    if any(name not in known or not text.strip() for name, text in named.items()):
        raise InputError(wrong)
    return tuple((name, known[name], text.strip()) for name, text in named.items())
