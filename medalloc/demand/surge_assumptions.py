"""What is assumed about an epidemic: how it spreads, who needs a hospital, and for how long."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from medalloc.errors import InputError
from medalloc.saved import Limits, number_faults, require_form
from medalloc.sentences import Sentence, sentence

VERSION = 1
CARE = ("hospital", "intensive_care", "ventilator")
"""The kinds of care that are counted, in the order of every array."""

_SHARE, _RATE = Limits(0, 1), Limits(0, 1, above=True)
_STAY = Limits(1, 3650, whole=True)
_LIMITS: Mapping[str, Limits] = {
    "population": Limits(1),
    "infected_hospitalized": Limits(0, above=True),
    "doubling_days": Limits(0.5, 1000),
    "contact_reduction": _SHARE,
    "reduction_from_day": Limits(0, 3650, whole=True),
    "infectious_days": Limits(1, 3650),
    "recovered": Limits(),
    "market_share": _RATE,
    "hospital_rate": _RATE,
    "hospital_days": _STAY,
    "intensive_care_rate": _SHARE,
    "intensive_care_days": _STAY,
    "ventilator_rate": _SHARE,
    "ventilator_days": _STAY,
    "days": Limits(1, 3650, whole=True),
}


@dataclass(frozen=True)
class SurgeAssumptions:
    """What is assumed about an epidemic; the defaults are those of CHIME for COVID-19 in spring 2020.

    Raises
    ------
    InputError
        If a number is impossible; all faults at once.

    Examples
    --------
    >>> assumed = SurgeAssumptions(population=100_000, infected_hospitalized=20, doubling_days=6)
    >>> SurgeAssumptions.from_json(assumed.to_json()) == assumed
    True
    """

    population: float
    """Persons living where the epidemic spreads. [persons]"""

    infected_hospitalized: float
    """Persons in hospital today because of it, in the hospitals planned for. [persons]"""

    doubling_days: float = 4.0
    """Time in which the infected double while contacts are as usual. [days]"""

    contact_reduction: float = 0.3
    """Share of contacts that no longer takes place once distance is kept. [fraction]"""

    reduction_from_day: int = 0
    """Day from which distance is kept; today is 0. [days]"""

    infectious_days: float = 14.0
    """Mean time for which somebody infects others. [days]"""

    recovered: float = 0.0
    """Persons who are immune when the first is admitted. [persons]"""

    market_share: float = 1.0
    """Share of all patients who come to the hospitals planned for. [fraction]"""

    hospital_rate: float = 0.025
    """Share of the infected who are admitted. [fraction]"""

    hospital_days: int = 7
    """Length of stay in hospital. [days]"""

    intensive_care_rate: float = 0.0075
    """Share of the infected who need intensive care. [fraction]"""

    intensive_care_days: int = 9
    """Length of stay in intensive care. [days]"""

    ventilator_rate: float = 0.005
    """Share of the infected who need a ventilator. [fraction]"""

    ventilator_days: int = 10
    """Time on a ventilator. [days]"""

    days: int = 100
    """How far ahead is looked from today. [days]"""

    def __post_init__(self) -> None:
        faults = number_faults({each.name: getattr(self, each.name) for each in fields(self)}, _LIMITS)
        if not faults and self.infected_at_first + self.recovered >= self.population:
            faults.append(_too_few(self))
        if faults:
            raise InputError(*faults)

    @property
    def infected_at_first(self) -> float:
        """Infected on the day of the first admission: those persons of whom one is admitted."""
        return 1.0 / self.market_share / self.hospital_rate

    @property
    def rates(self) -> tuple[float, ...]:
        """Share of the infected who need each kind of care, as a fraction in the order of `CARE`."""
        return self.hospital_rate, self.intensive_care_rate, self.ventilator_rate

    @property
    def stays(self) -> tuple[int, ...]:
        """Length of stay in each kind of care, in days, in the order of `CARE`."""
        return int(self.hospital_days), int(self.intensive_care_days), int(self.ventilator_days)

    def to_json(self) -> dict[str, Any]:
        """Return the assumptions as plain data with their version."""
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SurgeAssumptions":
        """Read assumptions from plain data; what is left out is as by default.

        Raises
        ------
        InputError
            If a key or a number is wrong; all faults of the form at once, then all faults of the numbers.
        """
        known = [each.name for each in fields(cls)]
        read = require_form(data, sentence("surge"), version=VERSION, known=known, required=known[:2])
        return cls(**{name: read[name] for name in known if name in read})


def _too_few(assumed: SurgeAssumptions) -> Sentence:
    return sentence(
        "One admission stands for {infected} infected persons and {recovered} are immune; the population of "
        "{population} must be larger. Raise the population, the hospital rate or the market share.",
        infected=assumed.infected_at_first,
        recovered=assumed.recovered,
        population=assumed.population,
    )
