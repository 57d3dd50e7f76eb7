import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import gini, palma, top_and_bottom


def slow_together(values, weights, persons, best):
    """Line up everyone, best or worst off first, and count until there are enough."""
    left, held = persons * sum(weights), 0.0
    for value, weight in sorted(zip(values, weights, strict=True), reverse=best):
        taken = min(left, weight)
        left, held = left - taken, held + taken * value
    return held / sum(value * weight for value, weight in zip(values, weights, strict=True))


@settings(max_examples=40)
@given(data=st.data())
def test_gini_is_the_mean_difference_of_all_pairs_over_twice_the_mean(data, drawn_people, pairs):
    values, weights = data.draw(drawn_people())
    mean = np.average(values, weights=weights) if sum(weights) else 0.0
    apart = sum(chance * abs(values[i] - values[j]) for i, j, chance in pairs(weights)) if mean else 0.0
    slow = apart / (2 * mean) if mean else 0.0
    assert np.isclose(gini(values, weights), slow, atol=1e-12)


@settings(max_examples=40)
@given(values=st.lists(st.integers(0, 50), min_size=1, max_size=8))
def test_gini_is_between_0_and_1_less_one_share(values):
    assert 0 <= gini(values) <= 1 - 1 / len(values) + 1e-12


def test_equality_is_exactly_0_and_so_are_the_empty_cases():
    assert gini([0.3, 0.3, 0.3], [1, 2, 7]) == 0.0
    assert gini([0, 0]) == gini([]) == gini([1, 2], [0, 0]) == 0.0


@settings(max_examples=40)
@given(data=st.data(), top=st.floats(0.05, 0.95), bottom=st.floats(0.05, 0.95))
def test_the_shares_of_the_best_and_the_worst_off_are_those_of_counting_along_the_line(data, top, bottom, drawn_people):
    values, weights = data.draw(drawn_people(smallest=1))
    weights = [*weights[1:], 3.0]
    found = top_and_bottom(values, weights, top=top, bottom=bottom)
    assert found[0] == pytest.approx(slow_together(values, weights, top, best=True))
    assert found[1] == pytest.approx(slow_together(values, weights, bottom, best=False))


def test_a_group_across_the_line_counts_with_the_part_that_is_within():
    assert palma([1, 2], [50, 50]) == pytest.approx((10 * 2) / (40 * 1))
    assert palma([1, 2], [20, 80]) == pytest.approx((10 * 2) / (20 * 1 + 20 * 2))


def test_the_palma_ratio_over_nothing_is_infinite():
    assert palma([0, 1], [40, 60]) == np.inf
    assert palma([0, 1], [39, 61]) == pytest.approx(10)
