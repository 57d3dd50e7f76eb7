import numpy as np
import pytest

from medalloc.allocation.problem.checks import numbers
from medalloc.allocation.problem.scalars import is_number
from medalloc.sentences import listed


@pytest.mark.parametrize(("found", "answer"), [(1, True), (0.5, True), (np.float64(2), True), (True, False)])
def test_truth_is_no_number(found, answer):
    assert is_number(found) is answer


@pytest.mark.parametrize("found", [None, "1", float("nan"), float("inf"), [1]])
def test_text_nothing_and_the_infinite_are_no_numbers(found):
    assert not is_number(found)


def test_a_long_list_ends_in_an_ellipsis():
    assert listed("abc") == "a, b, c"
    assert listed("abcdefg") == "a, b, c, d, e, …"


def test_numbers_are_copied_and_anything_else_is_none():
    given = np.array([1.0])
    copy = numbers(given)
    given[0] = 2
    assert copy.tolist() == [1.0]
    assert numbers(["x"]) is None
    assert numbers([[1], [1, 2]]) is None
