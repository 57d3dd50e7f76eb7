"""The decimal sign of a file is decided by all of its columns, said, and can be changed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table


def read(text: str, **options: object) -> Table:
    return read_bytes(text.encode(), "t.csv", ReadOptions(**options))


def german(number: float, decimals: int) -> str:
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


@settings(max_examples=60, deadline=None)
@given(
    wholes=st.lists(st.integers(1, 3_000_000), min_size=2, max_size=6),
    decimals=st.integers(1, 4),
    seed=st.integers(0, 1000),
)
def test_numbers_written_the_german_way_are_the_numbers(wholes: list[int], decimals: int, seed: int) -> None:
    rates = np.random.default_rng(seed).uniform(0, 9000, len(wholes)).round(decimals).tolist()
    lines = [
        f"R{n};{german(whole, 0)};{german(rate, decimals)}"
        for n, (whole, rate) in enumerate(zip(wholes, rates, strict=True))
    ]
    # that a comma is decimal shows in a column that could mean nothing else
    made = read("region;people;rate;share\n" + "\n".join(f"{line};0,5" for line in lines)).frame
    assert made["share"].tolist() == [0.5] * len(wholes)
    assert made["rate"].tolist() == pytest.approx(rates)
    assert made["people"].astype(float).tolist() == wholes


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.lists(st.floats(0.01, 999).map(lambda each: round(each, 2)), min_size=2, max_size=6), mark=st.booleans()
)
def test_numbers_with_a_decimal_point_stay_what_they_are(numbers: list[float], mark: bool) -> None:
    lines = "\n".join(f"R{n};{each:.2f};12.500" for n, each in enumerate(numbers)) + ("\nRx;?;12.500" if mark else "")
    made = read(f"region;rate;dose\n{lines}\n").frame
    assert made["rate"].dropna().tolist() == pytest.approx(numbers)
    assert set(made["dose"]) == {12.5}


def test_points_that_part_thousands_are_said_and_can_be_said_to_be_decimal() -> None:
    text = "region;demand\nNord;1.250\nMitte;95\nWest;4.820\n"
    made = read(text)
    assert made.frame["demand"].tolist() == [1250, 95, 4820]
    assert [str(each) for each in made.notes] == ["A point parts thousands in: “demand”, such as 1.250."]
    assert read(text, decimal=".").frame["demand"].tolist() == [1.25, 95, 4.82]


@pytest.mark.parametrize(
    "text",
    [
        "region;latitude\nA;48.123\nB;47.250\n",
        "region;rate\nA;0.125\nB;1.250\n",
        "region;demand;rate\nA;1.250;0.5\nB;4.820;1.5\n",
        "region,demand\nA,1.250\nB,4.820\n",
    ],
)
def test_points_are_decimal_where_anything_in_the_file_says_so(text: str) -> None:
    made = read(text)
    assert not made.notes and all(each < 60 for each in made.frame.iloc[:, 1])


def test_commas_between_thousands_are_left_to_the_repair_that_is_offered() -> None:
    made = read('region,demand\nA,"1,250"\nB,"4,820"\n')
    assert made.frame["demand"].tolist() == ["1,250", "4,820"]
    assert read('region,demand\nA,"1,250"\nB,"4,820"\n', decimal=",").frame["demand"].tolist() == [1.25, 4.82]


def test_a_mark_in_a_column_does_not_hide_what_parts_its_thousands() -> None:
    made = read("region;population;demand\nNord;12.500;1.250\nMitte;9.950;?\nWest;48.200;4.820\n").frame
    assert made["population"].tolist() == [12500, 9950, 48200]
    assert made["demand"].tolist() == ["1250", "?", "4820"]
    made = read("name;steps\na;12.500\nb;?\nc;9.950\n").frame
    assert made["steps"].dropna().tolist() == [12500, 9950]


def test_between_commas_quoted_points_beside_whole_numbers_part_thousands_and_fixed_decimals_do_not() -> None:
    parted = read_bytes(b'region,demand\nNorth,"1.200"\nSouth,"900"\n', "t.csv")
    assert parted.frame["demand"].tolist() == [1200, 900] and "parts thousands" in str(parted.notes[-1])
    for content in (b'region,demand\nNorth,"1.200"\nSouth,"9.125"\n', b"region,demand\nNorth,1.200\nSouth,900\n"):
        assert read_bytes(content, "t.csv").frame["demand"].tolist()[0] == 1.2
