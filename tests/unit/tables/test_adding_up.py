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
