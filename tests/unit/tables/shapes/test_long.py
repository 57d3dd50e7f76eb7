"""A column for each period and a row for each period say the same."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.quality import findings
from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.catalogue import LONG, shaped

PERIODS = {
    "year": ["2021", "2022", "2023"],
    "quarter": ["2023Q1", "2023Q2", "2023Q3"],
    "month": ["January 2023", "February 2023", "March 2023"],
    "week": ["2023W1", "2023W2", "2023W3"],
    "day": ["2023-01-01", "2023-01-02", "2023-01-03"],
}


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(PERIODS)),
    st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=2, max_size=5),
    st.sampled_from([(), ("Beds",), ("Beds", "Staff")]),
)
def test_every_number_stands_in_the_row_of_its_region_and_period(
    kind: str, numbers: list[list[int]], items: tuple[str, ...]
) -> None:
    periods = PERIODS[kind]
    names = [f"{item} {period}".strip() for item in items or ("",) for period in periods]
    wide = pd.DataFrame([row * max(len(items), 1) for row in numbers], columns=names)
    wide.insert(0, "region", [f"R{n}" for n in range(len(numbers))])
    table = read_bytes(wide.to_csv(index=False).encode(), "t.csv")
    assert [each.kind for each in findings(table)].count("wide") == 1
    made = shaped(table, LONG)
    assert made.column("date") == "period" and made.column("region") == "region"
    assert len(made.frame) == 3 * len(numbers)
    for column in [name for name in made.frame if name not in ("region", "period")]:
        cells = made.frame.set_index(["region", "period"])[column]
        assert all(
            cells[f"R{n}", period] == row[k] for n, row in enumerate(numbers) for k, period in enumerate(periods)
        )
    assert all(each.kind != "wide" for each in findings(made))


def test_a_table_without_periods_in_its_names_is_refused() -> None:
    with pytest.raises(InputError, match="no columns for several periods"):
        shaped(read_bytes(b"region,demand\nNorth,1\nSouth,2\n", "t.csv"), LONG)
