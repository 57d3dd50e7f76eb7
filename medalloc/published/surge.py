"""Published numbers about an epidemic and the patients it brings to hospital."""

from functools import cache, partial

from medalloc.demand.surge import Surge, surge
from medalloc.demand.surge_assumptions import SurgeAssumptions
from medalloc.published.case import Case

CHIME = "CHIME of Penn Medicine, tests/penn_chime/test_cli.py"

ASSUMED = SurgeAssumptions(
    population=1_000_000,
    infected_hospitalized=1,
    doubling_days=2.5,
    contact_reduction=0.1,
    infectious_days=5,
    recovered=10,
    market_share=0.1,
    hospital_rate=0.01,
    hospital_days=5,
    intensive_care_rate=0.5,
    intensive_care_days=10,
    ventilator_rate=0.025,
    ventilator_days=5,
    days=5,
)
"""The assumptions of the published run."""


@cache
def _made() -> Surge:
    return surge(ASSUMED)


def _number(column: str, day: int) -> float:
    made = _made()
    return float(made.frame()[column].to_numpy()[made.day == day][0])


SURGE = tuple(
    Case(
        f"SIR: {name}",
        f"population 1,000,000, doubling 2.5 days, contacts less 10 %, day {day}",
        expected,
        digits,
        CHIME,
        partial(_number, column, day),
    )
    for name, column, day, expected, digits in (
        ("susceptible", "susceptible", 0, 997795.3537677001, 9),
        ("susceptible", "susceptible", 5, 990924.346062018, 9),
        ("infected", "infected", 0, 1740.7446501454608, 9),
        ("infected", "infected", 5, 5661.176365132148, 9),
        ("recovered", "recovered", 5, 3424.4775728500767, 9),
        ("recovered", "recovered", 0, 473.901582154579, 9),
        ("admitted to intensive care", "admissions_intensive_care", 5, 104.01406516700195, 10),
        ("put on a ventilator", "admissions_ventilator", 5, 5.200703258350099, 12),
        ("in hospital", "census_hospital", 0, 1.2046462323000398, 12),
        ("admitted to hospital", "admissions_hospital", 5, 2.0802813033400414, 12),
        ("in hospital", "census_hospital", 5, 6.871007705682186, 12),
        ("in intensive care", "census_intensive_care", 5, 403.7826968991112, 12),
        ("on a ventilator", "census_ventilator", 5, 17.17751926420546, 12),
    )
)
"""An epidemic from its first admission on."""
