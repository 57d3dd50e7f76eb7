import numpy as np
import pytest

from medalloc.demand.forecasting.smoothing import DampedSmoothing, Smoothing, smoothed, starting


@pytest.mark.parametrize("season", [0, 7])
def test_all_regions_at_once_are_smoothed_as_statsmodels_smooths_each(season):
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    draw = np.random.default_rng(2)
    series = 3 + 0.3 * np.sin(2 * np.pi * np.arange(60) / 7) + draw.normal(0, 0.2, (4, 60))
    start = starting(series, season)
    weights = (0.4, 0.15, 0.25 if season else 0.0, 0.9)
    by = Smoothing(*np.tile(weights, (4, 1)).T)
    # from the length of a season on, statsmodels leaves the last update of the season out
    ahead = season - 1 if season else 9
    found = smoothed(series, by, start, ahead)
    for region in range(4):
        model = ExponentialSmoothing(
            series[region],
            trend="add",
            damped_trend=True,
            seasonal="add" if season else None,
            seasonal_periods=season or None,
            initialization_method="known",
            initial_level=start.level[region],
            initial_trend=0.0,
            initial_seasonal=start.seasons[region] if season else None,
        )
        seasonal = {"smoothing_seasonal": weights[2]} if season else {}
        fitted = model.fit(
            smoothing_level=weights[0],
            smoothing_trend=weights[1],
            damping_trend=weights[3],
            optimized=False,
            **seasonal,
        )
        np.testing.assert_allclose(found[region], fitted.forecast(ahead), rtol=1e-10)


def test_a_season_takes_two_of_them(weeks):
    panel = weeks(regions=2, length=120)
    assert DampedSmoothing().fit(panel.until(107)).season_ == 0
    assert DampedSmoothing().fit(panel).season_ == 52


def test_regions_beyond_those_estimated_are_smoothed_by_their_median(weeks):
    learned = DampedSmoothing().fit(weeks(regions=20, length=60))
    rates = learned.smoothing_.level
    assert len(rates) == 20
    assert (rates == np.median(rates)).sum() >= 4
    assert (learned.predict(3) >= 0).all()


def test_a_constant_series_goes_on(weeks):
    panel = weeks(regions=1, length=30)
    panel.values[:] = 12.0
    np.testing.assert_allclose(DampedSmoothing().fit(panel).predict(3), 12.0)
