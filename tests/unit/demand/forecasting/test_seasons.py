import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import SEASONS, Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.seasons import (
    CERTAIN,
    FEWEST_PAIRS,
    LONG,
    OWN,
    fewest_periods,
    seasonal_pattern,
)


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


def goes_together(deviation: np.ndarray, season: int) -> bool:
    """Whether counts a season apart go together, pair by pair; a difference of unknown counts as none."""
    apart = [(deviation[each + season], deviation[each]) for each in range(len(deviation) - season)]
    pairs = [each if np.isfinite(each).all() else (0.0, 0.0) for each in apart]
    count = sum(bool(np.isfinite(each).all()) for each in apart)
    if count < FEWEST_PAIRS:
        return False
    changed = [now - before for now, before in pairs]
    lagged = sum(one * other for one, other in zip(changed[1:], changed, strict=False))
    kept = min(max(lagged / sum(each**2 for each in changed), 0.0), 0.99)
    independent = count * (1 - kept**2) / (1 + kept**2)
    product, squares = sum(now * before for now, before in pairs), [sum(e[each] ** 2 for e in pairs) for each in (0, 1)]
    return bool(product / (squares[0] * squares[1]) ** 0.5 * independent**0.5 > CERTAIN)


def by_hand(values: np.ndarray, season: int) -> np.ndarray:
    """Work the pattern out period by period and region by region."""
    regions, length = values.shape
    first = [int(np.flatnonzero(np.isfinite(each))[0]) for each in values]
    logarithm, deviation = np.log1p(values), np.full(values.shape, np.nan)
    own, years = np.zeros((regions, season)), np.array([(length - each) / season for each in first])
    for region, begun in enumerate(first):
        for period in range(begun, length):
            start = min(max(period - season // 2, 0), max(length - season, 0))
            around = logarithm[region, max(start, begun) : min(start + season, length)]
            deviation[region, period] = logarithm[region, period] - around.mean()
        for place in range(season):
            held = deviation[region, begun:][(np.arange(begun, length) % season) == place]
            own[region, place] = held.mean() if len(held) else 0.0
        if season >= LONG:
            smooth = {-2: 1 / 9, -1: 2 / 9, 0: 3 / 9, 1: 2 / 9, 2: 1 / 9}
            near = own[region].copy()
            own[region] = [sum(w * near[(each + s) % season] for s, w in smooth.items()) for each in range(season)]
        own[region] -= own[region].mean()
    old = [each for each in range(regions) if length - first[each] >= fewest_periods(season)]
    if not old:
        return np.zeros((regions, season))
    returns = np.array([each in old and goes_together(deviation[each], season) for each in range(regions)])
    shared = np.full(length, np.nan)
    for period in range(length):
        here = [deviation[each, period] for each in old if period >= first[each]]
        shared[period] = np.mean(here) if here else np.nan
    if not goes_together(shared, season):
        return np.where(returns[:, None], own, 0.0)
    common = own[old].mean(axis=0)
    shares = {each: own[each] @ common / (common @ common) for each in old}
    mean = sum(shares.values()) / len(shares)
    made = np.empty_like(own)
    for each in range(regions):
        share = (years[each] * shares[each] + mean) / (years[each] + 1) if each in old else mean
        weight = years[each] / (years[each] + OWN) if returns[each] else 0.0
        made[each] = share * common + weight * (own[each] - share * common)
    return made


@given(
    seed=st.integers(0, 999),
    every=st.sampled_from(["day", "month", "week"]),
    size=st.sampled_from([0.0, 0.15, 0.5]),
    young=st.integers(0, 60),
    length=st.integers(12, 110),
)
@example(seed=0, every="day", size=2.0, young=0, length=12)
@example(seed=0, every="day", size=2.0, young=0, length=13)
@settings(max_examples=40)
def test_the_pattern_is_the_one_that_is_worked_out_by_hand(seed, every, size, young, length):
    values = np.random.default_rng(seed).poisson(30 * np.exp(size * wave(every, length)), (3, length)).astype(float)
    values[0, : min(young, length - 2)] = np.nan
    np.testing.assert_allclose(seasonal_pattern(panel_of(values, every)), by_hand(values, SEASONS[every]), atol=1e-9)
