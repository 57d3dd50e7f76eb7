"""How persons become beds, hours, money: length of stay, occupancy and requirement, as data."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.saved import Limits, Name, Rule, Saved
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]

_POSITIVE = Limits(0, above=True)


@dataclass(frozen=True)
class Conversion(Saved):
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

    noun: ClassVar[Sentence] = sentence("conversion")

    resource: Annotated[str, Name()]
    """What is needed, such as ``beds``."""

    unit: Annotated[str, Name()] = "units"
    """What it is counted in, such as ``beds``, ``hours`` or ``EUR``."""

    requirement: Annotated[float, _POSITIVE] = 1.0
    """What one person uses: at once, in all, or for each hour of stay. [units/person], [units/hour/person]"""

    stay_hours: Annotated[float, _POSITIVE] | None = None
    """Mean length of stay; None where it does not matter. [hours/person]"""

    occupancy: Annotated[float, Limits(0, 1, above=True)] = 1.0
    """Share of what there is that may be in use, so that those who come by chance find room. [fraction]"""

    at_once: bool = False
    """Whether a unit is free again after a stay (beds), or is used up (hours, money)."""

    def own_faults(self) -> list[Sentence]:
        """Return that a stay is lacking."""
        if not self.at_once or self.stay_hours is not None:
            return []
        return [
            sentence(
                "“{resource}” is free again after a stay, so its length in hours is needed; give it.",
                resource=self.resource,
            )
        ]

    def units_per_person(self, hours: float) -> float:
        """Return the units for one person in a period; an allocation calls that the requirement.

        Parameters
        ----------
        hours : float
            Length of the period; without effect on what is used up. [hours]
        """
        used = self.requirement * (1.0 if self.stay_hours is None else self.stay_hours)
        return used / (self.occupancy * (hours if self.at_once else 1.0))


class _Once(Rule):
    """Conversions of at least one resource, each resource once."""

    @property
    def sentence(self) -> Sentence:
        return sentence("a list")

    def hold(self, found: object) -> bool:
        return isinstance(found, tuple) and len({each.resource for each in found}) == len(found) > 0

    def fault(self, name: str, found: object) -> Sentence:
        if not isinstance(found, list | tuple):
            return super().fault(name, found)
        if not found:
            return sentence("Say for at least one resource how people become units of it.")
        names = [each.resource if isinstance(each, Conversion) else each["resource"] for each in found]
        twice = sorted({each for each in names if names.count(each) > 1})
        return sentence("Each resource is converted once; given twice: {names}.", names=", ".join(twice))


@dataclass(frozen=True)
class PersonsToUnits(Saved):
    """The period that demand is for, and a conversion for every resource.

    Examples
    --------
    >>> beds, money = Conversion("beds", stay_hours=144, at_once=True), Conversion("money", "EUR", 4000)
    >>> year = PersonsToUnits(8760, (beds, money))
    >>> PersonsToUnits.from_json(year.to_json()) == year
    True
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("conversion")

    hours: Annotated[float, _POSITIVE]
    """Length of the period. [hours]"""

    conversions: Annotated[tuple[Conversion, ...], _Once()]
    """One for each resource."""

    @property
    def units_per_person(self) -> Floats:
        """Units of each resource for one person, shape (r,)."""
        return np.array([each.units_per_person(self.hours) for each in self.conversions])
