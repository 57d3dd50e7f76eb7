import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.naive import LATEST, UNUSUAL, LastValue, SeasonBefore, shift
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


def shift_by_hand(panel, region):
    """Return by how much the level of one region has shifted, every median by itself."""
    season, latest = panel.calendar.season, LATEST[panel.calendar.every]
    counts, first = panel.filled[region], panel.first_known[region]
    if panel.length - season < 2 * latest:
        return 0.0
    changed = [np.log1p(counts[each + season]) - np.log1p(counts[each]) for each in range(first, panel.length - season)]
    medians = [np.median(changed[each : each + latest]) for each in range(len(changed) - latest + 1)]
    if len(medians) <= latest:
        return 0.0
    scatter = np.median([abs(each - np.median(medians)) for each in medians])
    chance = 1 / (latest * (1 + counts[-latest:].mean())) ** 0.5
    return medians[-1] if abs(medians[-1]) > UNUSUAL * (scatter + chance) else 0.0


@given(
    every=st.sampled_from(["month", "quarter"]),
    length=st.integers(3, 40),
    first=st.integers(0, 30),
    times=st.sampled_from([0.1, 1.0, 6.0]),
    seed=st.integers(0, 99),
)
@settings(max_examples=150)
def test_every_forecast_is_the_latest_count_of_its_season_that_is_known_or_the_last_one(
    every, length, first, times, seed
):
    values = np.random.default_rng(seed).poisson(30, (2, length)).astype(float)
    values[:, length // 2 :] *= times
    values[1, : min(first, length - 1)] = np.nan
    panel = Panel(("A", "B"), Calendar(every, pd.Timestamp("2024-01-01")), values)
    found, moved, season = SeasonBefore().fit(panel).predict(15), shift(panel), panel.calendar.season
    for region in range(2):
        assert moved[region] == pytest.approx(shift_by_hand(panel, region))
        for ahead in range(15):
            place = length + ahead
            while place >= length:
                place -= season
            known = place >= min(panel.first_known[region], length - 1)
            came = panel.filled[region, place if known else -1]
            at_level = max((came + 1) * np.exp(moved[region]) - 1, 0) if known else came
            assert found[region, ahead] == pytest.approx(at_level)
