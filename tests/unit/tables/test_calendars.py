"""Days of other calendars, and days that a spreadsheet counted."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.calendars import ISLAMIC, in_our_calendar, islamic_day, persian_day


def read(*cells: object, called_date: bool = True) -> tuple[list[object], list[str]]:
    made, said = in_our_calendar(pd.DataFrame({"day": list(cells)}), lambda _name: called_date)
    return made["day"].tolist(), [str(each) for each in said]


@pytest.mark.parametrize(
    ("persian", "ours"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_days_of_the_persian_calendar_are_those_of_its_almanacs(persian: tuple[int, int, int], ours: date) -> None:
    assert persian_day(*persian) == ours


@given(st.integers(1330, 1420), st.integers(1, 12))
def test_the_first_day_of_a_persian_month_follows_the_last_one_before(year: int, month: int) -> None:
    year_before, month_before = (year, month - 1) if month > 1 else (year - 1, 12)
    for last in (31, 30, 29):
        try:
            before = persian_day(year_before, month_before, last)
        except ValueError:
            continue
        assert persian_day(year, month, 1) == before + timedelta(days=1)
        break


def test_only_what_is_called_a_date_is_a_day_that_a_spreadsheet_counted() -> None:
    assert read(45292, 45299)[0] == ["2024-01-01", "2024-01-08"]
    assert read(45292, 45299, called_date=False)[0] == [45292, 45299]
    assert read(202401, 202402)[0] == [202401, 202402]


def test_one_day_of_our_time_leaves_the_column_as_it_is() -> None:
    assert read("2567-01-01", "2024-01-08")[0] == ["2567-01-01", "2024-01-08"]


def test_months_and_figures_of_other_calendars_are_read() -> None:
    assert read("1402-10", "1402-11")[0] == ["2023-12-22", "2024-01-21"]
    assert read("۱۴۰۲/۱۰/۱۱")[0] == ["2024-01-01"]
    assert read("08/01/2567")[0] == ["08/01/2024"]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    # first days of Muharram, of the month of fasting and of the month after it, as they were announced
    [
        ("1421/01/01", "2000-04-06"),
        ("01/01/1445", "2023-07-19"),
        ("1445-09-01", "2024-03-11"),
        ("1445.10.01", "2024-04-10"),
    ],
)
def test_days_of_the_islamic_calendar_are_those_of_umm_al_qura(theirs: str, ours: str) -> None:
    made, said = read(theirs)
    assert made == [ours]
    assert "Islamic calendar" in said[0]


def test_every_day_of_the_islamic_calendar_follows_the_one_before() -> None:
    days = []
    for year in ISLAMIC:
        for month in range(1, 13):
            for day in range(1, 31):
                with suppress(ValueError):
                    days.append(islamic_day(year, month, day).toordinal())
    assert days == list(range(days[0], days[0] + len(days)))
    assert abs(len(days) / len(ISLAMIC) - 354.367) < 0.02


@pytest.mark.parametrize("text", ["1445/13/01", "1445/02/31", "1445/01/00"])
def test_no_day_of_the_islamic_calendar_stays_text(text: str) -> None:
    assert read(text)[0] == [text]


def test_no_day_of_the_persian_calendar_stays_text() -> None:
    assert read("1402/13/01")[0] == ["1402/13/01"]


@pytest.mark.parametrize(("day_of", "years"), [(islamic_day, (1400, 1446)), (persian_day, (1399, 1400, 1178))])
def test_a_month_has_its_days_from_the_first_on_and_no_other(
    day_of: Callable[[int, int, int], date], years: tuple[int, ...]
) -> None:
    for year in years:
        for month in range(-1, 15):
            there = []
            for day in range(-1, 34):
                with suppress(ValueError):
                    there.append((day, day_of(year, month, day)))
            days = [day for day, _ in there]
            assert days == (list(range(1, len(days) + 1)) if 1 <= month <= 12 else [])
            assert not there or 29 <= len(days) <= 31
            firsts = {each.toordinal() - day for day, each in there}
            assert len(firsts) == bool(there)
