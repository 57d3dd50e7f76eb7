"""What a screen refuses is seen where it was given, and one thing is said in the singular."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_allocate import edit, look_closer, unfold
from tests.pages.test_screens import go, opened, sound, upload, with_sample

MONTHS = b"region,2023-01,2023-02,2023-03\nGulu,4,5,soon\nLira,7,,9\n"
"""Counts as somebody sends them, with a word in place of a number."""


def give(visit: AppTest, key: str, content: bytes, name: str) -> AppTest:
    next(each for each in visit.get("file_uploader") if each.key == key).set_value((name, content, ""))
    return visit.run()


def open_with_error(visit: AppTest) -> list[bool]:
    """Return for every expander that holds an error whether it is open."""
    return [each.proto.expanded for each in visit.expander if each.error]


@pytest.mark.parametrize(
    ("screen", "key", "name"),
    [
        ("demand", "counts_upload", "own.csv"),
        ("prepare", "recipe_upload", "own.json"),
    ],
)
def test_what_is_refused_inside_an_expander_keeps_it_open_until_something_else_is_given(
    screen: str, key: str, name: str
) -> None:
    visit = go(with_sample(), screen)
    sound(visit)
    give(visit, key, MONTHS, name)
    assert not visit.exception
    assert open_with_error(visit) == [True]
    go(go(visit, "home"), screen)
    assert open_with_error(visit) == [True]


def test_one_row_is_a_row() -> None:
    visit = upload(opened("data"), b"patient_id,age,region\n1,30,North\n")
    assert "1 row, 3 columns; no column says yet who was in need." in visit.markdown[0].value
    visit = upload(opened("data"), b"patient_id,age,region,need\n1,30,North,1\n")
    assert "1 patient in 1 region; 2 problems found" in visit.markdown[0].value
    visit = go(upload(opened("data"), b"region,demand\nOhio,4\n"), "allocate")
    sound(visit)
    assert not any("1 regions" in each.value for each in (*visit.markdown, *visit.caption))


def number(visit: AppTest, name: str):
    return next(each for each in visit.number_input if each.key == f"choice_{name}")


@pytest.mark.parametrize(
    ("name", "wrong", "right"), [("budget", -5.0, 400.0), ("target_wait", -1.0, 2.0), ("list_target", 0.0, 9.0)]
)
def test_a_number_out_of_range_is_refused_in_a_sentence_and_what_stood_stays(
    name: str, wrong: float, right: float
) -> None:
    stays = b"resource,stock,requirement,length_of_stay\nbeds,6,0.01,60\n"
    visit = go(upload(opened("data"), b"region,demand\nOhio,400\nIowa,90\n"), "allocate")
    give(unfold(visit, "more"), "resources_upload", stays, "r.csv")
    look_closer(visit, "waits")
    stood = visit.session_state["visit"].choices.choice(name)
    number(visit, name).set_value(wrong).run()
    assert any("too small" in each.value for each in visit.error) and not visit.exception
    assert number(visit, name).value == stood == visit.session_state["visit"].choices.choice(name)
    number(visit, name).set_value(right).run()
    sound(visit)
    assert visit.session_state["visit"].choices.choice(name) == right


@pytest.mark.parametrize(
    ("part", "column", "wrong", "right"),
    [("resources", "stock", -5.0, 7.0), ("regions", "demand", -1.0, 50.0)],
)
def test_a_number_out_of_range_in_a_table_is_refused_in_a_sentence(
    part: str, column: str, wrong: float, right: float
) -> None:
    visit = go(upload(opened("data"), b"region,demand\nOhio,400\nIowa,90\n"), "allocate")
    before = unfold(visit, part).session_state["visit"].choices
    edit(visit, f"{part}_editor", {0: {column: wrong}})
    assert not visit.exception
    row = "Ohio" if column == "demand" else "beds"
    assert any(f"of “{row}”: {wrong:g} is too small" in each.value for each in visit.error), "the cell is named"
    assert visit.session_state["visit"].choices == before
    edit(visit, f"{part}_editor", {0: {column: right}})
    sound(visit)
    assert visit.session_state["visit"].choices != before


def test_a_cell_with_what_is_no_number_is_refused_and_a_number_in_powers_of_ten_is_that_number() -> None:
    visit = unfold(go(upload(opened("data"), b"region,demand\nOhio,400\nIowa,90\n"), "allocate"), "resources")
    before = visit.session_state["visit"].choices
    edit(visit, "resources_editor", {0: {"stock": "12abc"}})
    assert any("of “beds”: “12abc” is no number" in each.value for each in visit.error)
    assert visit.session_state["visit"].choices == before
    edit(visit, "resources_editor", {0: {"stock": "1e3"}})
    sound(visit)
    assert visit.session_state["visit"].choices.choice("resources")[0]["stock"] == 1000
