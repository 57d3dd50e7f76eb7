import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.allocation.waiting.one_queue import mean_wait, occupancy, queue_length, share_waiting_longer

RATES = st.just(0.0) | st.floats(0.01, 30)
TIMES = st.floats(0.05, 4)
SERVERS = st.integers(0, 150)


def slow_queue(load, servers, longest=20_000):
    """The chances of each number of persons, one after the other, as far as they count."""
    chances = [1.0]
    for number in range(1, longest):
        chances.append(chances[-1] * load / min(number, servers))
        if number > servers and chances[-1] < 1e-18 * max(chances):
            break
    persons = np.arange(len(chances))
    return float(np.maximum(0, persons - servers) @ chances / sum(chances))


@settings(max_examples=60)
@given(servers=st.integers(1, 40), busy=st.floats(0.01, 0.97))
def test_the_queue_is_what_the_chances_of_each_number_of_persons_give(servers, busy):
    assert float(queue_length(busy * servers, servers)) == pytest.approx(slow_queue(busy * servers, servers), rel=1e-9)


@settings(max_examples=60)
@given(rate=RATES, time=TIMES, servers=SERVERS)
def test_the_queue_is_arrivals_times_the_mean_wait(rate, time, servers):
    load, wait = rate * time, float(mean_wait(rate, time, servers))
    expected = rate * wait if rate > 0 else 0.0
    assert float(queue_length(load, servers)) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=60)
@given(rate=RATES, time=TIMES, servers=SERVERS)
def test_another_server_never_lengthens_the_wait(rate, time, servers):
    assert float(mean_wait(rate, time, servers + 1)) <= float(mean_wait(rate, time, servers))


@settings(max_examples=60)
@given(rate=st.floats(0.01, 30), time=TIMES, more=st.integers(1, 60))
def test_each_further_server_shortens_the_queue_by_less_than_the_one_before(rate, time, more):
    load = rate * time
    queue = queue_length(load, np.floor(load) + 1 + more + np.arange(-1, 2))
    assert queue[0] - queue[1] >= (queue[1] - queue[2]) * (1 - 1e-9)


@settings(max_examples=60)
@given(rate=RATES, time=TIMES, servers=SERVERS)
def test_no_result_is_ever_something_else_than_a_number_of_its_range(rate, time, servers):
    load = rate * time
    assert float(mean_wait(rate, time, servers)) >= 0
    assert 0 <= float(occupancy(load, servers)) <= 1
    assert 0 <= float(share_waiting_longer(rate, time, servers, target_wait=1)) <= 1
    assert (
        np.isinf(mean_wait(rate, time, servers))
        == np.isinf(queue_length(load, servers))
        == (load >= servers > 0) | ((servers == 0) & (rate > 0))
    )


def test_the_mean_wait_is_the_area_under_the_shares_that_wait_longer():
    target = np.linspace(0, 200, 200_001)
    area = np.trapezoid(share_waiting_longer(2, 1, 3, target_wait=target), target)
    assert area == pytest.approx(float(mean_wait(2, 1, 3)), rel=1e-6)


def test_a_queue_that_grows_without_end_has_infinite_waits_never_a_large_number():
    assert np.isinf(mean_wait([3, 3 - 1e-15, 5, 1], 1, [3, 3, 3, 0])).all()
    assert np.isinf(queue_length([3, 5, 1], [3, 3, 0])).all()
    assert share_waiting_longer([3, 5, 1], 1, [3, 3, 0], target_wait=1e9).tolist() == [1, 1, 1]
    assert occupancy([3, 5, 1], [3, 3, 0]).tolist() == [1, 1, 1]


def test_where_nobody_arrives_nobody_waits_and_nobody_is_busy():
    assert (
        mean_wait(0, 1, [0, 4]).tolist() == queue_length(0, [0, 4]).tolist() == occupancy(0, [0, 4]).tolist() == [0, 0]
    )
    assert share_waiting_longer(0, 1, [0, 4], target_wait=0).tolist() == [0, 0]
