import numpy as np

from medalloc.tables.adding_up import part_of, rounding

PARTS = np.array([[3.0, 20, 1], [4, 10, 5]])
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
