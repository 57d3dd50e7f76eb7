import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes
from medalloc.tables.tidying import tidy


def test_rows_and_columns_that_hold_nothing_are_left_out_and_said() -> None:
    table = read_bytes(b",a,b,\n0,1,2.5,\n1,3,4.5,\n,,,\n", "f.csv")
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2.5, 4.5]}
    assert [str(note) for note in table.notes] == [
        "Rows without a single filled cell were left out: 1.",
        "Columns without a name that hold nothing but row numbers or blanks were left out: 2.",
    ]


def test_a_blank_row_does_not_turn_whole_numbers_into_decimal_ones() -> None:
    frame, _ = tidy(pd.DataFrame({"code": [39113, np.nan, 53033], "part": [0.5, np.nan, 1.0], "t": ["a", None, "b"]}))
    assert [str(kind) for kind in frame.dtypes] == ["int64", "float64", "str"]
    assert frame.index.tolist() == [0, 1]


def test_a_missing_number_in_a_filled_row_stays_missing() -> None:
    frame, notes = tidy(pd.DataFrame({"a": [1, np.nan], "b": ["x", "y"]}))
    assert frame["a"].isna().tolist() == [False, True]
    assert notes == ()


def test_names_become_single_lines() -> None:
    assert list(tidy(pd.DataFrame([[1, 2]], columns=[" a\n b ", 7]))[0]) == ["a b", "7"]


def test_columns_without_a_name_that_hold_something_are_kept() -> None:
    frame = pd.DataFrame([[1, "x", 5], [2, "z", 3]], columns=["a", "", " "])
    assert list(tidy(frame)[0]) == ["a", "Unnamed: 1", "Unnamed: 2"]


def test_names_that_differ_by_spaces_only_are_told() -> None:
    with pytest.raises(InputError, match="“a b” stands more than once"):
        tidy(pd.DataFrame([[1, 2]], columns=["a b", "a  b "]))


def test_cells_of_several_kinds_become_text() -> None:
    frame, _ = tidy(pd.DataFrame({"a": [1, "x", None], "b": [[1], {"k": 2}, None], "c": [1, 2, 3]}))
    assert frame["a"].fillna("-").tolist() == ["1", "x", "-"]
    assert frame["b"].fillna("-").tolist() == ["[1]", "{'k': 2}", "-"]


@pytest.mark.parametrize(
    ("cells", "counts"),
    [([0, 1, 2], True), ([1, 2, 3], True), ([2, 3, 4], False), ([1, 3, 4], False), ([0.0, 1.5, 2.0], False)],
)
def test_a_column_without_a_name_is_left_out_where_it_only_counts_rows_from_nought_or_one(
    cells: list[float], counts: bool
) -> None:
    frame, notes = tidy(pd.DataFrame({"": cells, "a": [5, 6, 8]}))
    assert frame.shape == (3, 1 if counts else 2)
    assert bool(notes) == counts


@pytest.mark.parametrize(("cell", "kind"), [(2.0**53 - 1, "int64"), (2.0**53, "float64"), (0.5, "float64")])
def test_numbers_become_whole_again_as_long_as_they_are_exact(cell: float, kind: str) -> None:
    frame, _ = tidy(pd.DataFrame({"a": [1.0, np.nan, cell]}))
    assert str(frame["a"].dtype) == kind and frame["a"].tolist() == [1, cell]
