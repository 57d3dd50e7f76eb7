from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.need.training.target import need_vector
from medalloc.tables.table import Source, Table


def table(values: object) -> Table:
    return Table(pd.DataFrame({"sick": values}), {"sick": "need"}, Source("t", "0"))


@pytest.mark.parametrize(
    "values",
    [
        [1, 0, 1],
        [1.0, 0.0, 1.0],
        [True, False, True],
        ["yes", "no", "yes"],
        ["Y", " n ", "Yes"],
        ["1", "0", "1"],
        ["TRUE", "False", "true"],
        pd.Series([True, False, True], dtype="boolean"),
        pd.Series(["yes", "no", "yes"], dtype="category"),
    ],
)
def test_every_usual_way_to_say_yes_and_no_is_understood(values: object) -> None:
    need = need_vector(table(values))
    assert need.values.tolist() == [1, 0, 1]
    assert need.warnings == ()


PAIRS = [
    *(("Need", "No need"), ("died", "survived"), ("high", "low"), ("Admitted", "Discharged"), ("case", "control")),
    *(("ja", "nein"), ("oui", "non"), ("sí", "no"), ("是", "否"), ("阳性", "阴性"), ("Positive", "NEGATIVE")),
    *(
        ("dead", "alive"),
        ("ill", "well"),
        ("readmitted", "not readmitted"),
        ("diabetic", "Non-Diabetic"),
        ("病", "无病"),
    ),
    *(("in_need", "not_in_need"), ("verstorben", "lebend"), ("да", "нет"), ("tak", "nie"), ("abnormal", "normal")),
]


@pytest.mark.parametrize(("yes", "no"), PAIRS)
def test_known_words_and_negations_say_which_is_need_whatever_the_alphabet_says(yes: str, no: str) -> None:
    need = need_vector(table([no, yes, no, None]))
    assert need.values.tolist() == [0, 1, 0, -1]
    assert (need.means_need, need.means_none) == ((yes,), (no,))
    assert str(need.said) == f"Column “sick”: “{yes}” means need, not “{no}”."


@given(st.lists(st.text("xyzqw", min_size=4, max_size=6), min_size=2, max_size=4, unique=True), st.data())
def test_unknown_words_are_asked_for_and_then_mean_what_was_said(words: list[str], data: st.DataObject) -> None:
    asked = table([*words, *words])
    with pytest.raises(InputError, match="--need-is") as refused:
        need_vector(asked)
    assert all(f"“{word}”" in str(refused.value) for word in words)
    chosen = data.draw(st.sets(st.sampled_from(words), min_size=1, max_size=len(words) - 1))
    said = replace(asked, need_is=tuple(each.upper() for each in chosen))
    assert need_vector(said).values.tolist() == [int(each in chosen) for each in [*words, *words]]


@pytest.mark.parametrize("values", [[1, 2], ["1", "2"], [0, 1, 2], [0, 5], [1.0, 2.0, None], [-1, 1]])
def test_numbers_as_codes_are_never_guessed(values: list[object]) -> None:
    with pytest.raises(InputError, match="cannot be told"):
        need_vector(table(values))
    high = max(each for each in values if each is not None)
    need = need_vector(replace(table(values), need_is=(str(high),)))
    assert [each == 1 for each in need.values] == [each == high for each in values]


def test_answers_that_are_not_there_are_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match="Need is said to be “3”, but column “sick” holds “1”, “2”"):
        need_vector(replace(table([1, 2, 2]), need_is=("3",)))


def test_need_said_to_be_what_its_word_denies_is_taken_with_a_warning() -> None:
    need = need_vector(replace(table(["died", "survived", "died"]), need_is=("survived",)))
    assert need.values.tolist() == [0, 1, 0]
    assert "by its words “died” does" in str(need.warnings[0])


def test_a_known_word_settles_what_the_other_means() -> None:
    assert need_vector(table(["no", "maybe"])).values.tolist() == [0, 1]
    assert need_vector(table(["zzz", "yes"])).values.tolist() == [0, 1]


def test_rows_without_an_answer_are_counted() -> None:
    need = need_vector(table([1, None, 0, None]))
    assert need.values.tolist() == [1, -1, 0, -1]
    assert need.known().tolist() == [0, 2]
    assert str(need.warnings[0]).startswith("Rows without an answer in “sick”: 2.")
    assert need_vector(table(["yes", "  ", None, "no"])).values.tolist() == [1, -1, -1, 0]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([0, 1, 2], "“0”, “1”, “2” .different answers: 3"),
        ([0.5, 1.0], "“0.5”, “1”"),
        (["a", "b", "c"], "different answers: 3"),
        (["a", "a"], "different answers: 1"),
        ([1, 1, 1], "rows not in need: 0"),
        (["no", "no"], "rows in need: 0"),
        ([np.nan, np.nan], "rows in need: 0, rows not in need: 0"),
    ],
)
def test_what_is_not_yes_or_no_is_refused(values: list[object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        need_vector(table(values))
