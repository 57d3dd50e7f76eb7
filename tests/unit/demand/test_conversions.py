import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand import Conversion, PersonsToUnits
from medalloc.errors import InputError

BEDS = Conversion("beds", "beds", stay_hours=120, occupancy=0.85, at_once=True)
MONEY = Conversion("money", "EUR", requirement=4000)


def occupied(arrivals: list[int], stay: int, hours: int) -> float:
    """Walk through the period hour by hour, the end of it leading on to its beginning, and count who is there."""
    present = [sum((hour - came) % hours < stay % hours for came in arrivals) for hour in range(hours)]
    # whoever stays longer than the period is there all the time, and again
    return float(np.mean(present)) + len(arrivals) * (stay // hours)


@given(st.lists(st.integers(0, 47), max_size=30), st.integers(1, 150), st.floats(0.1, 5), st.floats(0.3, 1))
@settings(max_examples=60)
def test_beds_are_those_occupied_hour_by_hour_over_the_share_that_may_be(
    arrivals: list[int], stay: int, requirement: float, occupancy: float
) -> None:
    beds = Conversion("beds", requirement=requirement, stay_hours=stay, occupancy=occupancy, at_once=True)
    by_hand = occupied(arrivals, stay, 48) * requirement / occupancy
    assert len(arrivals) * beds.units_per_person(48) == pytest.approx(by_hand)


@given(st.floats(1, 1e5), st.floats(0.01, 1e4), st.floats(0.01, 1), st.floats(1, 5000))
def test_what_is_used_up_does_not_depend_on_the_length_of_the_period(
    hours: float, requirement: float, occupancy: float, stay: float
) -> None:
    used = Conversion("work", "hours", requirement, stay, occupancy)
    assert used.units_per_person(hours) == pytest.approx(requirement * stay / occupancy)
    assert replace(used, stay_hours=None).units_per_person(hours) == pytest.approx(requirement / occupancy)


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0.01, 1), st.floats(0.01, 1))
def test_longer_stays_and_lower_occupancy_never_need_fewer_beds(
    one: float, other: float, busy: float, busier: float
) -> None:
    short, long = sorted((one, other))
    low, high = sorted((busy, busier))
    fewest = replace(BEDS, stay_hours=short, occupancy=high).units_per_person(8760)
    assert fewest <= replace(BEDS, stay_hours=long, occupancy=high).units_per_person(8760)
    assert fewest <= replace(BEDS, stay_hours=short, occupancy=low).units_per_person(8760)


@given(st.floats(1, 1e5), st.floats(0.01, 100), st.none() | st.floats(0.1, 5000), st.floats(0.01, 1))
def test_conversions_come_back_from_json(
    hours: float, requirement: float, stay: float | None, occupancy: float
) -> None:
    made = PersonsToUnits(hours, (Conversion("床位", "张", requirement, stay, occupancy, stay is not None), MONEY))
    assert PersonsToUnits.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_every_impossible_value_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Conversion(" ", requirement=0, stay_hours=-1, occupancy=1.2, at_once="yes")  # type: ignore[arg-type]
    assert len(caught.value.faults) == 5
    with pytest.raises(InputError, match="its length in hours is needed"):
        Conversion("beds", at_once=True)
    with pytest.raises(InputError) as caught:
        PersonsToUnits(0, (MONEY, MONEY))
    assert len(caught.value.faults) == 2
    with pytest.raises(InputError, match="at least one resource"):
        PersonsToUnits(1, ())


def test_every_fault_of_the_saved_form_is_said_at_once() -> None:
    saved = {"version": 3, "conversions": [{"resource": "beds", "occupancy": 0}, {"beds": 1}], "colour": 1}
    with pytest.raises(InputError) as caught:
        PersonsToUnits.from_json(saved)
    assert len(caught.value.faults) == 6
    for wrong in ([], {"version": 1, "hours": 1, "conversions": [1]}):
        with pytest.raises(InputError, match="object"):
            PersonsToUnits.from_json(wrong)  # type: ignore[arg-type]
