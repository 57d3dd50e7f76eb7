import numpy as np
import pandas as pd
import pytest

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.naive import LastValue, SeasonBefore
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
