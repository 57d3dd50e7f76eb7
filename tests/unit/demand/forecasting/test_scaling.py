import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from medalloc.demand.forecasting.scaling import FEWEST_COUNTS, learned_scale

values = arrays(np.float64, (3, 12), elements=st.floats(0, 1e5))


@given(values)
@settings(max_examples=50)
def test_scaling_is_undone_by_counting(counts):
    scale = learned_scale(counts)
    np.testing.assert_allclose(scale.counts(scale.scaled(counts)), counts, rtol=1e-9, atol=1e-6)


@given(values, arrays(np.float64, (3, 4), elements=st.floats(-1e6, 1e6)))
@settings(max_examples=50)
def test_no_forecast_is_negative_or_endless(counts, scaled):
    found = learned_scale(counts).counts(scaled)
    assert np.isfinite(found).all()
    assert (found >= 0).all()


def test_a_region_that_had_hardly_begun_is_measured_by_what_came_since_and_others_are_not():
    draw = np.random.default_rng(1)
    counts = draw.poisson([[9.0], [200.0], [50.0]], (3, 60)).astype(float)
    counts[1, :30] = np.nan
    then, now = learned_scale(counts[:, :32]), learned_scale(counts)
    made = then.with_young(counts)
    np.testing.assert_array_equal(made.level[[0, 2]], then.level[[0, 2]])
    np.testing.assert_array_equal(made.spread[[0, 2]], then.spread[[0, 2]])
    assert (made.level[1], made.spread[1]) == (now.level[1], now.spread[1])
    few = then.with_young(counts[:, :34])
    assert few.spread[1] == np.median(then.spread[[0, 2]]) and few.scaled(counts[:, 32:34])[1].max() < 3


def test_what_is_missing_does_not_change_the_scale():
    scale = learned_scale(np.array([[1.0, np.nan, 3.0]]))
    known = learned_scale(np.array([[1.0, 3.0]]))
    assert (scale.level, scale.spread) == (known.level, known.spread)


@pytest.mark.parametrize("known", [FEWEST_COUNTS - 1, FEWEST_COUNTS])
def test_a_region_has_hardly_begun_up_to_so_many_counts(known):
    counts = np.random.default_rng(2).poisson(30, (2, 60)).astype(float)
    counts[1, : 40 - known] = np.nan
    then = learned_scale(counts[:, :40])
    made = then.with_young(counts)
    assert (made.level[1] != then.level[1]) == (known < FEWEST_COUNTS)
    few = learned_scale(counts[:, :36]).with_young(counts[:, :40])
    assert (few.spread[1] == few.spread[0]) == (known < FEWEST_COUNTS)
