"""A period is the day it begins on, however it is written."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.periods import are_years, read_dates
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
