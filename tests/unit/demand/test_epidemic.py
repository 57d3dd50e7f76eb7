import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.epidemic import days_since_first, in_care, spread
from medalloc.demand.surge_assumptions import SurgeAssumptions
from medalloc.errors import InputError

ASSUMED = SurgeAssumptions(population=100_000, infected_hospitalized=20, recovered=500)


@given(st.lists(st.floats(0, 1e-3), min_size=1, max_size=60))
@settings(max_examples=60)
def test_nobody_is_made_lost_or_below_nothing(contact: list[float]) -> None:
    persons = spread(ASSUMED, np.array(contact))
    np.testing.assert_allclose(persons.sum(axis=1), 100_500)
    assert (persons >= 0).all()
    assert (np.diff(persons[:, 0]) <= 1e-6).all()
    assert (np.diff(persons[:, 2]) >= -1e-6).all()


@given(st.integers(1, 12), st.integers(1, 15), st.integers(1, 25), st.integers(2, 40))
@settings(max_examples=40)
def test_the_census_is_everybody_admitted_within_a_stay(hospital: int, icu: int, ventilator: int, days: int) -> None:
    assumed = SurgeAssumptions(
        population=100_000,
        infected_hospitalized=20,
        hospital_days=hospital,
        intensive_care_days=icu,
        ventilator_days=ventilator,
    )
    admissions, census = in_care(assumed, spread(assumed, np.full(days, 3e-6)))
    for place, stay in enumerate((hospital, icu, ventilator)):
        for day in range(days + 1):
            by_hand = sum(admissions[each, place] for each in range(max(1, day - stay + 1), day + 1))
            assert census[day, place] == pytest.approx(by_hand, abs=1e-9)


def test_of_all_who_are_infected_the_same_share_is_admitted() -> None:
    persons = spread(ASSUMED, np.full(400, 5e-6))
    admissions, _ = in_care(ASSUMED, persons)
    ever_infected = persons[0, 0] - persons[-1, 0]
    np.testing.assert_allclose(np.nansum(admissions, axis=0), ever_infected * np.array(ASSUMED.rates))


@given(st.floats(1, 300), st.floats(1.5, 30))
@settings(max_examples=30)
def test_on_the_day_found_the_hospital_holds_the_number_said(patients: float, doubling: float) -> None:
    assumed = SurgeAssumptions(population=100_000, infected_hospitalized=patients, doubling_days=doubling)
    contact = (2 ** (1 / doubling) - 1 + 1 / 14) / 99_960
    try:
        found = days_since_first(assumed, contact)
    except InputError as error:
        assert "never more than" in str(error)
        return
    census = in_care(assumed, spread(assumed, np.full(found + 1, contact)))[1][:, 0]
    assert abs(census[found] - patients) <= abs(census[found + 1] - patients) + 1e-9
    assert found == 0 or abs(census[found] - patients) <= abs(census[found - 1] - patients)
