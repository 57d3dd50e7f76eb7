from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.waiting import queues, with_a_heap
from medalloc.allocation.waiting.erlang import fewest_stable
from medalloc.allocation.waiting.servers import share_servers
from medalloc.errors import InfeasibleError, InputError
from tests.unit.allocation.waiting.one_queue import queue_length

LOADS = st.just(0.0) | st.integers(1, 12).map(float) | st.floats(0.01, 120)
WEIGHTS = st.sampled_from([0.0, 0.5, 1.0, 1.0, 3.0])
REGIONS = st.lists(st.tuples(LOADS, WEIGHTS), min_size=1, max_size=12)


def needed(load):
    return int(fewest_stable(np.asarray(load, dtype=float)).sum())


@settings(max_examples=100)
@given(regions=REGIONS, extra=st.integers(0, 300))
def test_the_servers_are_those_of_a_heap_that_takes_one_after_the_other(regions, extra):
    load, weights = (list(column) for column in zip(*regions, strict=True))
    stock = needed(load) + extra
    shared = share_servers(load, stock, weights=weights)
    assert shared.servers.tolist() == with_a_heap(load, stock, weights)
    assert shared.placed.sum() + shared.left == stock


@pytest.mark.parametrize("free", [0, 1, 500, 10_000])
def test_many_regions_get_the_servers_of_the_heap_too(free):
    load, weights = queues(600, mean=25.0)
    stock = needed(load) + free
    assert share_servers(load, stock, weights=weights).servers.tolist() == with_a_heap(
        load.tolist(), stock, weights.tolist()
    )


@settings(max_examples=30)
@given(load=st.lists(st.floats(0.1, 6), min_size=3, max_size=3), extra=st.integers(0, 6))
def test_no_other_division_leaves_fewer_people_waiting(load, extra):
    start = fewest_stable(np.array(load))
    best = min(
        queue_length(load, start + np.array(more)).sum()
        for more in product(range(extra + 1), repeat=3)
        if sum(more) == extra
    )
    assert share_servers(load, start.sum() + extra).waiting == pytest.approx(float(best), rel=1e-9)


@settings(max_examples=40)
@given(regions=REGIONS, extra=st.integers(0, 40), existing=st.integers(0, 20))
def test_one_more_server_shortens_the_queue_by_the_gain_that_was_announced(regions, extra, existing):
    load, weights = (list(column) for column in zip(*regions, strict=True))
    stock = needed(load) + extra
    fewer, more = (share_servers(load, each, weights=weights, existing=existing) for each in (stock, stock + 1))
    assert fewer.waiting - more.waiting == pytest.approx(fewer.next_gain, rel=1e-6, abs=1e-9)
    assert (fewer.servers <= more.servers).all()


def test_equal_regions_differ_by_one_server_at_most_and_the_first_are_served_first():
    assert share_servers([5.0] * 4, 26).servers.tolist() == [7, 7, 6, 6]


def test_existing_servers_stay_and_count_and_their_fractions_do_not():
    shared = share_servers([5.0, 5.0], 3.9, existing=[20.7, 4.2])
    assert shared.servers.tolist() == [20, 7] and shared.placed.tolist() == [0, 3]


def test_where_nobody_arrives_no_server_is_placed_and_what_gains_nothing_stays_in_stock():
    shared = share_servers([0.0, 1.0], 2_000)
    assert shared.servers[0] == 0 and shared.left > 0 and shared.next_gain == 0
    assert share_servers([0.0], 7).left == 7
    assert share_servers([], 7).left == 7


def test_too_few_servers_for_every_queue_to_end_are_said_with_the_number_it_takes():
    with pytest.raises(InfeasibleError) as raised:
        share_servers([5.0, 0.5, 0.0], 6)
    (conflict,) = raised.value.conflicts
    assert (conflict.required, conflict.available) == (7, 6)
    assert "7" in str(conflict.repair)
    assert share_servers([5.0, 0.5, 0.0], 7).servers.tolist() == [6, 1, 0]


def test_every_fault_of_the_regions_is_said_at_once():
    with pytest.raises(InputError) as raised:
        share_servers([-1.0], -2, weights=[np.nan], existing=[-1])
    assert len(raised.value.faults) == 4
