"""How many more persons an epidemic brings to hospital, day by day."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.epidemic import days_since_first, in_care, spread
from medalloc.demand.surge_assumptions import CARE, SurgeAssumptions
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]
Measure = Literal["peak", "mean"]


@dataclass(frozen=True, eq=False)
class Surge:
    """An epidemic by day, from the first admission to the last day looked ahead to."""

    assumed: SurgeAssumptions
    """What it follows from."""

    day: NDArray[np.int64]
    """Day of each row; today is 0, shape (n,). [days]"""

    susceptible: Floats
    """Persons who can still be infected, shape (n,). [persons]"""

    infected: Floats
    """Persons who infect others, shape (n,). [persons]"""

    recovered: Floats
    """Persons who no longer infect others and cannot be infected, shape (n,). [persons]"""

    admissions: Floats
    """New patients of the day by kind of care; NaN on the first day, as the day before it is not known, shape (n, 3).
    [persons/day]"""

    census: Floats
    """Patients in care by kind: admissions less discharges up to the day, shape (n, 3). [persons]"""

    reproduction: float
    """Persons whom one infects while contacts are as usual. [persons]"""

    reproduction_reduced: float
    """Persons whom one infects once distance is kept. [persons]"""

    warnings: tuple[Sentence, ...] = ()
    """What to doubt."""

    def peak(self, care: str = "hospital") -> tuple[int, float]:
        """Return the day, from today on, with most patients in care, and how many they are.

        Raises
        ------
        InputError
            If there is no such kind of care.
        """
        ahead = self.census[self.day >= 0, _place(care)]
        return int(np.argmax(ahead)), float(ahead.max())

    def frame(self) -> pd.DataFrame:
        """Return one row a day."""
        by_care = {
            f"{what}_{care}": values[:, place]
            for what, values in (("admissions", self.admissions), ("census", self.census))
            for place, care in enumerate(CARE)
        }
        persons = {"susceptible": self.susceptible, "infected": self.infected, "recovered": self.recovered}
        return pd.DataFrame({"day": self.day, **persons, **by_care})

    def to_json(self) -> dict[str, Any]:
        """Return assumptions, peaks and the rows by day as plain values."""
        columns = self.frame().astype(object)
        peaks = {care: dict(zip(("day", "census"), self.peak(care), strict=True)) for care in CARE}
        return {
            "assumptions": self.assumed.to_json(),
            "reproduction": self.reproduction,
            "reproduction_reduced": self.reproduction_reduced,
            "peak": peaks,
            "days": columns.where(columns.notna(), None).to_dict(orient="list"),
            "warnings": [str(warning) for warning in self.warnings],
        }


def surge(assumed: SurgeAssumptions) -> Surge:
    """Follow an epidemic by day: susceptible, infected and recovered, and those of them in hospital.

    Raises
    ------
    InputError
        If more persons are in hospital today than the epidemic ever brings there on one day.

    Notes
    -----
    An SIR model in steps of one day. The day of the first admission is found by the number of patients today: the day
    before the peak on which as many are in hospital. Everybody mixes with everybody, rates and stays are the same for
    all, and the stay is as long for each: a real peak is broader. No more persons are infected than can be.

    References
    ----------
    .. [1] G. E. Weissman et al., Locally informed simulation to predict hospital capacity needs during the COVID-19
       pandemic, Annals of Internal Medicine 173, 2020 (CHIME).

    Examples
    --------
    >>> made = surge(SurgeAssumptions(population=100_000, infected_hospitalized=20))
    >>> day, patients = made.peak()
    >>> day, round(patients)
    (42, 386)
    """
    at_first = assumed.population - assumed.infected_at_first
    recovery = 1.0 / assumed.infectious_days
    contact = (2.0 ** (1.0 / assumed.doubling_days) - 1.0 + recovery) / at_first
    reduced = contact * (1.0 - assumed.contact_reduction)
    today = days_since_first(assumed, contact)
    before = today + assumed.reduction_from_day
    rates = np.full(today + assumed.days, reduced)
    rates[:before] = contact
    persons = spread(assumed, rates)
    admissions, census = in_care(assumed, persons)
    return Surge(
        assumed,
        day=np.arange(-today, assumed.days + 1),
        susceptible=persons[:, 0],
        infected=persons[:, 1],
        recovered=persons[:, 2],
        admissions=admissions,
        census=census,
        reproduction=contact / recovery * at_first,
        reproduction_reduced=reduced / recovery * at_first,
        warnings=_doubts(assumed, census),
    )


def demand_factor(
    surge: Surge,
    base: float,
    *,
    care: str = "hospital",
    by: Measure = "peak",
    first_day: int = 0,
    last_day: int | None = None,
) -> float:
    """Return by what ordinary demand is multiplied while the surge lasts: 1 + patients of the surge / base.

    Parameters
    ----------
    surge : Surge
        Patients in care by day.
    base : float
        Persons in the same care on an ordinary day: those of a period times their stay over its length. [persons]
    care : str
        One of `CARE`.
    by : str
        ``peak`` for the worst day of the period, ``mean`` for its average day.
    first_day, last_day : int
        Period, both days included; today is 0, and without a last day it reaches to the end. [days]

    Raises
    ------
    InputError
        If the base is not above 0, or kind, measure or period are not there; all faults at once.

    Examples
    --------
    >>> made = surge(SurgeAssumptions(population=100_000, infected_hospitalized=20))
    >>> round(demand_factor(made, base=245), 2), round(demand_factor(made, base=245, by="mean"), 2)
    (2.58, 1.63)
    """
    last = int(surge.day[-1]) if last_day is None else last_day
    faults = []
    if not 0 < base < np.inf:
        faults.append(sentence("The ordinary number of patients is {found}; it must be above 0.", found=base))
    if care not in CARE:
        faults.append(_unknown_care(care))
    if by not in ("peak", "mean"):
        faults.append(sentence("“{found}” is no measure of a surge; use peak or mean.", found=by))
    if not surge.day[0] <= first_day <= last <= surge.day[-1]:
        faults.append(
            sentence(
                "The period from day {first} to day {last} is not within the days of the surge, {low} to {high}.",
                first=first_day,
                last=last,
                low=int(surge.day[0]),
                high=int(surge.day[-1]),
            )
        )
    if faults:
        raise InputError(*faults)
    within = surge.census[(surge.day >= first_day) & (surge.day <= last), CARE.index(care)]
    return 1.0 + float(within.max() if by == "peak" else within.mean()) / base


def _place(care: str) -> int:
    if care not in CARE:
        raise InputError(_unknown_care(care))
    return CARE.index(care)


def _unknown_care(care: str) -> Sentence:
    return sentence("“{found}” is no kind of care; use one of: {known}.", found=care, known=", ".join(CARE))


def _doubts(assumed: SurgeAssumptions, census: Floats) -> tuple[Sentence, ...]:
    doubts = []
    if assumed.intensive_care_rate > assumed.hospital_rate:
        doubts.append(sentence("More infected people need intensive care than a hospital; check the two rates."))
    if assumed.ventilator_rate > assumed.intensive_care_rate:
        doubts.append(sentence("More infected people need a ventilator than intensive care; check the two rates."))
    intensive, hospital = _worst(census, "intensive_care", "hospital")
    if intensive > hospital:
        doubts.append(
            sentence(
                "On one day {intensive} are in intensive care and only {hospital} in hospital at all; check the rates "
                "and the lengths of stay of the two.",
                intensive=intensive,
                hospital=hospital,
            )
        )
    ventilated, intensive = _worst(census, "ventilator", "intensive_care")
    if ventilated > intensive:
        doubts.append(
            sentence(
                "On one day {ventilated} are on a ventilator and only {intensive} in intensive care, where ventilators "
                "stand; check the rates and the lengths of stay of the two.",
                ventilated=ventilated,
                intensive=intensive,
            )
        )
    if assumed.reduction_from_day >= assumed.days:
        doubts.append(sentence("Distance is kept only after the last day, so the contact reduction has no effect."))
    return tuple(doubts)


def _worst(census: Floats, part: str, whole: str) -> tuple[int, int]:
    """Return the persons in a kind of care, and in the one it is part of, on the day with most too many."""
    parts, wholes = (np.round(census[:, CARE.index(care)]) for care in (part, whole))
    day = int(np.argmax(parts - wholes))
    return int(parts[day]), int(wholes[day])
