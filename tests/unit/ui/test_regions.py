"""Edits of regions are the differences to the file, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.overriding import overridden
from medalloc.ui.allocate.regions import differences, number_of_changes, restricted, shown

BASE = Problem(
    ("A", "B"),
    [30, 10],
    (Resource("beds", 20), Resource("nurses", 5)),
    floor=[0.07, 0],
    cap=[[5, np.inf], [9, 2]],
    locked=[[np.nan, 1], [np.nan, np.nan]],
)
ROLES = ("demand", "value", "existing:beds", "cap:beds", "cap:nurses", "locked:beds", "space")
NUMBERS = st.integers(0, 50).map(float) | st.floats(0.001, 1e6)
CHANGES = st.dictionaries(st.sampled_from("AB"), st.dictionaries(st.sampled_from(ROLES), NUMBERS, min_size=1))


def test_a_table_that_nobody_touched_changes_nothing():
    assert differences(shown(BASE, {}), shown(BASE, {})) == {}
    assert shown(BASE, {})["floor"].tolist() == [7, 0]


@given(CHANGES, st.integers(1, 100))
def test_what_was_typed_is_what_differs(changes, floor):
    changes = {**changes, "B": {**changes.get("B", {}), "floor": floor / 100, "cap:nurses": None}}
    as_in_file = shown(BASE, {})
    again = differences(as_in_file, shown(BASE, changes))
    assert shown(BASE, again).equals(shown(BASE, changes))
    assert again["B"]["floor"] == pytest.approx(floor / 100, rel=1e-12) and again["B"]["cap:nurses"] is None
    assert number_of_changes(BASE, again) == sum(len(numbers) for numbers in again.values())


def test_an_emptied_limit_is_none_and_any_other_emptied_cell_is_the_files_number():
    edited = shown(BASE, {})
    edited.loc[0, ["demand", "cap:beds", "locked:nurses"]] = np.nan
    changes = differences(shown(BASE, {}), edited)
    assert changes == {"A": {"cap:beds": None, "locked:nurses": None}}
    changed = overridden(BASE, changes)
    assert np.isinf(changed.cap[0, 0]) and np.isnan(changed.locked).all() and changed.demand[0] == 30


def test_changes_of_what_is_no_longer_there_are_left_out():
    changes = {"A": {"demand": 5.0, "cap:doctors": 1.0}, "C": {"demand": 1.0}}
    assert restricted(BASE, changes) == {"A": {"demand": 5.0}}
    assert number_of_changes(BASE, changes) == 1
