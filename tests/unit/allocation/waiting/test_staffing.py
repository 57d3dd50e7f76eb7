import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.waiting.staffing import staffing
from medalloc.errors import InputError
from tests.unit.allocation.waiting.one_queue import occupancy, share_waiting_longer


def keeps(rate, servers, target, level, busy):
    late = float(share_waiting_longer(rate, 1, servers, target_wait=target))
    return servers > rate and late <= 1 - level + 1e-12 and float(occupancy(rate, servers)) <= busy + 1e-12


@settings(max_examples=40)
@given(
    rate=st.integers(1, 25).map(float) | st.floats(0.01, 25),
    target=st.sampled_from([0.0, 0.1, 1.0]),
    level=st.sampled_from([0.0, 0.5, 2 / 3, 0.8, 0.99]),
    busy=st.sampled_from([0.4, 0.7, 0.85, 1.0]),
)
def test_the_servers_are_the_first_number_that_keeps_the_promise(rate, target, level, busy):
    found = staffing(rate, 1, target_wait=target, service_level=level, most_occupied=busy)
    servers = 1
    while not keeps(rate, servers, target, level, busy):
        servers += 1
    assert float(found.servers) == servers
    assert found.service_level >= level - 1e-12 and found.occupancy <= busy + 1e-12


def test_many_regions_at_once_are_each_as_if_alone_and_none_is_needed_where_nobody_arrives():
    rates = np.array([0, 0.3, 5, 80, 400])
    together = staffing(rates, 2, target_wait=0.5, service_level=[0.5, 0.8, 0.8, 0.9, 0.99])
    alone = [
        float(staffing(rate, 2, target_wait=0.5, service_level=level).servers)
        for rate, level in zip(rates, [0.5, 0.8, 0.8, 0.9, 0.99], strict=True)
    ]
    assert together.servers.tolist() == alone
    assert alone[0] == 0 and together.service_level[0] == 1 and together.mean_wait[0] == 0


def test_an_occupancy_that_divides_evenly_is_not_rounded_up():
    assert float(staffing(7, 1, target_wait=100, service_level=0, most_occupied=0.7).servers) == 10


def test_a_promise_kept_exactly_is_kept():
    """Two servers with a load of 1: a third waits."""
    assert float(staffing(1, 1, target_wait=0, service_level=2 / 3).servers) == 2


def test_certainty_cannot_be_promised_and_a_slip_of_units_is_said():
    with pytest.raises(InputError):
        staffing(1, 1, target_wait=1, service_level=1)
    with pytest.raises(InputError, match="check the units"):
        staffing(1e9, 24, target_wait=1, service_level=0.8)
