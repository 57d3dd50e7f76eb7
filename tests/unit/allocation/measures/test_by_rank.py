import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import concentration_index, erreygers_index, fractional_rank, gini
from medalloc.errors import InputError


def drawn_rank(data, values):
    return data.draw(st.lists(st.integers(0, 4), min_size=len(values), max_size=len(values)))


@settings(max_examples=50)
@given(data=st.data())
def test_it_is_what_the_better_off_of_two_persons_has_more_over_twice_the_mean(data, drawn_people, pairs):
    values, weights = data.draw(drawn_people())
    weights = [*weights[1:], 3.0]
    rank, mean = drawn_rank(data, values), np.average(values, weights=weights)
    lead = sum(chance * (values[i] - values[j]) * np.sign(rank[i] - rank[j]) for i, j, chance in pairs(weights))
    slow = lead / (2 * mean) if mean else 0.0
    assert np.isclose(concentration_index(values, rank, weights), slow, atol=1e-12)
    assert np.isclose(erreygers_index(values, rank, weights, bounds=(0, 12)), 2 * lead / 12, atol=1e-12)


@settings(max_examples=40)
@given(data=st.data())
def test_ranked_by_the_values_themselves_it_is_gini_and_never_beyond_it(data, drawn_people):
    values, weights = data.draw(drawn_people())
    most = gini(values, weights)
    assert np.isclose(concentration_index(values, values, weights), most, atol=1e-12)
    assert abs(concentration_index(values, drawn_rank(data, values), weights)) <= most + 1e-12


@settings(max_examples=40)
@given(data=st.data())
def test_the_correction_is_four_times_the_mean_times_the_index(data, drawn_people):
    values, weights = data.draw(drawn_people())
    weights = [*weights[1:], 3.0]
    values, rank = np.array(values) / 12, drawn_rank(data, values)
    index = concentration_index(values, rank, weights)
    assert np.isclose(
        erreygers_index(values, rank, weights), 4 * np.average(values, weights=weights) * index, atol=1e-12
    )


@settings(max_examples=40)
@given(data=st.data(), shift=st.floats(-5, 5))
def test_the_correction_mirrors_what_is_missing_and_does_not_see_where_the_scale_starts(data, shift, drawn_people):
    values, weights = data.draw(drawn_people())
    values, rank = np.array(values), drawn_rank(data, values)
    found = erreygers_index(values, rank, weights, bounds=(0, 12))
    assert np.isclose(erreygers_index(12 - values, rank, weights, bounds=(0, 12)), -found, atol=1e-12)
    moved = erreygers_index(values + shift, rank, weights, bounds=(shift - 1e-9, 12 + shift + 1e-9))
    assert np.isclose(moved, found, atol=1e-6)


def test_groups_of_one_rank_share_the_middle_of_their_places():
    assert fractional_rank([3, 1, 3], [1, 2, 1]).tolist() == [0.75, 0.25, 0.75]
    assert concentration_index([0, 1], [5, 5]) == 0


@settings(max_examples=30)
@given(data=st.data())
def test_the_mean_place_of_all_persons_is_the_middle(data, drawn_people):
    rank, weights = data.draw(drawn_people())
    weights = [*weights[1:], 3.0]
    assert np.average(fractional_rank(rank, weights), weights=weights) == pytest.approx(0.5)


def test_a_gift_from_the_better_off_to_the_worse_off_lowers_it():
    before = concentration_index([0.2, 0.5, 0.6], [1, 2, 3], [5, 5, 5])
    assert concentration_index([0.3, 0.5, 0.5], [1, 2, 3], [5, 5, 5]) < before


def test_it_is_at_its_extremes_when_one_person_at_the_end_has_everything():
    assert concentration_index([0, 0, 0, 1], [1, 2, 3, 4]) == pytest.approx(1 - 1 / 4)
    assert concentration_index([0, 0, 0, 1], [4, 3, 2, 1]) == pytest.approx(1 / 4 - 1)
    assert erreygers_index([0, 0, 1, 1], [1, 2, 3, 4]) == pytest.approx(1)


def test_equality_nothing_and_nobody_are_exactly_0():
    for values, weights in (([0.3, 0.3, 0.3], [1, 2, 7]), ([0, 0, 0], None), ([0.1, 0.2, 0.3], [0, 0, 0])):
        assert concentration_index(values, [1, 2, 3], weights) == 0
    assert erreygers_index([0.3, 0.3, 0.3], [1, 2, 3], [1, 2, 7]) == 0
    assert concentration_index([], []) == erreygers_index([], []) == 0


@pytest.mark.parametrize("rank", [[1], [1, np.nan], [1, np.inf], [[1, 2]]])
def test_a_rank_that_is_missing_or_no_number_is_refused(rank):
    with pytest.raises(InputError, match="rank"):
        concentration_index([0.1, 0.2], rank)


@pytest.mark.parametrize("bounds", [(0, 0.1), (0.15, 1), (1, 0), (0, np.inf), (np.nan, 1)])
def test_values_outside_their_bounds_and_bounds_that_are_none_are_refused(bounds):
    with pytest.raises(InputError):
        erreygers_index([0.1, 0.2], [1, 2], bounds=bounds)


def test_every_fault_of_a_bounded_measure_is_said_at_once():
    with pytest.raises(InputError) as caught:
        erreygers_index([2, np.nan], [1, 2], [-1, 1])
    assert len(caught.value.faults) == 2
