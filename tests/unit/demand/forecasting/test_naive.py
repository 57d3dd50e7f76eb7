import numpy as np
import pandas as pd
import pytest

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.naive import LastValue, SeasonBefore, shift
from medalloc.demand.forecasting.panel import Panel


def test_the_last_value_goes_on(weeks):
    panel = weeks()
    assert (LastValue().fit(panel).predict(3) == panel.filled[:, -1:]).all()


@pytest.mark.parametrize(("every", "season"), [("day", 7), ("week", 52), ("month", 12)])
def test_a_pattern_that_comes_back_is_forecast_without_error(every, season):
    pattern = np.random.default_rng(1).integers(0, 100, (2, season)).astype(float)
    values = np.tile(pattern, 5)
    panel = Panel(("A", "B"), Calendar(every, pd.Timestamp("2024-01-01")), values[:, : 2 * season + 3])
    found = SeasonBefore().fit(panel).predict(season + 2)
    np.testing.assert_array_equal(found, values[:, 2 * season + 3 : 3 * season + 5])


def test_on_a_short_history_the_season_before_is_the_last_value(weeks):
    panel = weeks(length=20)
    np.testing.assert_array_equal(SeasonBefore().fit(panel).predict(2), LastValue().fit(panel).predict(2))


def test_a_young_region_never_has_last_year(weeks):
    panel = weeks(length=156, missing=0)
    panel.values[1, :126] = np.nan
    before, last = (each.fit(panel).predict(2) for each in (SeasonBefore(), LastValue()))
    np.testing.assert_array_equal(before[1], last[1])
    assert (before[0] != last[0]).any()


@pytest.mark.parametrize("times", [1 / 3, 3.0])
def test_last_year_comes_again_at_the_level_that_has_shifted_since(times):
    draw = np.random.default_rng(4)
    height = np.tile(50 + 30 * np.sin(2 * np.pi * np.arange(52) / 52), 4)[:158] * np.array([[1.0], [4.0]])
    height[:, 130:] *= times
    values = draw.poisson(height).astype(float)
    panel = Panel(("A", "B"), Calendar("week", pd.Timestamp("2021-01-03")), values[:, :156])
    found = SeasonBefore().fit(panel).predict(2)
    assert np.abs(found / height[:, 156:] - 1).max() < 0.35
    level = Panel(("A", "B"), panel.calendar, values[:, :128])
    np.testing.assert_array_equal(shift(level), 0.0)
