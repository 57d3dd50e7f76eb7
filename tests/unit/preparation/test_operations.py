import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.preparation.operations import Clip, ColumnState, FillNumber, FillText, Log1p, OneHot, ReplaceText, Stretch

NUMBERS = ColumnState("x", np.array([1.0, np.nan, 3.0]))
TEXT = ColumnState("x", np.array([1, -1, 0, 2], dtype=np.int32), pd.Index(["a", "b", "c"], dtype="str"))


def test_filling_numbers_flags_where_it_filled() -> None:
    made = FillNumber(2.0, True).apply(NUMBERS)
    assert made.values is not None
    assert made.values.tolist() == [1, 2, 3]
    assert made.flags[0][1].tolist() == [False, True, False]


def test_text_can_be_filled_with_a_level_this_table_does_not_have() -> None:
    made = FillText("new", False).apply(TEXT)
    assert made.levels is not None and made.values is not None
    assert [made.levels[int(code)] for code in made.values] == ["b", "new", "a", "c"]


def test_rare_and_unseen_levels_share_a_column_and_missing_text_is_nowhere() -> None:
    made = OneHot(("a", "z"), True).apply(TEXT)
    assert made.scope == "levels"
    table = np.array([flag for _, flag in made.flags]).T.astype(int).tolist()
    assert table == [[0, 0, 1], [0, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_text_without_a_number_is_named() -> None:
    with pytest.raises(InputError, match="holds “a”, “c”, but the recipe knows only “b”"):
        ReplaceText({"b": 1.0}).apply(TEXT)


def test_replaced_text_keeps_missing_missing() -> None:
    made = ReplaceText({"a": 0, "b": 1, "c": 5}).apply(TEXT)
    np.testing.assert_array_equal(made.values, [1, np.nan, 0, 5])


def test_numbers_are_stretched_clipped_and_logged() -> None:
    np.testing.assert_array_equal(Stretch(1.0, 2.0).apply(NUMBERS).values, [0, np.nan, 1])
    np.testing.assert_array_equal(Clip(1.5, 2.5).apply(NUMBERS).values, [1.5, np.nan, 2.5])
    np.testing.assert_allclose(Log1p().apply(NUMBERS).values, np.log([2, np.nan, 4]))


def test_the_logarithm_names_values_it_cannot_take() -> None:
    with pytest.raises(InputError, match=r"holds -1, .* \(values like this: 2\)"):
        Log1p().apply(ColumnState("x", np.array([-1.0, -3.0, 2.0])))
