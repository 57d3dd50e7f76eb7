"""Regions that are alike come in one order, whatever the order of the table."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.order import highest_first, lowest_first

ROWS = st.lists(
    st.tuples(st.text("abc区", min_size=1, max_size=3), st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([1.0, 2.0])),
    min_size=1,
    unique_by=lambda row: row[0],
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_table_does_not_matter_and_rounding_does_not_either(rows: list, luck: object) -> None:
    mixed = [*rows]
    luck.shuffle(mixed)  # type: ignore[attr-defined]
    for order, sign in ((lowest_first, 1), (highest_first, -1)):
        for given_rows in (rows, mixed):
            names, values, weight = zip(*given_rows, strict=True)
            noise = 1e-13 * np.arange(len(values))
            found = order(names, np.array(values) + noise, weight)
            told = [names[place] for place in found]
            assert told == [name for name, *_rest in sorted(rows, key=lambda row: (sign * row[1], -row[2], row[0]))]
