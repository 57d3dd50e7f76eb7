"""What is kept of a visit is data: it survives as JSON, and what is damaged is refused in a sentence."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.saved import from_plain, read_form, to_plain, write_form
from medalloc.sentences import sentence
from medalloc.study.study import PART_OF, Study
from medalloc.study.tickets import Ticket
from medalloc.ui.choices import LEARN, LOOK, Choices, at

TEXT = st.text(max_size=8)
CHOSEN = st.fixed_dictionaries(
    {
        "file": st.none() | TEXT,
        "roles": st.dictionaries(TEXT, TEXT, max_size=3),
        "repairs": st.lists(st.tuples(TEXT, st.none() | TEXT), max_size=3).map(tuple),
        "models": st.lists(TEXT, max_size=3).map(tuple),
        "resources": st.none() | st.lists(st.dictionaries(TEXT, st.floats(0, 9)), max_size=2).map(tuple),
        "region_changes": st.dictionaries(TEXT, st.dictionaries(TEXT, st.none() | st.floats(0, 9)), max_size=2),
        "budget": st.none() | st.floats(0, 1e9),
        "floor": st.floats(0, 1),
        "language": st.sampled_from(("en", "zh_CN")),
        "learn_step": TEXT,
    }
)


@given(CHOSEN, st.lists(st.builds(Ticket, TEXT, TEXT, st.dictionaries(TEXT, TEXT)), max_size=2).map(tuple))
def test_what_is_kept_survives_as_json(chosen: dict[str, object], tickets: tuple[Ticket, ...]) -> None:
    choices = Choices(tickets=tickets).changed(chosen)
    assert all(choices.choice(name) == value for name, value in chosen.items())
    assert from_plain(Choices, json.loads(json.dumps(to_plain(choices))), sentence("visit")) == choices


@pytest.mark.parametrize("damage", ["", "{", "[1, 2]", '{"version": 99}', '{"version": 1, "study": 3}'])
def test_a_damaged_visit_is_refused_in_a_sentence(damage: str, tmp_path: Path) -> None:
    (tmp_path / "visit.json").write_text(damage)
    with pytest.raises(InputError):
        read_form(tmp_path / "visit.json", Choices, sentence("visit"))


def test_every_wrong_value_is_named_with_its_place(tmp_path: Path) -> None:
    write_form(tmp_path / "visit.json", Choices())
    plain = json.loads((tmp_path / "visit.json").read_text())
    plain["study"]["limits"]["floor"] = "high"
    plain["look"]["threshold"] = None
    with pytest.raises(InputError) as refused:
        from_plain(Choices, plain, sentence("visit"))
    assert ["study.limits.floor" in str(each) for each in refused.value.faults].count(True) == 1
    assert ["look.threshold" in str(each) for each in refused.value.faults].count(True) == 1


def test_names_are_unique_over_all_and_can_be_looked_up_by_their_place() -> None:
    every = [*PART_OF, *LOOK, *LEARN]
    assert len(every) == len(set(every))
    assert at.study.limits.floor == "floor" and at.look.language == "language" and at.learn.learn_step == "learn_step"
    for part in fields(Study):
        for name in (each for each, of in PART_OF.items() if of == part.name):
            assert getattr(getattr(at.study, part.name), name) == name


def test_a_choice_that_nobody_has_is_a_bug() -> None:
    with pytest.raises(KeyError, match="colour_of_the_ceiling"):
        Choices().changed({"colour_of_the_ceiling": "white"})
