import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand import Surge, SurgeAssumptions, demand_factor, surge
from medalloc.errors import InputError

PLAIN = SurgeAssumptions(population=100_000, infected_hospitalized=20)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=30)
def test_fewer_contacts_never_raise_the_peak(one: float, other: float) -> None:
    less, more = (surge(replace(PLAIN, contact_reduction=each)).peak()[1] for each in sorted((one, other)))
    assert more <= less + 1e-9


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=30)
def test_keeping_distance_sooner_never_raises_the_peak(one: int, other: int) -> None:
    soon, late = (surge(replace(PLAIN, reduction_from_day=each)).peak()[1] for each in sorted((one, other)))
    assert soon <= late + 1e-9


def test_without_a_reduction_the_day_it_begins_changes_nothing() -> None:
    kept = [surge(replace(PLAIN, contact_reduction=0.0, reduction_from_day=day)).census for day in (0, 50)]
    np.testing.assert_array_equal(*kept)


def test_while_few_are_infected_they_double_in_the_doubling_time() -> None:
    made = surge(replace(PLAIN, population=1e9, doubling_days=5))
    assert made.infected[5] / made.infected[0] == pytest.approx(2, rel=1e-4)


def test_hospitals_with_half_the_market_have_half_the_patients_of_the_same_epidemic() -> None:
    """The first admission is then that of twice as many infected, so as many patients stand for twice as many."""
    half = surge(replace(PLAIN, market_share=0.5, infected_hospitalized=10))
    whole = surge(replace(PLAIN, hospital_rate=0.0125, intensive_care_rate=0.00375, infected_hospitalized=10))
    np.testing.assert_allclose(half.census[:, :2], whole.census[:, :2])


def test_a_number_that_the_epidemic_never_reaches_is_refused() -> None:
    with pytest.raises(InputError, match="never more than"):
        surge(SurgeAssumptions(population=1000, infected_hospitalized=900))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"intensive_care_rate": 0.5}, "intensive care than a hospital"),
        ({"ventilator_rate": 0.008}, "a ventilator than intensive care"),
        ({"intensive_care_rate": 0.02}, "are in intensive care and only"),
        ({"ventilator_days": 20}, "are on a ventilator and only"),
        ({"reduction_from_day": 100}, "no effect"),
    ],
)
def test_what_looks_wrong_or_has_no_effect_is_said(changed: dict[str, float], said: str) -> None:
    assert said in str(surge(replace(PLAIN, **changed)).warnings[0])  # type: ignore[arg-type]


def test_the_surge_is_plain_data_and_its_first_admissions_are_not_known() -> None:
    plain = json.loads(json.dumps(surge(PLAIN).to_json(), allow_nan=False))
    assert plain["days"]["admissions_hospital"][0] is None
    assert plain["peak"]["hospital"]["census"] == max(plain["days"]["census_hospital"])
    assert len(plain["days"]["day"]) == 100 + 1 - plain["days"]["day"][0]


def made() -> Surge:
    return surge(PLAIN)


@given(st.floats(1, 1e6), st.integers(0, 100), st.integers(0, 100), st.sampled_from(["hospital", "ventilator"]))
@settings(max_examples=40)
def test_the_factor_is_ordinary_and_surge_patients_over_ordinary_ones(
    base: float, one: int, other: int, care: str
) -> None:
    epidemic, (first, last) = made(), sorted((one, other))
    held = epidemic.frame().set_index("day").loc[first:last, f"census_{care}"]
    peak, mean = (
        demand_factor(epidemic, base, care=care, by=by, first_day=first, last_day=last)  # type: ignore[arg-type]
        for by in ("peak", "mean")
    )
    assert peak == pytest.approx((base + held.max()) / base)
    assert mean == pytest.approx((base + held.mean()) / base)
    assert 1 <= mean <= peak + 1e-12


def test_every_fault_of_a_factor_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        demand_factor(made(), 0, care="spa", by="median", first_day=50, last_day=20)  # type: ignore[arg-type]
    assert len(caught.value.faults) == 4
    with pytest.raises(InputError, match="no kind of care"):
        made().peak("spa")
