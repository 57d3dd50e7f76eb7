"""Numbers of a known shape added up: hidden ones by their middle, rates by their mean, waits by their bands."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.engine import read_as
from medalloc.tables.shapes.shape import Measure, Shape
from medalloc.tables.shapes.summing import waits
from medalloc.tables.table import Table


def read(text: str, **changes: object) -> Table:
    return read_as(
        read_bytes(text.encode(), "f.csv"), Shape("wards", "Wards", ("place",), region=("place",), **changes)
    )


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any))
def test_the_middle_wait_is_that_of_persons_spread_evenly_within_each_band(counts: list[int]) -> None:
    ends = [(0, 18), (18, 26), (26, 52), (52, 104)]
    frame = pd.DataFrame([counts], columns=[f"{low} {high}" for low, high in ends], dtype=float)
    found = waits(frame[frame.columns[::-1]])
    parts = 2_000
    # every person stands for many, spread over the band
    waited = np.concatenate(
        [
            low + (np.arange(count * parts) + 0.5) * (high - low) / (count * parts)
            for count, (low, high) in zip(counts, ends, strict=True)
            if count
        ]
    )
    middle, half = found["median wait [weeks]"][0], len(waited) / 2
    assert (waited < middle - 0.05).sum() <= half <= (waited < middle + 0.05).sum()
    assert found["waiting over 18 weeks"][0] == sum(counts[1:]) and found["waiting over 52 weeks"][0] == counts[3]


def test_where_nobody_waits_there_is_no_middle() -> None:
    assert np.isnan(waits(pd.DataFrame({"0 1": [0.0], "1 2": [0.0]}))["median wait [weeks]"]).all()


def test_hidden_numbers_are_taken_for_their_middle_and_what_they_can_be_stands_beside() -> None:
    table = read(
        "place,in,out\nA,<5,10\nA,7,1\nB,5,<5\nC,2,\n",
        measures=(Measure("demand", ("in|out",)),),
        suppressed={"<5": (1, 4)},
    )
    frame = table.frame.set_index("place")
    assert frame["in"].to_dict() == {"A": 20.5, "B": 7.5, "C": 2}
    assert frame["in (least)"].to_dict() == {"A": 19, "B": 6, "C": 2}
    assert frame["in (most)"].to_dict() == {"A": 22, "B": 9, "C": 2}
    assert any("hidden because they are small" in str(each) and str(each).endswith(": 2.") for each in table.notes)


def test_numbers_of_one_region_are_added_and_rates_are_averaged_and_a_row_may_count_as_one() -> None:
    text = "place,kind,amount\nA,visits,3\nA,visits,5\nA,death rate,2\nA,death rate,4\nB,visits,1\n"
    frame = read(text, item="kind", number="amount").frame.set_index("place")
    assert frame["visits"].to_dict() == {"A": 8, "B": 1} and frame["death rate"]["A"] == 3
    rows = read("place,who\nA,x\nB,y\nA,z\n", counted="cases")
    assert dict(zip(rows.frame["place"], rows.frame["cases"], strict=True)) == {"A": 2, "B": 1}
    assert rows.roles["cases"] == "demand"


def test_of_several_measures_of_one_role_the_first_that_is_there_counts() -> None:
    both = (Measure("demand", ("seen",), "patients"), Measure("demand", ("came",)), Measure("existing:beds", ("beds",)))
    table = read("place,came,beds\nA,3,4\nA,2,5\n", measures=both)
    assert table.required("demand") == "came" and table.frame["came"].tolist() == [5]
    table = read("place,came,seen,beds\nA,3,7,4\n", measures=both)
    assert table.required("demand") == "patients" and table.frame["patients"].tolist() == [7]


@pytest.mark.parametrize("other", ["Q1 2024", "2024-01-07"])
def test_of_periods_of_several_lengths_those_of_most_rows_are_used(other: str) -> None:
    months = ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"]
    rows = [f"A,{each},1" for each in (*months, other)]
    table = read("place,when,amount\n" + "\n".join(rows) + "\n", number="amount", period=("when",))
    assert len(table.frame) == 5
    assert any("several lengths" in str(each) and str(each).endswith(": 1.") for each in table.notes)
