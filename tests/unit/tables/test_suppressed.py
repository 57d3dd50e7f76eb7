"""A small count that was hidden is an interval, not a blank and not a zero."""

import pandas as pd
import pytest

from medalloc.tables.reading import read_bytes
from medalloc.tables.suppressed import with_intervals

COUNTS = [str(each) for each in range(5, 25)]


def made(cells: list[str], name: str = "cases") -> tuple[list[object], list[str]]:
    frame, said, _ends = with_intervals(pd.DataFrame({name: cells}, dtype="str"))
    return frame[name].tolist(), [str(each) for each in said]


@pytest.mark.parametrize(
    ("cells", "middle", "said"),
    [
        (["12", "<5", "31"], 2, "“cases”: <5 means 0 to 4 and is read as the middle, 2: 1 cell."),
        (["0", "12", "<5", "<5"], 2.5, "“cases”: <5 means 1 to 4 and is read as the middle, 2.5: 2 cells."),
        (["12", "≤5", "6"], 2.5, "“cases”: ≤5 means 0 to 5"),
        (["1,200", "< 10", "10", "*"], 4.5, "“cases”: < 10, * means 0 to 9"),
        ([*COUNTS, "0", "*"], 2.5, "“cases”: * means 1 to 4"),
        (["12", "少于5", "7", "-"], 2, "“cases”: 少于5 means 0 to 4"),
    ],
)
def test_the_middle_of_the_interval_is_read_and_the_interval_told(cells: list[str], middle: float, said: str) -> None:
    cells, told = made(cells)  # type: ignore[assignment]
    assert any(each in (middle, f"{middle:g}") for each in cells)
    assert told[0].startswith(said)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (["3", "<5", "31"], "cases"),
        (["12", "<5", "<10", "31"], "cases"),
        (["1.5", "<5", "31.25"], "dose"),
        (["12", "*", "31"], "cases"),
        (["12", "<5", "31"], "case_rate"),
        (["<5", "<5", "7"], "cases"),
        (["A", "<5", "12", "31"], "band"),
        (["<18", "18-65", ">65"], "age"),
    ],
)
def test_what_does_not_say_what_it_hides_stays_as_it_is(cells: list[str], name: str) -> None:
    assert made(cells, name) == (cells, [])


def test_a_plan_is_made_with_the_middle_and_that_is_said() -> None:
    table = read_bytes(b"region,demand\nNorth,12\nSouth,<5\nEast,0\nWest,7\n", "t.csv")
    assert table.frame["demand"].tolist() == [12, 2.5, 0, 7]
    assert any("<5 means 1 to 4" in str(each) for each in table.notes)


def test_among_decimals_a_hidden_number_is_anything_below_what_is_said() -> None:
    table = read_bytes(b"Distretto;Casi attesi\nA;1.250,5\nB;<5\nC;610,0\n", "r.csv")
    assert table.frame["Casi attesi"].tolist() == [1250.5, 2.5, 610.0]
    assert table.hidden == {"Casi attesi": (0, 5)}


@pytest.mark.parametrize(
    ("least", "others", "read"),
    [(5, 10, True), (5, 9, False), (2, 20, False), (3, 10, True), (11, 10, True), (12, 20, False)],
)
def test_a_star_hides_what_is_below_the_least_of_enough_other_counts(least: int, others: int, read: bool) -> None:
    cells, told = made([*(str(least + each) for each in range(others)), "*"])
    assert [float(str(cells[-1]))] == [(least - 1) / 2] if read else cells[-1] == "*"
    assert (f"* means 0 to {least - 1} " in " ".join(told)) == read
