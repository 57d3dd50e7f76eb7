import numpy as np
import pytest

from medalloc.demand.forecasting.smoothing import DampedSmoothing, Smoothing, smoothed, starting


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
