import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.water import at_level, water_level

AMOUNT = st.integers(0, 20).map(float) | st.floats(0.01, 50)


@st.composite
def vessels(draw):
    n = draw(st.integers(1, 8))
    vector = st.lists(AMOUNT, min_size=n, max_size=n).map(np.array)
    weights, lower, offset = draw(vector), draw(vector), draw(st.just(np.zeros(n)) | vector)
    upper = lower + draw(vector)
    return weights, lower, upper, offset


def held(level, weights, lower, upper, offset):
    return at_level(level, weights, lower, upper, offset=offset).sum()


def slow_level(capacity, *vessel):
    """Bisection: the obvious way to find the level."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if held(middle, *vessel) <= capacity else (low, middle)
    return low


@settings(max_examples=100)
@given(vessel=vessels(), share=st.floats(0, 0.999))
def test_the_level_holds_exactly_what_bisection_finds(vessel, share):
    weights, lower, upper, offset = vessel
    # What never moves stays at its lower end, so that is all there is to share out.
    top = np.where(weights > 0, upper, lower).sum()
    capacity = lower.sum() + share * (top - lower.sum())
    level = water_level(weights, lower, upper, capacity, offset=offset)
    assert np.isclose(held(level, *vessel), capacity, rtol=1e-12, atol=1e-12)
    slow = at_level(slow_level(capacity, *vessel), weights, lower, upper, offset=offset)
    assert np.allclose(at_level(level, weights, lower, upper, offset=offset), slow, rtol=1e-9, atol=1e-8)


@settings(max_examples=40)
@given(vessel=vessels())
def test_enough_for_everything_lifts_everything_that_moves_to_its_upper_end(vessel):
    weights, lower, upper, offset = vessel
    level = water_level(weights, lower, upper, upper.sum() + 1, offset=offset)
    assert np.isinf(level)
    assert (at_level(level, weights, lower, upper, offset=offset) == np.where(weights > 0, upper, lower)).all()


def test_too_little_for_the_lower_ends_leaves_everything_there():
    weights, lower, upper = np.ones(2), np.array([1.0, 2.0]), np.array([3.0, 3.0])
    assert water_level(weights, lower, upper, 2.0) == 0.0
    assert at_level(0.0, weights, lower, upper).tolist() == [1, 2]


def test_without_an_upper_end_the_level_goes_on_rising():
    assert water_level(np.array([1.0, 3.0]), np.zeros(2), np.inf, 100.0) == 25.0


def test_nothing_to_fill_has_no_highest_level():
    assert np.isinf(water_level(np.zeros(0), np.zeros(0), np.zeros(0), 1.0))


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), share=st.floats(0, 0.999), count=st.sampled_from([2, 5, 400]))
def test_however_much_faster_some_rise_than_others_what_there_is_is_used_up(seed, share, count):
    draw = np.random.default_rng(seed)
    weights, upper = 10.0 ** draw.uniform(-200, 0, count), draw.uniform(0.1, 9, count)
    capacity = share * upper.sum()
    level = water_level(weights, np.zeros(count), upper, capacity)
    found = at_level(level, weights, np.zeros(count), upper)
    assert np.isclose(found.sum(), capacity, rtol=1e-9)
    # all that are neither empty nor full have risen by one level
    assert np.allclose(found, np.minimum(upper, level * weights), rtol=1e-12)
