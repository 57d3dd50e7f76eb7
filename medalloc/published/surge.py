"""Published numbers of an epidemic's surge: the course of infections and who lies in hospital."""

from functools import cache, partial

from medalloc.demand.epidemic import Epidemic
from medalloc.demand.surge import Course, admissions, census, course
from medalloc.published.case import Case

CHIME = "CHIME, University of Pennsylvania; tests/penn_chime/test_cli.py"

EPIDEMIC = Epidemic(
    population=1_000_000,
    hospitalized=1,
    hospital_share=0.01,
    market_share=0.1,
    doubling_time=2.5,
    infectious_days=5,
    contact_reduction=0.1,
    reduction_day=2,
    recovered=10,
)


@cache
def _course() -> Course:
    return course(EPIDEMIC, 7)


def _last(what: str) -> float:
    return float(getattr(_course(), what)[-1])


def _in_hospital(share: float, stay: int) -> float:
    return float(census(admissions(_course(), share * EPIDEMIC.market_share), stay)[-1])


INPUTS = "a million persons, doubling in 2.5 days, infectious for 5, contacts less 10 % from day 2, day 7"

SURGE = tuple(
    Case(f"SIR: {what}", INPUTS, expected, digits, CHIME, partial(_last, what))
    for what, expected, digits in (
        ("susceptible", 990924.346062018, 8),
        ("infected", 5661.176365132148, 10),
        ("recovered", 3424.4775728500767, 10),
    )
) + tuple(
    Case(
        f"Surge census: {where}",
        f"{share:.1%} of the infected for {stay} days; {INPUTS}",
        expected,
        digits,
        CHIME,
        partial(_in_hospital, share, stay),
    )
    for where, share, stay, expected, digits in (
        ("hospital", 0.01, 5, 6.871007705682186, 12),
        ("intensive care", 0.5, 10, 403.7826968991112, 10),
        ("ventilated", 0.025, 5, 17.17751926420546, 11),
    )
)
"""An epidemic on top of ordinary demand."""
