import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import group_means, lowest_over_highest, share_below
from medalloc.errors import InputError


@settings(max_examples=40)
@given(data=st.data(), floor=st.integers(0, 13))
def test_the_share_below_a_floor_counts_persons(data, floor, drawn_people):
    values, weights = data.draw(drawn_people())
    below = sum(weight for value, weight in zip(values, weights, strict=True) if value < floor)
    assert share_below(values, floor, weights) == pytest.approx(below / sum(weights) if sum(weights) else 0)


def test_at_the_floor_is_not_below_it_and_every_group_may_have_its_own():
    assert share_below([0.5, 0.5], 0.5) == 0
    assert share_below([0.5, 0.5], [0.5, 0.6], [1, 3]) == 0.75


@pytest.mark.parametrize("floor", [np.nan, [0.5], [0.1, np.inf]])
def test_a_floor_that_is_no_number_is_refused(floor):
    with pytest.raises(InputError, match="floor"):
        share_below([1, 2], floor)


@settings(max_examples=40)
@given(data=st.data())
def test_the_means_of_the_groups_have_the_mean_of_all(data, drawn_people):
    values, weights = data.draw(drawn_people())
    weights = [*weights[1:], 3.0]
    groups = data.draw(st.lists(st.sampled_from("ABC"), min_size=len(values), max_size=len(values)))
    means = group_means(values, groups, weights)
    persons = {name: sum(w for w, g in zip(weights, groups, strict=True) if g == name) for name in means}
    assert list(means) == sorted(set(groups))
    total = sum(persons[name] * mean for name, mean in means.items())
    assert total / sum(weights) == pytest.approx(np.average(values, weights=weights))


def test_a_group_without_persons_has_the_plain_mean_of_its_values():
    assert group_means([1, 0, 0.5], ["A", "A", "B"], [0, 0, 4]) == {"A": 0.5, "B": 0.5}


def test_lowest_over_highest_looks_only_at_groups_with_persons():
    assert lowest_over_highest([0, 0.5, 1], [0, 3, 3]) == 0.5
    assert lowest_over_highest([0, 1]) == 0
