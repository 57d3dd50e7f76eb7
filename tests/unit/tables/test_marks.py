"""Marks among numbers are blanks; the same words in a column of text are values unless something says otherwise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.marks import MARKS
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table


def read(text: str, **options: object) -> Table:
    return read_bytes(text.encode(), "t.csv", ReadOptions(**options))


@settings(max_examples=60, deadline=None)
@given(
    numbers=st.lists(st.integers(-9000, 9000), min_size=4, max_size=12),
    mark=st.sampled_from(sorted(MARKS)),
    places=st.sets(st.integers(0, 11), max_size=2),
    upper=st.booleans(),
)
def test_a_column_of_numbers_with_marks_is_the_numbers_with_blanks(
    numbers: list[int], mark: str, places: set[int], upper: bool
) -> None:
    mark = mark.upper() if upper else mark
    cells = [f'"{mark}"' if place in places else str(each) for place, each in enumerate(numbers)]
    made = read("name,age\n" + "".join(f"p{n},{each}\n" for n, each in enumerate(cells)))
    wanted = [np.nan if place in places else float(each) for place, each in enumerate(numbers)]
    assert made.frame["age"].astype(float).tolist() == pytest.approx(wanted, nan_ok=True)
    hit = sum(place < len(numbers) for place in places)
    assert any(f"are read as blank: {hit} cell{'' if hit == 1 else 's'}." in str(each) for each in made.notes) == bool(
        hit
    )


@pytest.mark.parametrize("word", ["NA", "None", "null", "nan", "N/A"])
def test_a_word_in_a_column_of_text_is_a_value_which_is_said_and_can_be_changed(word: str) -> None:
    text = f"country,demand\n{word},250\nKE,400\nZA,500\n"
    made = read(text)
    assert made.frame["country"].tolist() == [word, "KE", "ZA"]
    assert str(made.notes[0]) == f"“{word}” is a value like any other in: “country”."
    assert read(text, blanks=(word.lower(),)).frame["country"].isna().tolist() == [True, False, False]


def test_a_word_that_means_blank_among_numbers_does_so_in_text_of_the_same_file() -> None:
    made = read("ward,age,note\nNA,NA,a\nB,30,None\nC,41,b\n")
    assert made.frame["ward"].isna().tolist() == [True, False, False]
    assert made.frame["note"].tolist() == ["a", "None", "b"]


def test_words_and_codes_are_no_numbers_because_of_a_mark() -> None:
    made = read("code,grade\n01001,A\n?,B\n01003,-\n")
    assert made.frame["code"].tolist() == ["01001", "?", "01003"]
    assert made.frame["grade"].tolist() == ["A", "B", "-"]


def test_only_an_empty_cell_is_blank_by_itself() -> None:
    frame = read("a,b\n,1\nx,2\n").frame
    assert pd.isna(frame["a"][0]) and frame["a"][1] == "x"
