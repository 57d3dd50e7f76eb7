from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Covariate, Panel
from medalloc.demand.forecasting.scaling import learned_scale
from medalloc.demand.forecasting.windows import BLOCK_ROWS, Windows, blocks, learnable


def windows_of(panel, learned=100):
    return Windows(panel, learned_scale(panel.values[:, :learned]), yearly=True)


def every_row(panel, origin, ahead):
    region = np.arange(len(panel.regions))
    return region, np.full_like(region, origin), np.full_like(region, ahead)


def test_a_window_does_not_change_with_what_is_counted_after_its_origin(weeks):
    panel = weeks()
    changed = panel.values.copy()
    changed[:, 121:] = 9999.0
    later = replace(panel, values=changed)
    for ahead in (1, 4, 30, 60):
        rows = every_row(panel, 120, ahead)
        np.testing.assert_array_equal(windows_of(panel).rows(*rows), windows_of(later).rows(*rows))


def test_a_window_of_a_panel_cut_short_is_that_of_the_whole(weeks):
    panel = weeks()
    rows = every_row(panel, 120, 3)
    np.testing.assert_array_equal(windows_of(panel).rows(*rows), windows_of(panel.until(121)).rows(*rows))


def test_the_target_is_the_step_from_the_last_count(weeks):
    panel = weeks(missing=0)
    windows = windows_of(panel)
    rows = every_row(panel, 120, 3)
    expected = windows.scaled[:, 123] - windows.scaled[:, 120]
    np.testing.assert_allclose(windows.targets(*rows), expected, atol=1e-5)


def test_what_was_not_counted_is_no_target_and_no_window_begins_before_a_region(weeks):
    panel = weeks(missing=0.3)
    values = panel.values.copy()
    values[2, :50] = np.nan
    panel = replace(panel, values=values)
    region, origin = learnable(panel, 7, 4)
    assert np.isfinite(panel.values[region, origin + 4]).all()
    assert (origin >= panel.first_known[region]).all()
    counted = np.isfinite(panel.values[:, 11:])
    begun = np.arange(7, panel.length - 4) >= panel.first_known[:, None]
    assert len(region) == (counted & begun).sum()


def test_what_is_known_in_advance_is_that_of_the_period_looked_at(weeks):
    panel = weeks(regions=2)
    known = np.arange(2 * 170, dtype=float).reshape(2, 170)
    windows = windows_of(replace(panel, covariates=(Covariate("rain", known),)))
    np.testing.assert_array_equal(windows.known_in_advance(np.array([1, 0]), np.array([165, 3]))[:, 0], [335, 3])
    assert np.isnan(windows.known_in_advance(np.array([1]), np.array([170]))).all()


def test_rows_are_gathered_a_few_at_a_time():
    parts = list(blocks(2 * BLOCK_ROWS + 5))
    assert max(each.stop - each.start for each in parts) == BLOCK_ROWS
    assert [place for each in parts for place in range(each.start, each.stop)] == list(range(2 * BLOCK_ROWS + 5))


def by_hand(windows, region, origin, ahead):
    """Gather one window, number by number; NaN where there is none."""
    panel, season = windows.panel, windows.panel.calendar.season

    def at(period):
        return windows.scaled[region, period] if 0 <= period <= origin else np.nan

    own = [at(origin - back) for back in range(windows.lags)]
    common = [windows.scaled[:, max(origin - back, 0)].mean() for back in range(4)]
    there = origin + ahead
    before = there
    while before > origin:
        before -= season
    of_season = [at(each) if each >= panel.first_known[region] else np.nan for each in (before - 1, before, before + 1)]
    phases = [wave * panel.calendar.year_phase(np.array([there]))[0] for wave in (1, 2, 3)] if windows.yearly else []
    phases += [wave * (there % 7) / 7 for wave in (1, 2, 3)] if panel.calendar.every == "day" else []
    waves = [turn(2 * np.pi * each) for each in phases for turn in (np.sin, np.cos)]
    given = [each.values[region, there] if there < each.values.shape[1] else np.nan for each in panel.covariates]
    return [*own, *common, sum(own[:4]) / 4, sum(own) / len(own), *of_season, *waves, *given, ahead]


@given(
    every=st.sampled_from(["day", "week", "month", "quarter"]),
    yearly=st.booleans(),
    origin=st.integers(0, 59),
    ahead=st.integers(1, 60),
    region=st.integers(0, 1),
)
@settings(max_examples=60)
def test_a_window_is_what_is_gathered_number_by_number(every, yearly, origin, ahead, region):
    draw = np.random.default_rng(origin)
    values = draw.poisson(20, (2, 60)).astype(float)
    values[1, :20] = np.nan
    rain = Covariate("rain", draw.random((2, 90)))
    panel = Panel(("A", "B"), Calendar(every, pd.Timestamp("2024-01-07")), values, covariates=(rain,))
    windows = Windows(panel, learned_scale(values), yearly=yearly)
    (found,) = windows.rows(np.array([region]), np.array([origin]), np.array([ahead]))
    np.testing.assert_allclose(found, by_hand(windows, region, origin, ahead), atol=1e-4)
