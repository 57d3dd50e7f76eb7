"""What a screen refuses is seen where it was given, and one thing is said in the singular."""

import pytest
from streamlit.testing.v1 import AppTest

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
    assert "1 patient in 1 region; findings" in visit.markdown[0].value
    visit = go(upload(opened("data"), b"region,demand\nOhio,4\n"), "allocate")
    sound(visit)
    assert not any("1 regions" in each.value for each in (*visit.markdown, *visit.caption))
