import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.demand import SurgeAssumptions
from medalloc.errors import InputError

PLAIN = SurgeAssumptions(population=100_000, infected_hospitalized=20)


@given(st.integers(1000, 10**9), st.floats(0.1, 1e4), st.floats(0.5, 100), st.floats(0, 1), st.integers(1, 3650))
def test_assumptions_come_back_from_json(people: int, patients: float, doubling: float, less: float, days: int) -> None:
    assumed = SurgeAssumptions(people, patients, doubling, less, days=days)
    assert SurgeAssumptions.from_json(json.loads(json.dumps(assumed.to_json()))) == assumed


def test_what_is_left_out_of_json_is_as_by_default() -> None:
    saved = {"version": 1, "population": 100_000, "infected_hospitalized": 20}
    assert SurgeAssumptions.from_json(saved) == PLAIN


def test_every_impossible_number_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        replace(PLAIN, population=0, doubling_days=0.1, contact_reduction=1.5, hospital_days=2.5, market_share=0)
    assert len(caught.value.faults) == 5


def test_every_fault_of_the_saved_form_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        SurgeAssumptions.from_json({"version": 2, "population": 5, "masks": True})
    assert len(caught.value.faults) == 3


def test_one_admission_cannot_stand_for_more_than_live_there() -> None:
    with pytest.raises(InputError, match="the population of 40 must be larger"):
        SurgeAssumptions(population=40, infected_hospitalized=1)
