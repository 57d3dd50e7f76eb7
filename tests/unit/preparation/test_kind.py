"""Which values an option takes, and when a step has its turn."""

import math
from typing import Any

import numpy as np
import pytest

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.kind import (
    LEARNS,
    SHAPES,
    Option,
    choice,
    count,
    flag,
    number,
    numbers_by_text,
    share,
    text,
    texts,
    which,
)
from medalloc.sentences import sentence

WORDS = sentence("it")


@pytest.mark.parametrize(
    ("option", "taken", "refused"),
    [
        (flag(WORDS, True), [True, False], [0, 1, "true", None]),
        (share(WORDS, 0.5), [0, 1, 0.3, 1.0], [-0.01, 1.01, True, "0.5", math.nan, None]),
        (count(WORDS, 5), [1, 9], [0, -1, 2.0, True, "3", None]),
        (number(WORDS, 0.0), [0, -3.5, 1e30, np.float64(2)], [1.1e30, -math.inf, math.nan, False, "1", None]),
        (text(WORDS, None), ["x", " y "], ["", "  ", 3, None]),
        (texts(WORDS, ()), [[], ["a"], ("a", "b")], [["a", ""], [3], "a", None]),
        (numbers_by_text(WORDS), [{"a": 0}, {"a": -1.5, "b": 2}], [{}, {"a": "1"}, {1: 1}, {"a": math.inf}, [], None]),
        (choice(WORDS, "a", {"a": WORDS, "b": WORDS}), ["a", "b"], ["c", "", 1, None]),
    ],
)
def test_an_option_takes_what_it_says_and_nothing_else(option: Option, taken: list[Any], refused: list[Any]) -> None:
    assert [each for each in taken if not option.accepts(each)] == []
    assert [each for each in refused if option.accepts(each)] == []


def test_defaults_are_acceptable_but_for_those_that_must_be_given() -> None:
    for name, kind in STEP_KINDS.items():
        for each, option in kind.options.items():
            assert option.default is None or option.accepts(option.default), (name, each)


def test_steps_that_shape_come_first_then_those_that_leave_out_rows_and_those_that_learn_by_their_turn() -> None:
    order = sorted(STEP_KINDS, key=lambda name: STEP_KINDS[name].place)
    stages = [STEP_KINDS[name].stage for name in order]
    assert stages == sorted(stages) and stages[0] == SHAPES and stages[-1] == LEARNS
    assert [name for name in order if SHAPES < STEP_KINDS[name].stage < LEARNS] == ["drop_missing_rows"]
    turns = [order.index(name) for name in ("missing_indicator", "impute_median", "group_rare", "one_hot", "log1p")]
    assert turns == sorted(turns) and turns[-1] < order.index("standard_scale")
    assert STEP_KINDS["impute_iterative"].stage == LEARNS


def test_columns_are_told_by_their_names_or_by_what_they_hold() -> None:
    assert str(which(("age", "sex"))) == "the columns age, sex"
    assert [str(which(each)) for each in ("numeric", "text", "all")] == [
        "every column of numbers",
        "every column of text",
        "every column",
    ]
