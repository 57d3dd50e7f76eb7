"""Numbers that are far from all others, found by the slow way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.impossible import FAR, FEWEST_VALUES, MARKS, far_values, impossible_values


def end_above(known: list[float]) -> float:
    """Return the largest of ascending numbers below a gap, looked for one by one; infinite where there is none."""
    aside = len(known) // 20
    if len(set(known)) <= FEWEST_VALUES:
        return np.inf
    for place in range(len(known) - 1 - aside, len(known) - 1):
        end, spread = known[place], known[place] - known[aside]
        if spread > 0 and known[place + 1] - end > FAR * spread:
            return end if len(set(known[: place + 1])) >= FEWEST_VALUES else np.inf
    return np.inf


def far_by_hand(cells: list[float]) -> list[bool]:
    known = sorted(each for each in cells if each == each)
    left = [each for each in known if each not in MARKS]
    largest = np.inf
    if len(set(left)) >= FEWEST_VALUES and len(left) >= 0.75 * len(known):
        marks = [each for each in known if each > left[-1]]
        if marks and marks[0] - left[-1] > FAR * (left[-1] - left[0]):
            known, largest = [each for each in known if each <= left[-1]], left[-1]
    high, low = min(end_above(known), largest), -end_above([-each for each in reversed(known)])
    return [each > high or each < low for each in cells]


@given(
    st.lists(st.integers(-3, 20), min_size=1, max_size=60),
    st.lists(st.sampled_from([60, 61, 77, 99, 999, 1000, -60, -200, float("nan")]), max_size=8),
    st.integers(1, 30),
)
@settings(max_examples=80)
def test_numbers_are_far_out_where_the_slow_way_finds_them(usual: list[int], odd: list[float], times: int) -> None:
    cells = [float(each) for each in [*usual, *range(5, 5 + times % 14), *odd]]
    column = pd.Series(cells, name="measured")
    assert not impossible_values(column).any()
    assert far_values(column).tolist() == far_by_hand(cells)


WITHIN = [float(each) for each in range(11)]


@pytest.mark.parametrize(
    ("cells", "far"),
    [
        ([*WITHIN, 30.0], 0),
        ([*WITHIN, *WITHIN, 30.0], 0),
        ([*WITHIN, *WITHIN, 32.5], 1),
        ([*WITHIN, *WITHIN, -20.0], 0),
        ([*WITHIN, *WITHIN, -22.5], 1),
        ([*range(10), *range(10), 99.0, 99.0], 2),
        ([*range(9), *range(9), 99.0, 99.0], 0),
        ([*range(12)] * 2 + [99.0] * 8, 8),
        ([*range(12)] * 2 + [99.0] * 9, 0),
    ],
)
def test_a_number_is_far_out_from_a_gap_of_more_than_twice_the_spread_on(cells: list[float], far: int) -> None:
    assert far_values(pd.Series(cells, name="measured")).sum() == far == sum(far_by_hand(cells))


@pytest.mark.parametrize("cells", [["a", "b"], [True, False]])
def test_what_is_no_number_is_not_far_out(cells: list[object]) -> None:
    assert not far_values(pd.Series(cells, name="measured")).any()


@pytest.mark.parametrize(
    ("cells", "wrong"), [([-999, 5], True), ([-999, 0], False), ([-999, -999], False), ([-999, -1, 5], False)]
)
def test_a_code_means_nothing_beside_numbers_of_which_none_is_negative_and_one_is_positive(
    cells: list[float], wrong: bool
) -> None:
    assert impossible_values(pd.Series(cells, name="balance")).tolist() == [wrong, *[False] * (len(cells) - 1)]
