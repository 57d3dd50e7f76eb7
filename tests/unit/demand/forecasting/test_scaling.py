import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from medalloc.demand.forecasting.scaling import learned_scale

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


def test_what_is_missing_does_not_change_the_scale():
    scale = learned_scale(np.array([[1.0, np.nan, 3.0]]))
    known = learned_scale(np.array([[1.0, 3.0]]))
    assert (scale.level, scale.spread) == (known.level, known.spread)
