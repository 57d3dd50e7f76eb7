"""What is known and assumed about an epidemic."""

from dataclasses import dataclass

import numpy as np

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence

MOST_DAYS = 3650
"""Days that are looked ahead at most. [days]"""


@dataclass(frozen=True)
class Epidemic:
    """What is known and assumed about an epidemic; plain data.

    Raises
    ------
    InputError
        With every fault at once.
    """

    population: float
    """Persons susceptible and infected on the first day. [persons]"""

    hospitalized: float = 1.0
    """Persons of it in hospital on the first day. [persons]"""

    hospital_share: float = 0.05
    """Share of the infected who come to hospital. [fraction]"""

    market_share: float = 1.0
    """Share of these who come to the hospitals that are planned for. [fraction]"""

    doubling_time: float = 4.0
    """Time in which infections double before contacts are reduced. [days]"""

    infectious_days: float = 14.0
    """Mean time for which one is infectious, at least the day that is one step. [days]"""

    contact_reduction: float = 0.0
    """Share of contacts that no longer take place. [fraction]"""

    reduction_day: int = 0
    """Day from which contacts are reduced. [days]"""

    recovered: float = 0.0
    """Persons, beside the population, who are immune on the first day. [persons]"""

    def __post_init__(self) -> None:
        faults = [
            *outside(sentence("population"), self.population, 0, np.inf),
            *outside(sentence("hospitalized"), self.hospitalized, 0, np.inf),
            *outside(sentence("hospital share"), self.hospital_share, 0, 1),
            *outside(sentence("market share"), self.market_share, 0, 1),
            *outside(sentence("doubling time"), self.doubling_time, 0, np.inf),
            *outside(sentence("infectious days"), self.infectious_days, 1, np.inf, closed=True),
            *outside(sentence("contact reduction"), self.contact_reduction, 0, 1, closed=True),
            *outside(sentence("reduction day"), self.reduction_day, 0, MOST_DAYS, closed=True),
            *outside(sentence("recovered"), self.recovered, 0, np.inf, closed=True),
        ]
        if not faults and self.infected >= self.population:
            faults.append(
                sentence(
                    "{hospitalized} in hospital mean {infected} infected of {population} persons; give a larger "
                    "population, or larger shares.",
                    hospitalized=self.hospitalized,
                    infected=self.infected,
                    population=self.population,
                )
            )
        if faults:
            raise InputError(*faults)

    @property
    def infected(self) -> float:
        """Persons infected on the first day, told from those in hospital [persons]."""
        return self.hospitalized / self.market_share / self.hospital_share


def outside(what: Sentence, found: float, low: float, high: float, *, closed: bool = False) -> list[Sentence]:
    """Return the fault of a number that is not above `low` (or, closed, not at least that) and at most `high`."""
    if low <= found <= high and np.isfinite(found) and (closed or found > low):
        return []
    if np.isinf(high):
        return [
            sentence("Surge, {what}: found {found}; give a number of at least {low}.", what=what, found=found, low=low)
            if closed
            else sentence("Surge, {what}: found {found}; give a number above {low}.", what=what, found=found, low=low)
        ]
    return [
        sentence(
            "Surge, {what}: found {found}; give a number from {low} to {high}.",
            what=what,
            found=found,
            low=low,
            high=high,
        )
        if closed
        else sentence(
            "Surge, {what}: found {found}; give a number above {low}, at most {high}.",
            what=what,
            found=found,
            low=low,
            high=high,
        )
    ]
