"""How well one column tells who is in need."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.separation import separation

ROWS = st.lists(st.tuples(st.sampled_from([-1.5, 0.0, 1.0, 2.0, np.nan]), st.booleans()), min_size=1, max_size=30)


def share_of_pairs(rows: list[tuple[float, bool]]) -> float:
    """Of every pair of one in need and one who is not: how often the former has the larger number, a tie a half."""
    needing, others = ([number for number, need in rows if need is each and number == number] for each in (True, False))
    pairs = [(a > b) + (a == b) / 2 for a, b in product(needing, others)]
    share = sum(pairs) / len(pairs) if pairs else 0.5
    return max(share, 1 - share)


@given(ROWS)
def test_separation_is_the_share_of_pairs_that_a_column_puts_in_order(rows: list[tuple[float, bool]]) -> None:
    numbers, need = zip(*rows, strict=True)
    assert separation(pd.Series(numbers, dtype=float), np.array(need)) == pytest.approx(share_of_pairs(rows))


def test_whole_numbers_with_blanks_are_ranked_as_any_others() -> None:
    column = pd.Series([1, 2, None, 4], dtype="Int64")
    assert separation(column, np.array([False, False, True, True])) == 1.0
