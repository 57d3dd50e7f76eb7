import numpy as np
import pandas as pd
import pytest

from medalloc.tables.cells import as_names, as_numbers


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([1001, 1003], ["1001", "1003"]),
        ([1001.0, None], ["1001", ""]),
        ([" North ", None, "  "], ["North", "", ""]),
        ([1.5, 2.0], ["1.5", "2"]),
    ],
)
def test_cells_are_names_as_a_reader_sees_them(cells, names):
    assert as_names(pd.Series(cells)).tolist() == names


def test_what_is_no_number_is_missing_and_yes_is_no_number():
    assert np.isnan(as_numbers(pd.Series([True, False]))).all()
    np.testing.assert_array_equal(as_numbers(pd.Series(["2", "many", None, "-1.5"])), [2, np.nan, np.nan, -1.5])
