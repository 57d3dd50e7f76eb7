from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.need.training.amount import holds_amounts, read_amount
from medalloc.need.training.patients import gather
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Source, Table


def table(values: Any, need_as: Any = "auto") -> Table:
    frame = pd.DataFrame({"age": np.arange(len(values)), "visits": values})
    return Table(frame, {"age": "feature", "visits": "need"}, Source("t", "0"), need_as=need_as)


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ([0, 1, 2, 3, 7], "counts"),
        ([0.0, 1.5, 2.5, 30.0, None, 4.0], "counts"),
        ([0.5, 1.5, 2.5, 30.0, 4.0], "amounts"),
        ([-2.0, 0.0, 1.0, 2.0, 3.5], "numbers"),
    ],
)
def test_a_column_of_many_numbers_is_an_amount_whose_errors_are_weighed_as_its_cells_ask(
    values: list[Any], holds: str
) -> None:
    assert holds_amounts(table(values))
    found = read_amount(table(values))
    assert found.holds == holds
    np.testing.assert_array_equal(found.values, np.array(values, dtype=float))


@pytest.mark.parametrize("values", [[0, 1], [0, 1, 2], [1, 2, 3, 4], [True, False], list("abcdefgh")])
def test_few_numbers_may_be_classes_and_text_is_none(values: list[Any]) -> None:
    assert not holds_amounts(table(values))


def test_what_it_holds_can_be_said_either_way() -> None:
    assert holds_amounts(table([0, 1, 2], "counts")) and read_amount(table([0, 1, 2], "numbers")).family == "squared"
    assert not holds_amounts(table(range(10), "answers"))
    assert not holds_amounts(replace(table(range(10)), need_is=("3",)))


@pytest.mark.parametrize(
    ("values", "need_as", "words"),
    [
        ([3, 0, 1, 2, 5], "amounts", "row 2: the amount is 0, .* say that it is “counts”"),
        ([3, 1, -1, 2, 5], "counts", "row 3: the amount is -1, .* say that it is “numbers”"),
        ([4, 4, 4], "counts", "same number in every row"),
        (["a", "b"], "counts", "holds text"),
    ],
)
def test_what_cannot_be_such_an_amount_is_refused_with_a_way_on(values: list[Any], need_as: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_amount(table(values, need_as))


def test_splits_get_like_shares_of_high_and_low_amounts_and_unknown_rows_are_not_learnt_from() -> None:
    values = np.r_[np.zeros(60), np.arange(1, 40), np.nan]
    patients = gather(table(values), DEFAULT)
    assert patients.known.tolist() == list(range(99))
    np.testing.assert_array_equal(patients.need, np.r_[np.zeros(60), np.ones(39), -1])
    np.testing.assert_array_equal(patients.learnt, values)
    with pytest.raises(InputError, match="at least 20"):
        gather(table(np.arange(12.0)), DEFAULT)
