import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import atkinson, mean_log_deviation, theil, theil_by_group
from medalloc.errors import InputError


def slow_theil(values, weights):
    """The definition, person by person; nobody and nothing are equal."""
    held, persons = sum(x * w for x, w in zip(values, weights, strict=True)), sum(weights)
    if not held:
        return 0.0
    mean = held / persons
    return sum(w / persons * x / mean * math.log(x / mean) for x, w in zip(values, weights, strict=True) if x and w)


@settings(max_examples=40)
@given(data=st.data())
def test_theil_is_the_sum_over_persons(data, drawn_people):
    values, weights = data.draw(drawn_people())
    assert np.isclose(theil(values, weights), slow_theil(values, weights), atol=1e-12)


@settings(max_examples=50)
@given(data=st.data())
def test_within_and_between_groups_add_up_to_the_whole(data, drawn_people):
    values, weights = data.draw(drawn_people())
    groups = data.draw(st.lists(st.sampled_from("ABC"), min_size=len(values), max_size=len(values)))
    parts = theil_by_group(values, groups, weights)
    assert parts.within >= 0 and parts.between >= 0
    assert np.isclose(parts.total, theil(values, weights), atol=1e-12)


@settings(max_examples=40)
@given(data=st.data())
def test_within_is_the_index_of_every_group_times_its_share_of_everything(data, drawn_people):
    values, weights = data.draw(drawn_people())
    groups = data.draw(st.lists(st.sampled_from("ABC"), min_size=len(values), max_size=len(values)))
    held = np.array(values) * weights
    slow = 0.0
    for name in set(groups):
        own = np.array(groups) == name
        if held.sum():
            slow += held[own].sum() / held.sum() * slow_theil(np.array(values)[own], np.array(weights)[own])
    assert np.isclose(theil_by_group(values, groups, weights).within, slow, atol=1e-12)


def test_one_group_has_all_within_and_groups_of_one_have_all_between():
    values, weights = [1, 2, 5, 0], [3, 1, 1, 2]
    whole = theil(values, weights)
    assert theil_by_group(values, "AAAA", weights).within == pytest.approx(whole)
    assert theil_by_group(values, "AAAA", weights).share_between == 0
    assert theil_by_group(values, "ABCD", weights).between == pytest.approx(whole)
    assert theil_by_group(values, "ABCD", weights).share_between == 1


def test_theil_and_its_parts_are_0_without_inequality_and_without_anybody():
    for values, groups, weights in (([0, 0], "AB", None), ([1, 2], "AB", [0, 0]), ([], "", None)):
        parts = theil_by_group(values, groups, weights)
        assert (parts.within, parts.between, parts.share_between) == (0, 0, 0)


def test_theil_is_at_most_the_logarithm_of_the_number_of_persons():
    assert theil([0, 0, 0, 1]) == pytest.approx(math.log(4))


@settings(max_examples=40)
@given(data=st.data())
def test_mean_log_deviation_says_what_atkinson_says_at_an_aversion_of_1(data, drawn_people):
    values, weights = data.draw(drawn_people(smallest=1))
    assert np.isclose(mean_log_deviation(values, weights), -np.log1p(-atkinson(values, 1, weights)), atol=1e-12)


def test_mean_log_deviation_is_infinite_when_only_some_have_nothing():
    assert mean_log_deviation([0, 1]) == np.inf
    assert mean_log_deviation([0, 1], [0, 5]) == mean_log_deviation([0, 0]) == 0


@pytest.mark.parametrize("groups", [["A"], ["A", None], ["A", float("nan")], ["A", " "]])
def test_a_missing_group_is_refused(groups):
    with pytest.raises(InputError, match="group"):
        theil_by_group([1, 2], groups)
