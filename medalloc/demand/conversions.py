"""How persons become beds, hours, money: length of stay, occupancy and requirement, as data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.saved import Limits, entry_faults, form_faults, number_faults
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]

VERSION = 1
_POSITIVE = Limits(0, above=True)
_LIMITS = {"requirement": _POSITIVE, "occupancy": Limits(0, 1, above=True), "stay_hours": _POSITIVE}


@dataclass(frozen=True)
class Conversion:
    """How persons become units of one resource.

    Raises
    ------
    InputError
        With everything that is wrong with it.

    Notes
    -----
    What is kept while a person stays, such as beds, is needed at once; with ``hours`` the length of the period,

        units = persons * requirement * stay_hours / (hours * occupancy).

    What is used up, such as money or hours of work, is needed in all; without a stay that factor is left out,

        units = persons * requirement * stay_hours / occupancy.

    Persons are taken to come evenly over the period: a week above the mean needs more.

    Examples
    --------
    A thousand persons a year, each for six days, and beds that are in use 85 % of the time:

    >>> round(1000 * Conversion("beds", stay_hours=144, occupancy=0.85, at_once=True).units_per_person(8760), 2)
    19.34

    A quarter of an hour of nursing for each hour of stay, 80 % of paid hours being at patients:

    >>> 1000 * Conversion("nursing", "hours", requirement=0.25, stay_hours=144, occupancy=0.8).units_per_person(8760)
    45000.0
    """

    resource: str
    """What is needed, such as ``beds``."""

    unit: str = "units"
    """What it is counted in, such as ``beds``, ``hours`` or ``EUR``."""

    requirement: float = 1.0
    """What one person uses: at once, in all, or for each hour of stay. [units/person], [units/hour/person]"""

    stay_hours: float | None = None
    """Mean length of stay; None where it does not matter. [hours/person]"""

    occupancy: float = 1.0
    """Share of what there is that may be in use, so that those who come by chance find room. [fraction]"""

    at_once: bool = False
    """Whether a unit is free again after a stay (beds), or is used up (hours, money)."""

    def __post_init__(self) -> None:
        faults = _conversion_faults(self)
        if faults:
            raise InputError(*faults)

    def units_per_person(self, hours: float) -> float:
        """Return the units for one person in a period; an allocation calls that the requirement.

        Parameters
        ----------
        hours : float
            Length of the period; without effect on what is used up. [hours]
        """
        used = self.requirement * (1.0 if self.stay_hours is None else self.stay_hours)
        return used / (self.occupancy * (hours if self.at_once else 1.0))


@dataclass(frozen=True)
class PersonsToUnits:
    """The period that demand is for, and a conversion for every resource.

    Examples
    --------
    >>> beds, money = Conversion("beds", stay_hours=144, at_once=True), Conversion("money", "EUR", 4000)
    >>> year = PersonsToUnits(8760, (beds, money))
    >>> PersonsToUnits.from_json(year.to_json()) == year
    True
    """

    hours: float
    """Length of the period. [hours]"""

    conversions: tuple[Conversion, ...]
    """One for each resource."""

    def __post_init__(self) -> None:
        faults = number_faults({"hours": self.hours}, {"hours": _POSITIVE})
        names = [each.resource for each in self.conversions]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            faults.append(sentence("Each resource is converted once; given twice: {names}.", names=", ".join(twice)))
        if not names:
            faults.append(sentence("Say for at least one resource how persons become units of it."))
        if faults:
            raise InputError(*faults)

    @property
    def units_per_person(self) -> Floats:
        """Units of each resource for one person, shape (r,)."""
        return np.array([each.units_per_person(self.hours) for each in self.conversions])

    def to_json(self) -> dict[str, Any]:
        """Return plain values with their version."""
        return {"version": VERSION, "hours": self.hours, "conversions": [asdict(each) for each in self.conversions]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PersonsToUnits":
        """Return what `to_json` wrote.

        Raises
        ------
        InputError
            With every fault of the saved form and of its conversions at once.
        """
        known = ("hours", "conversions")
        faults = form_faults(data, sentence("conversion"), version=VERSION, known=known, required=known)
        saved = data.get("conversions", []) if isinstance(data, Mapping) else []
        if not isinstance(saved, list) or not all(isinstance(one, Mapping) for one in saved):
            raise InputError(*faults, sentence("“conversions” must be a list of objects."))
        made: list[Conversion] = []
        for place, one in enumerate(saved, 1):
            faults += [
                sentence("Conversion {place}: {fault}", place=place, fault=fault) for fault in _read_into(made, one)
            ]
        if faults:
            raise InputError(*faults)
        return cls(data["hours"], tuple(made))


def _conversion_faults(given: Conversion) -> list[Sentence]:
    numbers = {name: getattr(given, name) for name in _LIMITS}
    limits = {name: limit for name, limit in _LIMITS.items() if name != "stay_hours" or given.stay_hours is not None}
    faults = number_faults(numbers, limits)
    for name in ("resource", "unit"):
        if not isinstance(getattr(given, name), str) or not getattr(given, name).strip():
            faults.append(sentence("“{name}” of a conversion must be text.", name=name))
    if not isinstance(given.at_once, bool):
        faults.append(sentence("“at once” is {found}; give true or false.", found=repr(given.at_once)))
    elif given.at_once and given.stay_hours is None:
        faults.append(
            sentence(
                "“{resource}” is free again after a stay, so its length in hours is needed; give it.",
                resource=str(given.resource),
            )
        )
    return faults


def _read_into(made: list[Conversion], saved: Mapping[str, Any]) -> list[Sentence]:
    """Add a saved conversion to those made, or return what is wrong with it."""
    known = [each.name for each in fields(Conversion)]
    faults = entry_faults(saved, sentence("conversion"), known=known, required=known[:1])
    if not faults:
        try:
            made.append(Conversion(**saved))
        except InputError as error:
            return list(error.faults)
    return faults
