import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.adding_up import ORDERS, found_by_chance, part_of, rounding

PARTS = np.array([[3.0, 20, 1], [4, 10, 5]])


def nested(draw: np.random.Generator, depth: int, decimals: int, rows: list[np.ndarray], parents: list[int]) -> int:
    """Write a sum before its parts, some of them sums themselves; return its place."""
    place = len(rows)
    rows.append(np.zeros(2))
    parents.append(-1)
    for _ in range(int(draw.integers(2, 5))):
        if depth > 1 and draw.random() < 0.4:
            below = nested(draw, depth - 1, decimals, rows, parents)
        else:
            below = len(rows)
            rows.append(draw.uniform(1, 1e6, 2).round(decimals))
            parents.append(-1)
        parents[below] = place
        rows[place] = rows[place] + rows[below]
    return place


OTHERS = np.array([[11.0, 2, 9], [5, 5, 5]])


def test_sums_stand_before_their_parts_and_the_sum_of_everything_anywhere() -> None:
    some = PARTS.sum(axis=0, keepdims=True)
    everything = some + OTHERS.sum(axis=0, keepdims=True)
    numbers = np.concatenate([some, PARTS, OTHERS[:1], everything, OTHERS[1:]])
    found = part_of(numbers, np.zeros(len(numbers), dtype=bool), rounding(numbers))
    assert found.tolist() == [4, 0, 0, 4, -1, 4]


def test_the_way_in_which_what_is_called_a_sum_is_one_is_taken_wherever_that_row_stands() -> None:
    """The first row may be the sum of the next two; without its name the last would be that of the three before it."""
    numbers = np.array([[3.0], [1], [2], [2], [2], [5], [9], [40]])
    called = np.arange(8) == 0
    assert part_of(numbers, called, rounding(numbers))[:3].tolist() == [-1, 0, 0]
    assert part_of(numbers, called & False, rounding(numbers))[3:].tolist() == [6, 6, 6, -1, -1]


def test_without_names_the_way_that_explains_most_rows_is_taken() -> None:
    numbers = np.array([[60.0], [10], [17], [33], [4], [5], [9]])
    assert part_of(numbers, np.zeros(7, dtype=bool), rounding(numbers))[:4].tolist() == [-1, 0, 0, 0]
    numbers = np.array([[7.0], [2], [2], [5], [9]])
    assert part_of(numbers, np.zeros(5, dtype=bool), rounding(numbers)).tolist() == [-1, 4, 4, 4, -1]


@given(seed=st.integers(0, 10**6), depth=st.integers(1, 3), decimals=st.sampled_from([0, 2]), turned=st.booleans())
@settings(max_examples=50)
def test_of_nested_sums_every_row_finds_the_one_it_is_part_of(
    seed: int, depth: int, decimals: int, turned: bool
) -> None:
    draw = np.random.default_rng(seed)
    rows: list[np.ndarray] = []
    parents: list[int] = []
    tops = [nested(draw, depth, decimals, rows, parents) for _ in range(3)]
    numbers, expected = np.array(rows).round(decimals), np.array(parents)
    assert (expected[tops] == -1).all()
    if turned:
        numbers, expected = numbers[::-1], np.where(expected < 0, -1, len(expected) - 1 - expected)[::-1]
    assert part_of(numbers, np.zeros(len(numbers), dtype=bool), rounding(numbers)).tolist() == expected.tolist()


@pytest.mark.parametrize("decimals", range(7))
def test_the_step_of_a_column_is_its_last_decimal(decimals: int) -> None:
    numbers = np.array([[1.0, np.nan], [10.0**-decimals, 3.0], [2.5 if decimals else 2.0, 7.0]])
    assert rounding(numbers) == pytest.approx([10.0**-decimals, 1.0])


def test_what_adds_up_by_chance_is_counted_in_other_orders_of_the_rows() -> None:
    # no number is the sum of others, in whatever order
    apart = np.array([[2.0**each, 3.0**each] for each in range(12)])
    assert found_by_chance(apart, np.zeros(2)) == 1 / ORDERS[1]
    few = np.random.default_rng(0).integers(0, 4, (30, 2)).astype(float)
    assert found_by_chance(few, np.zeros(2)) > 0.5
