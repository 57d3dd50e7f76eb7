"""What is assumed about an epidemic: how it spreads, who needs a hospital, and for how long."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeAlias

from medalloc.saved import Limits, Saved
from medalloc.sentences import Sentence, counted, sentence

CARE = ("hospital", "intensive_care", "ventilator")
"""The kinds of care that are counted, in the order of every array."""

OF_ADMITTED = {"intensive_care_rate": 0.3, "ventilator_rate": 0.2}
"""Share of those admitted who need this care, unless it is said. [fraction]"""

_SHARE: TypeAlias = Annotated[float, Limits(0, 1)]
_RATE: TypeAlias = Annotated[float, Limits(0, 1, above=True)]
_DAYS: TypeAlias = Annotated[int, Limits(0, 3650)]
_STAY: TypeAlias = Annotated[int, Limits(1, 3650)]


@dataclass(frozen=True)
class SurgeAssumptions(Saved):
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

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("surge")

    population: Annotated[float, Limits(1)]
    """Persons living where the epidemic spreads. [persons]"""

    infected_hospitalized: Annotated[float, Limits(0, above=True)]
    """Persons in hospital today because of it, in the hospitals planned for. [persons]"""

    doubling_days: Annotated[float, Limits(0.5, 1000)] = 4.0
    """Time in which the infected double while contacts are as usual. [days]"""

    contact_reduction: _SHARE = 0.3
    """Share of contacts that no longer takes place once distance is kept. [fraction]"""

    reduction_from_day: _DAYS = 0
    """Day from which distance is kept; today is 0. [days]"""

    infectious_days: Annotated[float, Limits(1, 3650)] = 14.0
    """Mean time for which somebody infects others. [days]"""

    recovered: Annotated[float, Limits()] = 0.0
    """Persons who are immune when the first is admitted. [persons]"""

    market_share: _RATE = 1.0
    """Share of all patients who come to the hospitals planned for. [fraction]"""

    hospital_rate: _RATE = 0.025
    """Share of the infected who are admitted. [fraction]"""

    hospital_days: _STAY = 7
    """Length of stay in hospital. [days]"""

    intensive_care_rate: _SHARE = 0.0075
    """Share of the infected who need intensive care. [fraction]"""

    intensive_care_days: _STAY = 9
    """Length of stay in intensive care. [days]"""

    ventilator_rate: _SHARE = 0.005
    """Share of the infected who need a ventilator. [fraction]"""

    ventilator_days: _STAY = 10
    """Time on a ventilator. [days]"""

    days: _STAY = 100
    """How far ahead is looked from today. [days]"""

    def own_faults(self) -> list[Sentence]:
        """Return that fewer live there than one admission stands for."""
        return [_too_few(self)] if self.infected_at_first + self.recovered >= self.population else []

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


def usual_rates(hospital_rate: float) -> dict[str, float]:
    """Return the shares of the infected who need more than a bed, where this share of them is admitted. [fraction].

    Examples
    --------
    >>> usual_rates(0.1)
    {'intensive_care_rate': 0.03, 'ventilator_rate': 0.020000000000000004}
    """
    return {care: share * hospital_rate for care, share in OF_ADMITTED.items()}


def _too_few(assumed: SurgeAssumptions) -> Sentence:
    return counted(
        "One admission stands for {infected} infected person and {recovered} are immune; the population of "
        "{population} must be larger. Raise the population, the hospital rate or the market share.",
        "One admission stands for {infected} infected people and {recovered} are immune; the population of "
        "{population} must be larger. Raise the population, the hospital rate or the market share.",
        "infected",
        infected=assumed.infected_at_first,
        recovered=assumed.recovered,
        population=assumed.population,
    )
