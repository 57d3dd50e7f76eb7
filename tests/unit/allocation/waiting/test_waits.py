import json
import math

import numpy as np
import pytest

from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.waiting.waits import wait_in_words, waits
from medalloc.errors import InputError
from tests.unit.allocation.waiting.one_queue import mean_wait, share_waiting_longer


def test_the_waits_of_regions_are_those_of_their_queues():
    demand, stay, servers = np.array([7300, 365, 0]), 48.0, np.array([50, 4, 0])
    found = waits(demand, stay, servers, target_wait=6)
    rate = demand / HOURS_A_YEAR
    assert found.load == pytest.approx(np.array([40, 2, 0]))
    assert found.mean_wait == pytest.approx(mean_wait(rate, stay, servers))
    assert found.share_longer == pytest.approx(share_waiting_longer(rate, stay, servers, target_wait=6))
    assert found.queue == pytest.approx(rate * found.mean_wait)
    assert found.overall_wait == pytest.approx(float(found.queue.sum() / rate.sum()))
    assert found.overall_share_longer == pytest.approx(float(rate @ found.share_longer / rate.sum()))


def test_part_of_a_server_serves_nobody_but_rounding_costs_no_server():
    assert waits([10, 10, 10], 24, [2.9, 0.1 + 0.7 + 2.2, 3 - 1e-12]).servers.tolist() == [2, 3, 3]


def test_a_region_without_servers_waits_for_ever_and_one_without_arrivals_not_at_all():
    found = waits([100, 0], 24, [0, 0])
    assert found.mean_wait.tolist() == found.queue.tolist() == [math.inf, 0]
    assert found.is_endless.tolist() == [True, False]
    assert found.share_waiting.tolist() == found.share_longer.tolist() == found.occupancy.tolist() == [1, 0]
    assert found.overall_wait == math.inf
    assert waits([0, 0], 24, 5).overall_wait == waits([0, 0], 24, 5).overall_share_longer == 0


def test_a_length_of_stay_may_differ_between_regions_and_the_period_may_be_a_week():
    found = waits([84, 84], [24, 48], 100, period=168)
    assert found.load.tolist() == [12, 24]


def test_plain_values_have_no_infinity_and_say_which_queue_grows_without_end():
    rows = waits([10_000, 10], 24, [10, 10]).to_json()
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert rows[0]["endless"] is True and rows[0]["mean_wait"] is None and rows[0]["queue"] is None
    assert rows[1]["endless"] is False and rows[1]["mean_wait"] >= 0


def test_an_infinite_wait_is_said_in_words():
    assert not any(character.isdigit() for character in str(wait_in_words(math.inf)))
    assert "inf" not in str(wait_in_words(math.inf))


def test_a_wait_too_short_to_be_told_is_not_called_none():
    assert str(wait_in_words(1e-6)) == "less than a minute" and str(wait_in_words(0.0)) == "no wait"
    assert str(wait_in_words(5)) == "5 hours" and str(wait_in_words(1)) == "one hour"


def test_every_fault_of_the_regions_is_said_at_once():
    with pytest.raises(InputError) as raised:
        waits([-1, 1], 0, [1, np.inf], target_wait=-1, period=0)
    assert len(raised.value.faults) == 5
