import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import Calendar, inferred
from medalloc.tables.periods import read_dates


@given(st.sampled_from(("day", "week", "month", "quarter")), st.integers(0, 3000), st.integers(0, 20000))
@settings(max_examples=60)
def test_the_date_of_a_period_is_in_that_period(every, number, start):
    first = pd.Timestamp("1970-01-01") + pd.Timedelta(days=start)
    calendar = Calendar(every, first.replace(day=1) if every in ("month", "quarter") else first)
    assert calendar.number(calendar.dates(np.array([number]))).tolist() == [number]
    assert 0 <= calendar.year_phase(np.array([number]))[0] <= 1


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2024-01-07", "2024-1-8"], ["2024-01-07", "2024-01-08"]),
        (["2024/01/07"], ["2024-01-07"]),
        (["20240107"], ["2024-01-07"]),
        ([20240107], ["2024-01-07"]),
        ([202403, 202404.0], ["2024-03-01", "2024-04-01"]),
        (["2024-W02", "2024W03"], ["2024-01-08", "2024-01-15"]),
        (["2024-03"], ["2024-03-01"]),
        (["2024-Q1", "Q4 2024", "2025Q2"], ["2024-01-01", "2024-10-01", "2025-04-01"]),
        (["2024年3月", "2024年12月"], ["2024-03-01", "2024-12-01"]),
        (["2024年3月5日"], ["2024-03-05"]),
        (["03/04/2024", "25/04/2024"], ["2024-04-03", "2024-04-25"]),
        (["03/04/2024", "04/25/2024"], [None, "2024-04-25"]),
        (["2024-01-07T00:00:00"], ["2024-01-07"]),
        ([pd.Timestamp("2024-01-07 13:00")], ["2024-01-07"]),
    ],
)
def test_dates_are_read_as_people_write_them(cells, expected):
    found = read_dates(cells)
    known = [each if each is None else pd.Timestamp(each) for each in expected]
    if None not in known:
        assert list(found) == known
    assert found[-1] == known[-1]


@pytest.mark.parametrize("cell", ["", "week 3", "2024-13-45", "12", None, 3.5, "2024-W99"])
def test_what_is_no_date_is_missing(cell):
    assert pd.isna(read_dates([cell])[0])


@pytest.mark.parametrize(
    ("step", "every"), [("D", "day"), ("7D", "week"), ("W-SUN", "week"), ("MS", "month"), ("ME", "month")]
)
def test_the_step_of_the_dates_names_the_period_even_with_gaps(step, every):
    dates = pd.date_range("2023-01-02", periods=24, freq=step)
    assert inferred(dates).every == every
    assert inferred(dates.delete([3, 4, 11])).every == every


def test_dates_without_a_common_step_have_no_calendar():
    assert inferred(pd.DatetimeIndex(["2024-01-01", "2024-01-11", "2024-01-24", "2024-02-01"])) is None


def test_a_code_that_would_be_a_month_of_antiquity_is_no_date() -> None:
    assert read_dates(["01001", "0100-01", "9999-12-31"]).isna().all()
