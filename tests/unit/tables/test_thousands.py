"""Numbers that are written in groups, in other figures, or with a word for a multiple."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.thousands import without_thousands

SIGNS = {"space": " ", "hard space": "\u00a0", "thin space": "\u202f", "apostrophe": "'", "typographic": "’"}


def column(*cells: str, decimal: str | None = None) -> list[object]:
    return without_thousands(pd.DataFrame({"n": cells}, dtype="str"), decimal)[0]["n"].tolist()


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1), st.sampled_from(sorted(SIGNS)))
def test_whole_numbers_in_groups_come_back_as_they_were(numbers: list[int], sign: str) -> None:
    assert column(*(f"{each:,}".replace(",", SIGNS[sign]) for each in numbers)) == (
        numbers if any(abs(each) > 999 for each in numbers) else [str(each) for each in numbers]
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("01 234", "05 678"),
        ("12 34", "56 78"),
        ("1,250", "3,875"),
        ("12 Main Street", "14 Main Street"),
        ("5 km", "7 km"),
        ("1.250", "2.300"),
        ("1 250", "many"),
        ("10k", "20k"),
    ],
)
def test_what_may_be_something_else_stays_text(cells: tuple[str, ...]) -> None:
    assert column(*cells) == list(cells)


def test_a_comma_parts_thousands_where_the_file_shows_it() -> None:
    frame = pd.DataFrame({"a": ["1,250", "3,875"], "b": ["1,250,000", "900"]}, dtype="str")
    assert without_thousands(frame)[0]["a"].tolist() == [1250, 3875]
    assert without_thousands(frame, ",")[0]["a"].tolist() == ["1,250", "3,875"]
    assert column("1,250", "3,875", decimal=".") == [1250, 3875]


def test_words_and_other_figures_are_numbers() -> None:
    assert column("1.2万", "3亿", "800") == [12000, 300000000, 800]
    assert column("2 lakh", "1.5 crore") == [200000, 15000000]
    assert column("١٢٣٤", "५६") == [1234, 56]


def test_codes_and_telephone_numbers_stay_text_by_their_names() -> None:
    frame = pd.DataFrame({"PIN code": ["110 001", "560 034"], "phone": ["123 456 789"] * 2}, dtype="str")
    assert without_thousands(frame)[0].equals(frame)


def test_marks_and_hidden_counts_among_them_are_read_as_everywhere() -> None:
    table = read_bytes(b"region;cases;beds\nNorth;1 250;-\nSouth;<5;1 100\nEast;800;7\n", "t.csv")
    assert table.frame["cases"].tolist() == [1250, 2, 800]
    assert table.hidden == {"cases": (1, 4)} or table.hidden == {"cases": (0, 4)}


def test_a_column_can_be_kept_as_it_is_written() -> None:
    text = b"region;plate;demand\nNorth;1 250;1,5\nSouth;2 300;2,5\n"
    kept = read_bytes(text, "t.csv", ReadOptions(texts=("plate", "demand")))
    assert kept.frame["plate"].tolist() == ["1 250", "2 300"]
    assert kept.frame["demand"].tolist() == ["1,5", "2,5"]
    assert list(kept.frame) == ["region", "plate", "demand"]
    assert read_bytes(text, "t.csv").frame["plate"].tolist() == [1250, 2300]


@pytest.mark.parametrize(("beside", "known"), [("1,250,000", True), ("5", False)])
def test_a_comma_before_a_word_parts_thousands_only_where_another_number_shows_that(beside: str, known: bool) -> None:
    frame = pd.DataFrame({"people": ["1,200 thousand", "3 thousand"], "beds": [beside, "2"]}, dtype="str")
    found, said = without_thousands(frame)
    assert found["people"].tolist() == ([1_200_000, 3_000] if known else ["1,200 thousand", "3 thousand"])
    assert bool(said) == known
