import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import atkinson, equal_share_level
from medalloc.errors import InputError

AVERSION = st.sampled_from([0.1, 0.5, 1.0, 1.5, 2.0, 5.0])


def slow_level(values, aversion, weights):
    """The definition: the mean of that power, or the geometric mean."""
    counted = [(x, w / sum(weights)) for x, w in zip(values, weights, strict=True) if w]
    if aversion >= 1 and any(x == 0 for x, _ in counted):
        return 0.0
    if aversion == 1:
        return float(np.prod([x**share for x, share in counted]))
    return sum(share * x ** (1 - aversion) for x, share in counted) ** (1 / (1 - aversion))


@settings(max_examples=50)
@given(data=st.data(), aversion=AVERSION)
def test_the_equal_share_level_is_the_mean_of_that_power(data, aversion, drawn_people):
    values, weights = data.draw(drawn_people())
    weights = [*weights[1:], 3.0]
    assert np.isclose(equal_share_level(values, aversion, weights), slow_level(values, aversion, weights), atol=1e-12)


@settings(max_examples=40)
@given(data=st.data(), aversion=st.floats(1e-6, 200))
def test_atkinson_is_between_0_and_1_and_rises_with_the_aversion(data, aversion, drawn_people):
    values, weights = data.draw(drawn_people())
    found = atkinson(values, aversion, weights)
    assert 0 <= found <= 1
    assert atkinson(values, 1.1 * aversion, weights) >= found - 1e-9


@settings(max_examples=40)
@given(data=st.data(), distance=st.floats(-1e-6, 1e-6) | st.sampled_from([1e-12, -1e-12, 1e-15]))
def test_atkinson_is_continuous_where_its_formula_changes(data, distance, drawn_people):
    values, weights = data.draw(drawn_people(smallest=1))
    assert np.isclose(atkinson(values, 1 + distance, weights), atkinson(values, 1, weights), atol=1e-5)
    if abs(distance) < 1e-11:
        assert np.isclose(atkinson(values, 1 + distance, weights), atkinson(values, 1, weights), atol=1e-10)


def test_the_largest_aversion_sees_only_the_worst_off():
    assert atkinson([1, 3], 1e6) == pytest.approx(0.5, abs=1e-5)
    assert atkinson([1e-9, 1, 1], 200) == pytest.approx(1.0)


def test_a_person_with_nothing_makes_everything_worthless_from_an_aversion_of_1_on():
    assert atkinson([0, 1], 1) == atkinson([0, 1], 2) == 1
    assert atkinson([0, 1], 0.5) == pytest.approx(0.5)
    assert equal_share_level([0, 1], 1) == equal_share_level([], 1) == equal_share_level([0, 0], 1) == 0


@pytest.mark.parametrize("aversion", [0, -1, np.nan, np.inf])
def test_an_aversion_that_is_no_number_above_0_is_refused(aversion):
    with pytest.raises(InputError, match="aversion"):
        atkinson([1, 2], aversion)
