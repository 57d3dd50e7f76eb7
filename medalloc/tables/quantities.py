"""What a column of a table can be for: every role said once, with its words, its unit and what an empty cell means."""

from dataclasses import dataclass
from typing import Literal

from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Quantity:
    """One role."""

    role: str
    """What it is called in files, commands and studies."""

    words: Sentence
    """What it is called on a screen, with its unit; of one resource, ``{resource}`` is named in front."""

    of: Literal["row", "patient", "region", "resource", "column"]
    """Whether it says something of a row of any table, of a patient, of a region, of one resource in a region
    (``cap:beds``), or only what is to be done with a column."""

    empty_is_none: bool = False
    """Whether an empty cell means that there is no such limit or exception, and not that a number is not known."""

    by_cell: bool = False
    """Whether a problem holds one number of it for each resource in each region, to be changed by hand or to try."""

    once: bool = True
    """Whether at most one column can have it."""


QUANTITIES = (
    Quantity("patient id", sentence("patient"), "patient"),
    Quantity("region", sentence("region"), "row"),
    Quantity("date", sentence("date"), "row"),
    Quantity("need", sentence("need: who was in need"), "patient"),
    Quantity("weight", sentence("weight: persons that a row stands for"), "patient"),
    Quantity("population", sentence("population [persons]"), "region"),
    Quantity("demand", sentence("demand [persons]"), "region"),
    Quantity("value", sentence("value of serving one person"), "region"),
    Quantity("floor", sentence("smallest coverage [fraction]"), "region"),
    Quantity("space", sentence("space for what is placed"), "region", empty_is_none=True),
    Quantity("longitude", sentence("longitude"), "row"),
    Quantity("latitude", sentence("latitude"), "row"),
    Quantity("existing", sentence("existing [units]"), "resource", by_cell=True),
    Quantity("cap", sentence("most that may be placed [units]"), "resource", empty_is_none=True, by_cell=True),
    Quantity("requirement", sentence("one person uses [units]"), "resource", empty_is_none=True),
    Quantity("cost", sentence("cost of one unit [money]"), "resource", empty_is_none=True),
    Quantity("demand", sentence("persons in need of it alone"), "resource"),
    Quantity("locked", sentence("settled [units]"), "resource", empty_is_none=True, by_cell=True),
    Quantity("group", sentence("group, to compare errors by"), "column", once=False),
    Quantity("feature", sentence("feature, to learn from"), "column", once=False),
    Quantity("ignored", sentence("not used"), "column", once=False),
)
"""Every role, in the order in which they are offered."""

SINGLE = tuple(each.role for each in QUANTITIES if each.once and each.of != "resource")
"""Roles that at most one column may have."""

PER_RESOURCE = tuple(each.role for each in QUANTITIES if each.of == "resource")
"""Roles that are given for one resource, at most one column each: ``existing:beds``. `demand` is a role by itself, too,
unless every resource has persons of its own."""

PER_REGION = tuple(each.role for each in QUANTITIES if each.of == "region")
"""Roles that hold numbers of a region; in a table of patients such a column is a feature."""

PER_CELL = tuple(each.role for each in QUANTITIES if each.by_cell)
"""Roles of one resource in a region that can be changed by hand and by a scenario."""

PER_PATIENT = tuple(each.role for each in QUANTITIES if each.of == "patient" and each.role == "weight")
"""Roles of numbers that only a table of patients has."""

MAY_BE_EMPTY = tuple(dict.fromkeys(each.role for each in QUANTITIES if each.empty_is_none))
"""Roles of limits and exceptions, alone or for a resource: an empty cell means that there is none. In every other role
it means a number that is not known."""

ROLES = (*SINGLE, *(each.role for each in QUANTITIES if not each.once))
"""What a column can be for by itself; beside these there is ``existing:beds`` and so on, see `PER_RESOURCE`."""


def quantity_of(role: str) -> Quantity:
    """Return what a role is, also one of a resource.

    Examples
    --------
    >>> str(quantity_of("cap:beds").words)
    'most that may be placed [units]'
    """
    name, colon, _ = role.partition(":")
    return next(each for each in QUANTITIES if each.role == name and (each.of == "resource") == bool(colon))
