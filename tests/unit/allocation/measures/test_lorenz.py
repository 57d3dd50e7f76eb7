import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import gini
from medalloc.errors import InputError

VALUES = st.lists(st.integers(0, 50).map(float), min_size=1, max_size=8)


def slow_gini(values, weights):
    """The definition: every pair, over twice the mean."""
    pairs = sum(
        p * q * abs(x - y) for x, p in zip(values, weights, strict=True) for y, q in zip(values, weights, strict=True)
    )
    total = sum(x * p for x, p in zip(values, weights, strict=True))
    return pairs / (2 * sum(weights) * total) if total else 0.0


@settings(max_examples=60)
@given(values=VALUES, data=st.data())
def test_gini_is_the_mean_difference_of_all_pairs_over_twice_the_mean(values, data):
    weights = data.draw(st.lists(st.integers(0, 9).map(float), min_size=len(values), max_size=len(values)))
    assert np.isclose(gini(values, weights), slow_gini(values, weights), atol=1e-12)


@settings(max_examples=40)
@given(values=VALUES, factor=st.floats(0.01, 100))
def test_gini_is_unchanged_by_scale_and_by_doubling_the_population(values, factor):
    assert np.isclose(gini(values), gini(np.array(values) * factor), atol=1e-12)
    assert np.isclose(gini(values), gini(values + values), atol=1e-12)


@settings(max_examples=40)
@given(values=VALUES)
def test_gini_is_between_0_and_1_less_one_share(values):
    assert 0 <= gini(values) <= 1 - 1 / len(values) + 1e-12


def test_equality_is_exactly_0_and_so_are_the_empty_cases():
    assert gini([0.3, 0.3, 0.3], [1, 2, 7]) == 0.0
    assert gini([0, 0]) == gini([]) == gini([1, 2], [0, 0]) == 0.0


@pytest.mark.parametrize(
    ("values", "weights"), [([-1], None), ([np.nan], None), ([1], [-1]), ([1], [1, 2]), ([[1]], None)]
)
def test_what_cannot_be_measured_is_refused(values, weights):
    with pytest.raises(InputError):
        gini(values, weights)
