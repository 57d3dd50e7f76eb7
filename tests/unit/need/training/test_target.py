import numpy as np
import pandas as pd
import pytest

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


def test_two_texts_are_taken_and_the_reader_is_told_which_is_need() -> None:
    need = need_vector(table(["well", "ill", "well"]))
    assert need.values.tolist() == [1, 0, 1]
    assert "“well” was taken for need (1)" in str(need.warnings[0])


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
        ([0, 1, 2], "row 3: need is 2"),
        ([0.5, 1.0], "row 1: need is 0.5"),
        (["a", "b", "c"], "different texts: 3"),
        (["a", "a"], "different texts: 1"),
        ([1, 1, 1], "rows not in need: 0"),
        (["no", "no"], "rows in need: 0"),
        ([np.nan, np.nan], "rows in need: 0, rows not in need: 0"),
    ],
)
def test_what_is_not_yes_or_no_is_refused(values: list[object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        need_vector(table(values))
