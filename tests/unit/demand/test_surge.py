import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.epidemic import Epidemic
from medalloc.demand.surge import admissions, census, course, course_frame, multiplier, weekly, with_surge
from medalloc.errors import InputError

epidemics = st.builds(
    Epidemic,
    population=st.floats(1e5, 1e8),
    hospitalized=st.floats(0.1, 10),
    hospital_share=st.floats(0.01, 0.2),
    market_share=st.floats(0.1, 1),
    doubling_time=st.floats(0.5, 30),
    infectious_days=st.floats(1, 30),
    contact_reduction=st.floats(0, 1),
    reduction_day=st.integers(0, 40),
    recovered=st.floats(0, 1e5),
)


@given(epidemics, st.integers(1, 200))
@settings(max_examples=60)
def test_nobody_is_lost_and_nobody_appears(epidemic, days):
    made = course(epidemic, days)
    total = made.susceptible + made.infected + made.recovered
    np.testing.assert_allclose(total, epidemic.population + epidemic.recovered, rtol=1e-9)
    for each in (made.susceptible, made.infected, made.recovered):
        assert (each >= -1e-6).all()
    assert (np.diff(made.susceptible) <= 1e-6).all()


@given(epidemics, st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=40)
def test_fewer_contacts_never_infect_more(epidemic, one, other):
    low, high = sorted((one, other))
    few, many = (
        course(Epidemic(**{**vars(epidemic), "contact_reduction": reduced}), 60).ever_infected[-1]
        for reduced in (high, low)
    )
    assert few <= many * (1 + 1e-9)


def test_at_first_infections_double_in_the_doubling_time():
    made = course(Epidemic(1e9, hospitalized=1, doubling_time=4, infectious_days=10), 8)
    assert made.infected[4] / made.infected[0] == pytest.approx(2, rel=1e-3)
    assert made.infected[8] / made.infected[0] == pytest.approx(4, rel=1e-3)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(1, 12))
@settings(max_examples=60)
def test_everyone_admitted_lies_there_for_the_length_of_stay(admitted, stay):
    by_hand = [sum(admitted[max(0, day - stay + 1) : day + 1]) for day in range(len(admitted))]
    np.testing.assert_allclose(census(admitted, stay), by_hand)


def test_a_surge_multiplies_any_demand_and_keeps_the_shares_of_regions():
    demand = np.array([[10.0, 30], [20, 60]])
    by = multiplier([0, 50], 100)
    found = with_surge(demand, by)
    assert found.shape == (2, 2, 2)
    np.testing.assert_allclose(found[0], demand)
    np.testing.assert_allclose(found[1], 1.5 * demand)
    np.testing.assert_allclose(with_surge(demand[0], 2.0), [20, 60])
    np.testing.assert_allclose(weekly(np.repeat([1.0, 3.0], 7)), [1, 3])


def test_all_admitted_are_a_share_of_all_infected():
    made = course(Epidemic(1e6), 50)
    total = admissions(made, 0.05).sum()
    assert total == pytest.approx(0.05 * (made.ever_infected[-1] - made.ever_infected[0]))
    assert made.peak == int(made.infected.argmax())
    assert len(course_frame(made)) == 51


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: course(Epidemic(1e6), 0),
        lambda: census([1, 2], 0),
        lambda: multiplier([1.0], 0),
        lambda: multiplier([1.0], float("nan")),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(InputError):
        wrong()
