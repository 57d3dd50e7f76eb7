"""What a fitted recipe makes of rows, however many are taken at once."""

import numpy as np
import pytest

from medalloc.preparation.encoding import encode
from tests.unit.preparation.test_fitted_json import FRAME, fitted


@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_rows_that_are_prepared_some_at_a_time_are_those_prepared_one_by_one(size: int) -> None:
    made, encoded, rows = fitted(), encode(FRAME, list(FRAME)), np.array([3, 0, 4, 2, 2])
    alone = [made.matrix(encoded, rows[[each]])[0] for each in range(len(rows))]
    np.testing.assert_array_equal(made.matrix(encoded, rows), alone)
    parts = list(made.blocks(encoded, rows, size=size))
    assert [start for start, _ in parts] == list(range(0, len(rows), size))
    np.testing.assert_array_equal(np.concatenate([part for _, part in parts]), alone)


def test_every_column_of_the_matrix_belongs_to_the_group_of_its_source() -> None:
    made = fitted()
    groups = made.groups()
    assert sorted(np.concatenate(groups).tolist()) == list(range(len(made.columns)))
    for source, places in zip(made.sources, groups, strict=True):
        assert {made.columns[each].source for each in places} <= {source}
