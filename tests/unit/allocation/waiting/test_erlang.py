from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.waiting.erlang import blocking, erlang_b, erlang_c, fewest_stable, is_stable
from medalloc.errors import InputError

LOADS = st.just(0.0) | st.integers(1, 60).map(float) | st.floats(1e-3, 300)


def slow_erlang_b(load, servers):
    """The definition, in exact fractions: the last term of a sum over all of them."""
    term, total = Fraction(1), Fraction(1)
    for number in range(1, servers + 1):
        term *= Fraction(load) / number
        total += term
    return float(term / total)


@settings(max_examples=60)
@given(load=LOADS, servers=st.integers(0, 120))
def test_the_recursion_gives_what_the_definition_gives(load, servers):
    assert float(erlang_b(load, servers)) == pytest.approx(slow_erlang_b(load, servers), rel=1e-13, abs=1e-300)


@settings(max_examples=60)
@given(load=st.floats(80, 20_000), offset=st.floats(-10, 10))
def test_where_a_large_load_starts_the_recursion_leaves_no_trace(load, offset):
    servers = max(0, int(load + offset * np.sqrt(load)))
    from_the_start = 1.0
    for number in range(1, servers + 1):
        from_the_start = load * from_the_start / (number + load * from_the_start)
    assert float(erlang_b(load, servers)) == pytest.approx(from_the_start, rel=1e-12)


@settings(max_examples=60)
@given(load=LOADS, servers=st.integers(0, 400))
def test_probabilities_lie_between_0_and_1_and_waiting_is_likelier_than_being_turned_away(load, servers):
    turned_away, waiting = float(erlang_b(load, servers)), float(erlang_c(load, servers))
    assert 0 <= turned_away <= 1 and 0 <= waiting <= 1
    assert waiting >= turned_away * (1 - 1e-12) or load == 0


@settings(max_examples=40)
@given(load=LOADS.filter(bool), servers=st.integers(0, 200))
def test_another_server_never_makes_waiting_likelier(load, servers):
    assert float(erlang_c(load, servers + 1)) <= float(erlang_c(load, servers))


@settings(max_examples=40)
@given(cells=st.lists(st.tuples(LOADS, st.integers(0, 300)), min_size=1, max_size=12))
def test_many_regions_at_once_are_each_as_if_alone(cells):
    loads, servers = (np.array(column, dtype=float) for column in zip(*cells, strict=True))
    together = blocking(loads, servers)
    assert together.tolist() == [float(erlang_b(load, count)) for load, count in cells]


def test_nobody_waits_where_nobody_arrives_and_everybody_where_nobody_serves():
    assert erlang_c([0, 0, 1], [0, 5, 0]).tolist() == [0, 0, 1]
    assert erlang_b([0, 0, 1], [0, 5, 0]).tolist() == [1, 0, 1]


def test_a_load_that_rounding_lifts_above_the_servers_or_lowers_below_them_counts_as_equal():
    assert 0.1 * 30 != 3 - 4e-16
    loads = np.array([0.1 * 30, 3 - 4e-16, 3.0])
    assert not is_stable(loads, np.full(3, 3.0)).any()
    assert fewest_stable(loads).tolist() == [4, 4, 4]
    assert erlang_c(loads, 3).tolist() == [1, 1, 1]


def test_extremes_end_without_a_warning_or_something_that_is_no_number():
    loads = np.array([1e-300, 1e-9, 1.0, 1e7, 1e15, 1e15])
    servers = np.array([1e7, 1e7, 1e7, 1e7, 1e7, 0])
    for found in (erlang_b(loads, servers), erlang_c(loads, servers)):
        assert ((found >= 0) & (found <= 1)).all()
    assert erlang_b(loads, servers)[:3].tolist() == [0, 0, 0]


def test_the_servers_must_be_whole_and_the_load_a_number():
    with pytest.raises(InputError) as raised:
        erlang_c([-1, np.nan], [2.5, 1])
    assert len(raised.value.faults) == 2
