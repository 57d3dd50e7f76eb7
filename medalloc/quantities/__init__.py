"""What a column of a table, a region, a resource and a plan have: one table, and what is read from it."""

from medalloc.quantities.quantity import Of as Of
from medalloc.quantities.quantity import Quantity as Quantity
from medalloc.quantities.table import QUANTITIES as QUANTITIES


def those_of(*kinds: Of) -> tuple[Quantity, ...]:
    """Return what says something of these.

    Examples
    --------
    >>> [each.name for each in those_of("cell")]
    ['existing', 'cap', 'requirement', 'cost', 'demand', 'locked', 'staying']
    """
    return tuple(each for each in QUANTITIES if each.of in kinds)


REGIONS, CELLS, RESOURCES = those_of("region"), those_of("cell"), those_of("resource")
"""What a problem holds of each region, of each resource in each region, and of each resource."""

OF_ANY_TABLE = those_of("row", "patient", "region", "column")

SINGLE = tuple(each.name for each in OF_ANY_TABLE if each.once)
"""Roles that at most one column may have."""

PER_RESOURCE = tuple(each.name for each in CELLS)
"""Roles that are given for one resource, at most one column each: ``existing:beds``. `demand` is a role by itself, too,
unless every resource has persons of its own."""

PER_REGION = tuple(each.name for each in REGIONS)
"""Roles that hold numbers of a region; in a table of patients such a column is a feature."""

PER_PATIENT = ("weight",)
"""Roles of numbers that only a table of patients has."""

MAY_BE_EMPTY = tuple(each.name for each in (*REGIONS, *CELLS) if each.may_be_nothing)
"""Roles of limits and exceptions, alone or for a resource: an empty cell means that there is none. In every other role
it means a number that is not known."""

ROLES = (*SINGLE, *(each.name for each in OF_ANY_TABLE if not each.once))
"""What a column can be for by itself; beside these there is ``existing:beds`` and so on, see `PER_RESOURCE`."""


def quantity_of(role: str) -> Quantity:
    """Return what a role is, also one of a resource.

    Raises
    ------
    KeyError
        If it is no role.

    Examples
    --------
    >>> str(quantity_of("cap:beds").words), quantity_of("demand:beds").field
    ('most that may be placed [units]', 'demand_of')
    """
    name, colon, _ = role.partition(":")
    return _BY_ROLE[name, bool(colon)]


_BY_ROLE = {(each.name, each.of == "cell"): each for each in (*OF_ANY_TABLE, *CELLS)}
