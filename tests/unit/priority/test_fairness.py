import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.priority.fairness import by_group, chances, label_shift, shift_in_words
from medalloc.priority.listing import prioritise
from medalloc.priority.rule import Factor, Rule, Term


@given(st.lists(st.integers(0, 3).map(float), min_size=1, max_size=7), st.integers(0, 8))
def test_chances_are_the_mean_over_the_lottery(values, units):
    drawn = np.random.default_rng(0).random((4000, len(values)))
    first = np.lexsort((drawn, np.tile(-np.array(values), (4000, 1))))[:, :units]
    counted = np.bincount(first.ravel(), minlength=len(values)) / 4000
    assert chances(np.array(values), units) == pytest.approx(counted, abs=0.05)
    assert chances(np.array(values), units).sum() == pytest.approx(min(units, len(values)))


def test_groups_add_up_to_the_list_and_their_need_is_told(waits):
    patients = waits(group=["a", "a", "b", None], need=[0.9, 0.1, 0.5, 0.3], cost=[1, 9, 5, 0])
    found = prioritise(patients, Rule("Need", terms=(Term(1, (Factor("need"),)),)), 2)
    a, b, unknown = by_group(found, "group", "need")
    assert (a.waiting, a.served, a.share, a.need_served, a.need_left) == (2, 1, 0.5, 0.9, 0.1)
    assert (b.need_left, unknown.group, unknown.need_served) == (None, "", None)
    assert by_group(found, "group", None)[0].need_waiting is None
    shifts = label_shift(patients, 2, "need", "cost", "group")
    assert sum(each.by_need for each in shifts) == sum(each.by_cost for each in shifts) == 2
    assert "No group would lose" in str(shift_in_words(shifts, "need", "cost"))


def test_it_is_said_who_loses_places_if_cost_stands_for_need(waits):
    patients = waits(group=["poor"] * 3 + ["rich"] * 3, need=[9, 8, 7, 3, 2, 1], cost=[1, 1, 2, 9, 8, 7])
    said = str(shift_in_words(label_shift(patients, 3, "need", "cost", "group"), "need", "cost"))
    assert "to other groups: 3. “poor” would lose most: 0 rather than 3." in said
