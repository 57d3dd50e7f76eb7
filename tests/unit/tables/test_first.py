"""Whether the first of a column of priorities is its smallest number."""

from dataclasses import replace

import pytest

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.first import TURNED, turned_said, with_first
from medalloc.tables.reading import read_bytes

TABLE = read_bytes(b"region,demand,priority\nNorth,15,1\nSouth,45,3\nEast,20,\nWest,2,2\n", "p.csv")


def test_turning_twice_gives_the_values_back() -> None:
    once = with_first(TABLE, "smaller")
    assert once.frame["priority"].fillna(0).tolist() == [3, 1, 0, 2]
    assert with_first(once, "smaller").frame["priority"].fillna(0).tolist() == [1, 3, 0, 2]


def test_nothing_is_turned_unasked_or_without_numbers() -> None:
    assert with_first(TABLE, "larger") is TABLE
    words = read_bytes(b"region,demand,priority\nNorth,15,high\nSouth,45,3\n", "p.csv")
    assert turned_said(with_first(words, "smaller")) is None


def test_another_order_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match="larger, smaller"):
        with_first(TABLE, "upwards")  # type: ignore[arg-type]


def test_what_was_turned_round_is_found_among_other_notes() -> None:
    noted = replace(TABLE, notes=(sentence("Another."),))
    assert turned_said(noted) is None
    assert turned_said(with_first(noted, "smaller")) == Sentence(
        TURNED, {"column": "priority", "least": 1.0, "most": 3.0}
    )
