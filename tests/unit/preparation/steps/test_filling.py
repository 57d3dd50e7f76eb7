from collections.abc import Callable
from typing import Any

import numpy as np

from medalloc.preparation.state import ColumnState
from medalloc.preparation.steps.filling import FillNumber, FillText, Keep, Mark

NUMBERS = ColumnState("x", np.array([1.0, np.nan, 3.0]))
EMPTY = ColumnState("x", np.array([np.nan, np.nan]))
Learn = Callable[..., Any]


def test_the_median_is_of_what_is_known_and_flags_only_what_varies(learn: Learn) -> None:
    assert learn("impute_median", ColumnState("x", np.array([5.0, np.nan, 1.0, 3.0]))) == FillNumber(3.0, True)
    assert learn("impute_median", ColumnState("x", np.array([5.0]))) == FillNumber(5.0, False)
    assert learn("impute_median", EMPTY) == FillNumber(0.0, False)


def test_a_tie_for_the_most_frequent_goes_to_the_alphabet_or_to_the_smallest(learn: Learn, text: Learn) -> None:
    assert learn("impute_most_frequent", text("b", "a", None)) == FillText("a", True)
    assert learn("impute_most_frequent", ColumnState("x", np.array([3.0, 1.0, 1.0, 3.0, 2.0]))) == FillNumber(
        1.0, False
    )


def test_a_constant_fills_numbers_and_text_each_with_its_own(learn: Learn, text: Learn) -> None:
    assert learn("impute_constant", NUMBERS, number=7) == FillNumber(7.0, True)
    assert learn("impute_constant", text("a", None), text="none") == FillText("none", True)


def test_a_mark_fills_nothing_and_only_marks_what_tells_rows_apart(learn: Learn) -> None:
    assert learn("missing_indicator", NUMBERS) == Mark()
    assert learn("missing_indicator", EMPTY) == Keep()
    made = Mark().apply(NUMBERS)
    assert made.values is NUMBERS.values
    assert made.flags[0][1].tolist() == [False, True, False]


def test_filling_numbers_flags_where_it_filled() -> None:
    made = FillNumber(2.0, True).apply(NUMBERS)
    assert made.values is not None
    assert made.values.tolist() == [1, 2, 3]
    assert made.flags[0][1].tolist() == [False, True, False]


def test_text_can_be_filled_with_a_level_this_table_does_not_have(text: Learn) -> None:
    made = FillText("new", False).apply(text("b", None, "a", "c"))
    assert made.levels is not None and made.values is not None
    assert [made.levels[int(code)] for code in made.values] == ["b", "new", "a", "c"]
