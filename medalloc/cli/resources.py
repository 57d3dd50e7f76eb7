"""What is placed: a table of resources, options for single values, or both."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medalloc.cli.named import numbers
from medalloc.errors import InputError
from medalloc.sentences import sentence

if TYPE_CHECKING:
    from medalloc.allocation.problem.resource import Resource

SINGLE = {
    "requirement": ("requirement", "--requirement"),
    "cost": ("unit_cost", "--cost"),
    "space": ("space", "--space"),
    "movable": ("movable", "--movable"),
    "stay": ("length_of_stay", "--stay"),
}
"""What an option changes of a resource, and how it is written."""


def resources(limits: Mapping[str, Any]) -> "tuple[Resource, ...]":
    """Return the resources that the options describe: those of the table first, in its order, then the others.

    Raises
    ------
    InputError
        If none is described, the table has faults, or an option names a resource of which there is no stock.
    """
    from medalloc.allocation.problem.resource import Resource
    from medalloc.allocation.problem.resource_table import resources_from_table
    from medalloc.tables.reading import read_file

    stock = numbers(limits.get("stock", ()), "--resource")
    changes = {what: numbers(limits.get(option, ()), flag) for option, (what, flag) in SINGLE.items()}
    file = limits.get("resources")
    values = {} if file is None else {each.name: vars(each) for each in resources_from_table(read_file(file))}
    for name, units in stock.items():
        values[name] = {**values.get(name, {}), "name": name, "stock": units}
    if not values:
        raise InputError(sentence("Say what is placed: --resource NAME=STOCK, --resources FILE, or both."))
    unknown = dict.fromkeys(name for named in changes.values() for name in named if name not in values)
    if unknown:
        raise InputError(
            *(sentence("No stock is given for “{name}”; add --resource {name}=STOCK.", name=name) for name in unknown)
        )
    for what, named in changes.items():
        for name, number in named.items():
            values[name] = {**values[name], what: number}
    whole = {"whole": True} if limits.get("integer") else {}
    return tuple(Resource(**{**each, **whole}) for each in values.values())
