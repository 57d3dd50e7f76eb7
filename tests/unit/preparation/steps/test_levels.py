from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from medalloc.errors import InputError
from medalloc.preparation.kind import FEWEST
from medalloc.preparation.steps.levels import OneHot, Order, ReplaceText, Together

Learn = Callable[..., Any]


def test_rare_levels_and_levels_beyond_the_limit_have_no_column(learn: Learn, text: Learn) -> None:
    state = text(*["a"] * 50, *["b"] * 40, *["c"] * 9, "d")
    assert learn("one_hot", state, min_share=0.05) == OneHot(("a", "b", "c"), True)
    assert learn("one_hot", state, min_share=0.0, max_levels=2) == OneHot(("a", "b"), True)
    # a single patient's text has none, whatever the share
    assert learn("one_hot", state, min_share=0.0) == OneHot(("a", "b", "c"), True)
    several = text(*["a"] * 50, *["b"] * FEWEST)
    assert learn("one_hot", several, min_share=0.0) == OneHot(("a", "b"), False)


def test_rare_and_unseen_levels_share_a_column_and_missing_text_is_nowhere(text: Learn) -> None:
    made = OneHot(("a", "z"), True).apply(text("b", None, "a", "c"))
    assert made.scope == "levels"
    table = np.array([flag for _, flag in made.flags]).T.astype(int).tolist()
    assert table == [[0, 0, 1], [0, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_text_without_a_number_is_named(text: Learn) -> None:
    with pytest.raises(InputError, match="holds “a”, “c”, but the recipe knows only “b”"):
        ReplaceText({"b": 1.0}).apply(text("a", "b", "c"))


def test_replaced_text_keeps_missing_missing(text: Learn) -> None:
    made = ReplaceText({"a": 0, "b": 1, "c": 5}).apply(text("b", None, "a", "c"))
    np.testing.assert_array_equal(made.values, [1, np.nan, 0, 5])


def test_an_order_gives_places_unseen_text_minus_one_and_missing_text_nothing(learn: Learn, text: Learn) -> None:
    given = learn("ordinal", text("b", "a"), order=("low", "high"))
    assert given == Order(("low", "high"))
    np.testing.assert_array_equal(given.apply(text("high", None, "low", "else")).values, [1, np.nan, 0, -1])


def test_without_an_order_only_texts_of_enough_rows_have_a_place(learn: Learn, text: Learn) -> None:
    assert learn("ordinal", text(*["b"] * FEWEST, *["a"] * FEWEST, "name")) == Order(("a", "b"))


def test_rare_and_unseen_texts_come_together(learn: Learn, text: Learn) -> None:
    made = learn("group_rare", text(*["a"] * 50, *["b"] * 20, "c"), min_share=0.1)
    assert made == Together(("a", "b"))
    state = made.apply(text("c", None, "a", "z"))
    assert [None if code < 0 else state.levels[int(code)] for code in state.values] == [
        "other levels",
        None,
        "a",
        "other levels",
    ]
