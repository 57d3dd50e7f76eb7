"""Choices are data: they survive as JSON, and unknown names do no harm."""

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from medalloc.ui.state import Choices, Same, choices_from_json

TEXT = st.text(max_size=8)
CHOICES = st.builds(
    Choices,
    file=st.none() | TEXT,
    roles=st.dictionaries(TEXT, TEXT, max_size=3),
    repairs=st.lists(st.tuples(TEXT, st.none() | TEXT), max_size=3).map(tuple),
    models=st.lists(TEXT, max_size=3).map(tuple),
    resources=st.none() | st.lists(st.dictionaries(TEXT, st.floats(0, 9)), max_size=2).map(tuple),
    budget=st.none() | st.floats(0, 1e9),
    floor=st.integers(0, 100),
)


@given(CHOICES)
def test_choices_survive_as_json(choices: Choices) -> None:
    assert choices_from_json(json.loads(json.dumps(asdict(choices)))) == choices


def test_a_choice_that_is_no_longer_known_is_left_out() -> None:
    assert choices_from_json({"floor": 30, "colour_of_the_ceiling": "white"}) == Choices(floor=30)


def test_a_key_of_one_object_never_stands_for_another_equal_one() -> None:
    first, second = [1], [1]
    assert Same(first) == Same(first)
    assert Same(first) != Same(second)


def test_changes_of_regions_survive_as_json() -> None:
    choices = Choices(region_changes={"North": {"demand": 3.5, "cap:beds": None}})
    assert choices_from_json(json.loads(json.dumps(asdict(choices)))) == choices
