import numpy as np
import pytest

from medalloc.demand.forecasting import smoothing
from medalloc.demand.forecasting.smoothing import (
    FIRST,
    FROM_OTHERS,
    LEVELS,
    TRENDS,
    DampedSmoothing,
    Smoothing,
    smoothed,
    starting,
)


def test_all_regions_at_once_are_smoothed_as_statsmodels_smooths_each():
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    series = 3 + np.random.default_rng(2).normal(0, 0.2, (4, 60)).cumsum(axis=1)
    weights = {"smoothing_level": 0.4, "smoothing_trend": 0.15, "damping_trend": 0.9}
    found = smoothed(series, Smoothing(*np.tile(list(weights.values()), (4, 1)).T), 9)
    for region in range(4):
        model = ExponentialSmoothing(
            series[region],
            trend="add",
            damped_trend=True,
            initialization_method="known",
            initial_level=starting(series)[region],
            initial_trend=0.0,
        )
        np.testing.assert_allclose(found[region], model.fit(**weights, optimized=False).forecast(9), rtol=1e-10)


@pytest.mark.parametrize("place", [0, 3])
def test_the_weights_of_a_region_alone_are_the_best_of_all_that_are_tried(weeks, place):
    """Every way tried by hand, one region after the other."""
    panel = weeks(regions=4, length=60, missing=0)
    alone = type(panel)(panel.regions[:1], panel.calendar, panel.values[place : place + 1])
    learned = DampedSmoothing(seasonal=False).fit(alone)
    series = np.log1p(alone.filled[0])

    def error(level, trend, left):
        at, slope, total = series[:4].mean(), 0.0, 0.0
        for period, now in enumerate(series):
            expected = at + left * slope
            total += abs(now - expected) if period else 0.0
            before, at = at, level * now + (1 - level) * expected
            slope = trend * (at - before) + (1 - trend) * left * slope
        return total

    by = learned.smoothing_
    chosen = error(by.level[0], by.trend[0], by.damping[0])
    others = [error(level, *way) for level in (0.05, 0.2, 0.45, 0.8, 1.0) for way in learned.trends]
    assert chosen <= min(others) + 1e-9


def test_weights_are_those_with_the_smallest_errors_of_a_region_and_of_all_others_a_little(weeks, monkeypatch):
    """Every way tried by hand, only from the period after a region's first count on."""
    panel = weeks(regions=3, length=40, missing=0)
    panel.values[1, :25] = np.nan
    learned = DampedSmoothing(seasonal=False, trends=TRENDS[:3]).fit(panel)
    ways = [(level, *way) for level in LEVELS for way in TRENDS[:3]]
    errors, series = np.zeros((len(ways), 3)), np.log1p(panel.filled)
    periods = np.array([39, 14, 39])
    for place, (level, trend, left) in enumerate(ways):
        for region in range(3):
            at, slope = series[region, :FIRST].mean(), 0.0
            for period, now in enumerate(series[region]):
                expected = at + left * slope
                errors[place, region] += abs(now - expected) if period >= 40 - periods[region] else 0.0
                before, at = at, level * now + (1 - level) * expected
                slope = trend * (at - before) + (1 - trend) * left * slope
    own = np.log(errors / periods + 1e-9)
    best = (own * periods + FROM_OTHERS * own.mean(axis=1, keepdims=True)).argmin(axis=0)
    by = learned.smoothing_
    assert list(zip(by.level, by.trend, by.damping, strict=True)) == [ways[each] for each in best]
    monkeypatch.setattr(smoothing, "BLOCK", 1)
    few = DampedSmoothing(seasonal=False, trends=TRENDS[:3]).fit(panel).smoothing_
    np.testing.assert_array_equal(few.level, by.level)


def test_what_falls_is_never_less_than_nothing(weeks):
    panel = weeks(regions=2, length=30, missing=0)
    panel.values[:] = [np.maximum(40 - 4 * np.arange(30), 0), np.zeros(30)]
    assert (DampedSmoothing(seasonal=False).fit(panel).predict(5) >= 0).all()
    np.testing.assert_array_equal(DampedSmoothing(seasonal=True).fit(panel).predict(5)[1], 0.0)


def test_a_season_is_taken_out_and_put_on_again(weeks):
    panel = weeks(regions=3, length=220, missing=0)
    pattern = np.tile(20 * np.exp(np.sin(2 * np.pi * np.arange(52) / 52)), 6)
    panel.values[:] = pattern[:220]
    with_it, without = (DampedSmoothing(seasonal=each).fit(panel).predict(8) for each in (True, False))
    truth = pattern[220:228]
    assert np.abs(with_it - truth).mean() < 0.1 * truth.mean() < np.abs(without - truth).mean()


def test_a_constant_series_goes_on(weeks):
    panel = weeks(regions=1, length=30)
    panel.values[:] = 12.0
    np.testing.assert_allclose(DampedSmoothing(seasonal=True).fit(panel).predict(3), 12.0)
