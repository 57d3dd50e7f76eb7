"""Dates that could be read either way are read as somebody says, and the guess is told."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.days import in_said_order
from medalloc.tables.options import ReadOptions
from medalloc.tables.periods import read_dates
from medalloc.tables.reading import read_bytes

DAYS = st.lists(st.dates(date(2001, 1, 1), date(2049, 12, 31)).filter(lambda each: each.day <= 12), min_size=2)


@given(DAYS, st.sampled_from("/-."), st.sampled_from(["%Y", "%y"]), st.booleans())
def test_dates_are_those_that_were_written_in_the_order_that_is_said(
    days: list[date], sign: str, year: str, day_first: bool
) -> None:
    order = ("%d", "%m", year) if day_first else ("%m", "%d", year)
    cells = pd.DataFrame({"when": [each.strftime(sign.join(order)) for each in days]}, dtype="str")
    made, said = in_said_order(cells, day_first)
    assert not said
    if any(each.day != each.month for each in days):
        assert made["when"].tolist() == [each.isoformat() for each in days]


def test_a_guess_is_told_and_what_another_date_decides_is_not_changed() -> None:
    open_, decided = ["01/02/2021", "03/05/2021"], ["01/02/2021", "25/02/2021"]
    frame = pd.DataFrame({"open": open_, "decided": decided, "words": ["a", "b"]}, dtype="str")
    assert [str(each) for each in in_said_order(frame, None)[1]] == [
        "“open”: dates such as 01/02/2021 are read with the month first."
    ]
    assert in_said_order(frame, False)[0]["decided"].tolist() == decided


@pytest.mark.parametrize(("day_first", "months"), [(True, [2, 5]), (False, [1, 3]), (None, [1, 3])])
def test_a_file_is_read_in_the_order_that_is_said(day_first: bool | None, months: list[int]) -> None:
    content = b"region,date,cases\nNorth,01/02/2021,5\nNorth,03/05/2021,6\n"
    table = read_bytes(content, "t.csv", ReadOptions(day_first=day_first))
    assert read_dates(table.frame["date"].tolist()).month.tolist() == months
    assert any("month first" in str(each) for each in table.notes) == (day_first is None)


@pytest.mark.parametrize(("name", "first"), [("month", "2021-02-01"), ("Mois", "2021-02-01"), ("date", None)])
def test_a_column_of_months_holds_the_first_days_of_months_where_nothing_else_decides(
    name: str, first: str | None
) -> None:
    cells = pd.DataFrame({name: [f"01/{month:02}/2021" for month in range(1, 13)]}, dtype="str")
    made, said = in_said_order(cells, None)
    assert made[name][1] == (first or "01/02/2021")
    assert ("day first" if first else "month first") in str(said[0])
