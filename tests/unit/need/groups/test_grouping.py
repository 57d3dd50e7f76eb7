import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from medalloc.need.groups.grouping import group_labels
from medalloc.tables.table import Source, Table


def as_table(frame: pd.DataFrame) -> Table:
    return Table(frame, dict.fromkeys(frame.columns, "feature"), Source("test", "0" * 64))


def test_rows_without_a_value_are_a_group_without_a_name() -> None:
    for cells in (["a", None, "b", "a"], [1.0, np.nan, 2.0, 1.0], [True, None, False, True]):
        codes, names = group_labels(as_table(pd.DataFrame({"x": cells})), "x")
        assert names[codes[1]] == ""
        assert codes[0] == codes[3] != codes[2]
        assert len(names) == 3


@given(st.lists(st.integers(-1000, 1000), min_size=30, max_size=200))
def test_four_groups_of_numbers_are_told_apart_by_their_names(values: list[int]) -> None:
    codes, names = group_labels(as_table(pd.DataFrame({"x": values})), "x")
    assert len(names) <= max(4, len(set(values)) if len(set(values)) <= 8 else 4)
    for value, code in zip(values, codes, strict=True):
        for part in names[code].split(", "):
            if part[0] in "≤>":
                end = float(part[2:])
                assert value <= end if part[0] == "≤" else value > end
            else:
                assert value == float(part)


def test_dates_are_grouped_by_quartile_and_a_constant_is_one_group() -> None:
    days = pd.Series(pd.date_range("2024-01-01", periods=100))
    codes, names = group_labels(as_table(pd.DataFrame({"day": days, "one": 3.5})), "day")
    assert len(names) == 4
    assert names[0] == "≤ 2024-01-25"
    assert np.bincount(codes).tolist() == [25, 25, 25, 25]
    assert group_labels(as_table(pd.DataFrame({"one": [3.5] * 9})), "one")[1] == ("3.5",)
