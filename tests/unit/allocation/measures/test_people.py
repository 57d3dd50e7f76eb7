import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures.people import numbered, people, relative
from medalloc.errors import InputError


@settings(max_examples=40)
@given(data=st.data())
def test_relative_values_have_a_mean_of_1_and_shares_add_up_to_1(data, drawn_people):
    ratio, share = relative(*(np.array(each) for each in data.draw(drawn_people())))
    if not share.any():
        assert (ratio == 1).all()
        return
    assert share.sum() == pytest.approx(1) and share @ ratio == pytest.approx(1)


@pytest.mark.parametrize("size", [1e-300, 1.0, 1e300])
def test_sums_stay_within_range(size):
    ratio, share = relative(np.array([1.0, 3.0]) * size, np.array([1.0, 1.0]) * size)
    assert ratio == pytest.approx([0.5, 1.5]) and share == pytest.approx([0.5, 0.5])


def test_every_fault_is_said_at_once():
    with pytest.raises(InputError) as caught:
        people([-1, 2], [1, np.nan, 3])
    assert len(caught.value.faults) == 3
    with pytest.raises(InputError) as caught:
        numbered(["A", None], 3)
    assert [str(fault) for fault in caught.value.faults] == [
        "Needed is a group for each region, 3 in all; found 2.",
        "Every region needs a group; 1 have none.",
    ]


def test_groups_are_named_by_their_words_whatever_they_are():
    names, places = numbered([2, 10, 2], 3)
    assert names == ("10", "2") and places.tolist() == [1, 0, 1]
