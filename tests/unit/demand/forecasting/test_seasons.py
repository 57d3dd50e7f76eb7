import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import SEASONS, Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.seasons import seasonal_pattern


def panel_of(values: np.ndarray, every: str = "week") -> Panel:
    return Panel(tuple(map(str, range(len(values)))), Calendar(every, pd.Timestamp("2020-01-05")), values)


def wave(every: str, length: int) -> np.ndarray:
    return np.sin(2 * np.pi * np.arange(length) / SEASONS[every])


@pytest.mark.parametrize(("every", "length"), [("day", 60), ("week", 160), ("month", 60)])
def test_a_season_that_comes_back_is_found_where_it_is(every, length):
    counts = np.random.default_rng(1).poisson(60 * np.exp(0.5 * wave(every, length)), (3, length)).astype(float)
    found = seasonal_pattern(panel_of(counts, every))
    assert np.abs(found - 0.5 * wave(every, SEASONS[every])).max() < 0.2


def test_what_is_no_season_is_hardly_ever_taken_for_one():
    """Noise, walks and growth: a test at one in twenty, on a hundred worlds of one region each."""
    draw = np.random.default_rng(3)
    noise = draw.poisson(30, (100, 160))
    walks = 100 * np.exp(0.15 * draw.normal(0, 1, (100, 160)).cumsum(axis=1))
    growth = draw.poisson(np.exp(0.03 * np.arange(160)) + 5, (100, 160))
    for worlds in (noise, walks, growth):
        taken = [seasonal_pattern(panel_of(each[None, :].astype(float))).any() for each in worlds]
        assert np.mean(taken) <= 0.1


def test_a_young_region_takes_the_common_season_only_where_there_is_one():
    draw = np.random.default_rng(2)
    seasonal, plain = (draw.poisson(60 * np.exp(size * wave("week", 160)), (4, 160)) for size in (0.6, 0.0))
    for counts, share in ((seasonal, 0.6), (plain, 0.0)):
        values = counts.astype(float)
        values[0, :130] = np.nan
        assert np.ptp(seasonal_pattern(panel_of(values))[0]) / 2 == pytest.approx(share, abs=0.12)


def test_each_region_has_its_own_share_of_the_common_season_as_far_as_its_years_tell():
    """By hand, without noise: a share counts as many years as there are beside one of the mean share."""
    sizes, length = np.array([[0.3], [0.6], [0.9]]), 160
    found = seasonal_pattern(panel_of(np.expm1(4 + sizes * wave("week", length))))
    years = length / 52
    share = (years * sizes / sizes.mean() + 1) / (years + 1) * sizes.mean()
    own = years / (years + 4)
    assert np.ptp(found, axis=1) / 2 == pytest.approx(((1 - own) * share + own * sizes)[:, 0], rel=0.02)


@given(st.integers(0, 999), st.integers(5, 130))
@settings(max_examples=20)
def test_a_pattern_sums_to_nothing_and_a_short_history_has_none(seed, length):
    counts = np.random.default_rng(seed).poisson(20, (2, length)).astype(float)
    found = seasonal_pattern(panel_of(counts))
    assert found.sum(axis=1) == pytest.approx(0, abs=1e-8)
    assert length >= 78 or not found.any()
