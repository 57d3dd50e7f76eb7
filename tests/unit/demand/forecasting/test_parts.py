"""Trend, season and rest."""

import numpy as np
import pandas as pd
import pytest

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.parts import Parts, parts, years
from medalloc.sentences import Sentence


def test_the_parts_add_up_to_the_counts(weeks) -> None:
    panel = weeks(2, 160)
    found = parts(panel, "R1")
    assert isinstance(found, Parts)
    assert np.allclose(found.trend + found.season + found.rest, panel.filled[1])
    assert found.filled == np.isnan(panel.values[1]).sum()


def test_what_comes_before_the_first_count_has_no_parts(weeks) -> None:
    panel = weeks(1, 160)
    panel.values[0, :10] = np.nan
    found = parts(Panel(panel.regions, panel.calendar, panel.values), "R0")
    assert isinstance(found, Parts)
    assert np.isnan(found.trend[:10]).all() and np.isfinite(found.trend[10:]).all()


def test_less_than_two_seasons_are_told_and_not_taken_apart(weeks) -> None:
    said = parts(weeks(1, 103), "R0")
    assert isinstance(said, Sentence) and "from 104 weeks on" in str(said)


def test_years_hold_every_count_once_in_its_week(weeks) -> None:
    panel = weeks(2, 160)
    found = years(panel, "R0")
    assert len(found) == np.isfinite(panel.values[0]).sum()
    assert found["period"].between(1, 53).all()
    assert not found.duplicated(["year", "period"]).any()
    assert (found["date"].dt.year == found["year"]).all()


@pytest.mark.parametrize(
    ("every", "start", "numbers"),
    [
        ("day", "2023-01-01", [*range(1, 366)]),
        ("week", "2023-01-01", [*range(1, 54)]),
        ("month", "2023-01-01", [*range(1, 13)]),
        ("quarter", "2023-01-01", [1, 2, 3, 4]),
        ("quarter", "2023-02-01", [1, 2, 3, 4]),
    ],
)
def test_periods_of_a_year_count_from_one(every, start, numbers) -> None:
    panel = Panel(("A",), Calendar(every, pd.Timestamp(start)), np.arange(1.0, 800)[None])
    found = years(panel, "A")
    assert found["period"][found["year"] == 2023].tolist() == numbers
    assert found["count"].tolist() == list(range(1, 800))
    assert not found.duplicated(["year", "period"]).any()
