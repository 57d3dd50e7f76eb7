"""A period is the day it begins on, however it is written."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.periods import are_years, day_comes_first, read_dates
from medalloc.tables.shapes.melting import periods_in


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("202301", "2023-01-01"),
        ("2023-01", "2023-01-01"),
        ("January 2023", "2023-01-01"),
        ("Sept 2023", "2023-09-01"),
        ("MARCH-2026", "2026-03-01"),
        ("2023 May", "2023-05-01"),
        ("2023W7", "2023-02-13"),
        ("2023-W07", "2023-02-13"),
        ("2023Q1", "2023-01-01"),
        ("January - March 2023", "2023-01-01"),
        ("2003-12-29/2004-01-04", "2003-12-29"),
        ("2003-12-29T00:00:00/2004-01-04T00:00:00", "2003-12-29"),
        ("Week 1 2024-01-01 - 2024-01-07", "2024-01-01"),
        ("20231231", "2023-12-31"),
        ("Smarch 2023", None),
        ("2023", None),
    ],
)
def test_periods_as_health_systems_write_them(written: str, first: str | None) -> None:
    [found] = read_dates([written])
    assert (None if pd.isna(found) else found.date().isoformat()) == first


def test_years_are_told_from_months_and_codes() -> None:
    assert are_years(["2021", 2022, 2023.0]) and not are_years(["2021", "202201"]) and not are_years(["0021"])


@settings(deadline=None, max_examples=8)
@given(
    st.lists(st.dates(pd.Timestamp("1950-01-01").date(), pd.Timestamp("2100-01-01").date()), min_size=1, max_size=5),
    st.sampled_from(["ANC 1st visit", "Beds (ICU)", ""]),
    st.booleans(),
)
def test_a_period_in_a_name_is_found_behind_or_before_what_is_counted(
    days: list[date], item: str, behind: bool
) -> None:
    for form in ("%Y-%m-%d", "%B %Y", "%G-W%V", "%Y%m"):
        written = list(dict.fromkeys(day.strftime(form) for day in days))
        names = [" ".join((item, each) if behind else (each, item)).strip() for each in written]
        assert periods_in(names) == [(item, each) for each in written]
        firsts = read_dates(written)
        assert not firsts.isna().any() and len(np.unique(firsts)) == len(written)


FORMS = {
    "day": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%Y年%m月%d日", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%dT00:00:00"),
    "week": ("%G-W%V", "%GW%V", "W%V %G", "Week %V, %G", "wk.%V-%G"),
    "month": ("%Y-%m", "%Y%m", "%Y年%m月", "%B %Y", "%b-%Y", "%Y %B", "%B-%Y"),
}


@settings(deadline=None, max_examples=20)
@given(st.lists(st.dates(date(1750, 1, 1), date(2200, 1, 1)), min_size=1, max_size=4), st.data())
def test_the_first_day_of_a_period_is_read_however_it_is_written(days: list[date], data: st.DataObject) -> None:
    every = data.draw(st.sampled_from(sorted(FORMS)))
    form = data.draw(st.sampled_from(FORMS[every]))
    # a day above twelve says which of two numbers is the month
    days = [*days, date(2024, 3, 25)]
    firsts = {
        "day": days,
        "week": [each - timedelta(each.weekday()) for each in days],
        "month": [each.replace(day=1) for each in days],
    }[every]
    written = [each.strftime(form) for each in days]
    assert [each.date() for each in read_dates([*written, None, "none"])[: len(days)]] == firsts
    assert read_dates([*written, None, "none"])[len(days) :].isna().all()


@pytest.mark.parametrize("form", ["{year}-Q{quarter}", "{year}Q{quarter}", "Q{quarter} {year}", "Q{quarter}-{year}"])
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_quarter_begins_in_its_first_month(form: str, quarter: int) -> None:
    (found,) = read_dates([form.format(year=2023, quarter=quarter)])
    assert found.date() == date(2023, 3 * quarter - 2, 1)


@pytest.mark.parametrize(("written", "year"), [("1700-01-01", 1700), ("2249-12-31", 2249), ("1699-12-31", None)])
def test_days_of_our_time_are_days(written: str, year: int | None) -> None:
    (found,) = read_dates([written])
    assert (None if pd.isna(found) else found.year) == year


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 12)), min_size=1, max_size=5, unique=True))
def test_which_of_two_numbers_is_the_day_is_a_question_only_where_no_cell_decides_it(
    days: list[tuple[int, int]],
) -> None:
    cells = [f"{day}/{month}/2024" for day, month in days]
    found = day_comes_first(cells)
    open_ = [cell for cell, (day, month) in zip(cells, days, strict=True) if day != month]
    if any(day > 12 for day, _ in days) or not open_:
        assert found is None
        return
    read = read_dates(cells)
    first = [(each.day, each.month) for each in read] == days
    assert found == (open_[0], first)
    assert first or [(each.month, each.day) for each in read] == days


@pytest.mark.parametrize(("months", "first"), [(2, False), (12, False), (13, True), (24, True)])
def test_where_either_way_round_is_as_regular_the_month_comes_first(months: int, first: bool) -> None:
    # the first days of January in a row, or of months: only a second year tells them apart
    cells = [f"1/{place % 12 + 1}/{2024 + place // 12}" for place in range(months)]
    assert day_comes_first(cells) == ("1/2/2024", first)
