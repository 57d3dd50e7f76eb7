import numpy as np
import pandas as pd
import pytest

from medalloc.need.training.times import row_times
from medalloc.tables.table import Source, Table


def times_of(cells: list[object]) -> tuple[np.ndarray | None, str]:
    found, said = row_times(Table(pd.DataFrame({"when": cells}), {"when": "date"}, Source("t", "0")))
    return found, " ".join(map(str, said))


@pytest.mark.parametrize(
    "cells",
    [
        ["2024-03-31", "2023-12-01", "2024-04-01"],
        ["2024-03-31T08:00:00Z", "2024-03-30 23:00", "2024-04-01"],
        ["31.03.2024", "1.12.2023", "01.04.2024"],
        ["31/03/2024", "01/12/2023", "01/04/2024"],
        ["2024年3月31日", "2023年12月1日", "2024年4月1日"],
        [2024, 2023, 2025],
        list(pd.to_datetime(["2024-03-31", "2023-12-01", "2024-04-01"])),
    ],
)
def test_dates_are_put_in_order_however_they_are_written(cells: list[object]) -> None:
    found, said = times_of(cells)
    assert found is not None and not said
    assert np.argsort(found).tolist() == [1, 0, 2]


@pytest.mark.parametrize("cells", [["2024-03-31", None, "2024-04-01"], [2024.0, None, 2025.0]])
def test_a_row_without_a_date_has_none(cells: list[object]) -> None:
    found, said = times_of(cells)
    assert found is not None and not said
    assert np.isnan(found).tolist() == [False, True, False]


def test_what_is_no_date_is_said_and_never_guessed() -> None:
    found, said = times_of(["Monday", "2024-03-31"])
    assert found is None
    assert "not all its cells can be read as dates (the first: “Monday”)" in said
    found, said = times_of(["03/04/2024", "05/06/2024"])
    assert found is None
    assert "day/month or as month/day" in said


def test_a_table_without_dates_has_no_times() -> None:
    assert row_times(Table(pd.DataFrame({"age": [1]}), {"age": "feature"}, Source("t", "0"))) == (None, ())
