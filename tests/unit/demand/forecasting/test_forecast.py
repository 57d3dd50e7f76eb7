from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.uncertainty import Futures, futures_from_table
from medalloc.demand.forecasting.forecast import forecast_of, futures_frame, sampled_futures
from medalloc.demand.forecasting.quantiles import spread_of
from medalloc.errors import InputError
from medalloc.report.tables import as_csv
from medalloc.tables.reading import read_bytes


def made_up(regions: int = 3, horizon: int = 2, together: float = 0.8, origins: int = 200):
    draw = np.random.default_rng(1)
    predicted = np.full((origins, regions, horizon), 100.0)
    common = draw.normal(size=(origins, 1, 1))
    own = draw.normal(size=predicted.shape)
    actual = (10 + together**0.5 * common + (1 - together) ** 0.5 * own) ** 2
    names = tuple(f"R{number}" for number in range(regions))
    dates = tuple(pd.date_range("2024-01-07", periods=horizon, freq="7D"))
    return forecast_of("ridge", names, dates, predicted[0], spread_of(predicted, actual))


def test_futures_have_the_mean_and_the_quantiles_of_the_forecast():
    forecast = made_up()
    futures = sampled_futures(forecast, 20_000, 1, horizon=2)
    np.testing.assert_allclose(futures.mean(axis=0), forecast.mean[:, 1], rtol=0.03)
    low, high = np.quantile(futures, (0.1, 0.9), axis=0)
    np.testing.assert_allclose(low, forecast.quantiles[0, :, 1], rtol=0.08)
    np.testing.assert_allclose(high, forecast.quantiles[2, :, 1], rtol=0.08)


@pytest.mark.parametrize("together", [0.0, 0.8])
def test_regions_that_were_surprised_together_are_surprised_together_again(together):
    futures = sampled_futures(made_up(together=together, origins=2000), 5000, 1, horizon=1)
    found = np.corrcoef(futures.T)[0, 1]
    assert abs(found - together) < 0.08


def test_the_sum_over_periods_is_the_sum_of_the_periods():
    forecast = made_up()
    whole = sampled_futures(forecast, 300, 5)
    parts = [sampled_futures(forecast, 300, 5, horizon=ahead) for ahead in (1, 2)]
    np.testing.assert_allclose(whole, np.sum(parts, axis=0))


def test_the_same_seed_gives_the_same_futures():
    forecast = made_up()
    np.testing.assert_array_equal(sampled_futures(forecast, 50, 3), sampled_futures(forecast, 50, 3))
    assert (sampled_futures(forecast, 50, 3) != sampled_futures(forecast, 50, 4)).any()


def test_where_an_error_is_not_known_another_stands_in():
    forecast = made_up()
    residuals = forecast.spread.residuals.copy()
    residuals[::2, 0] = np.nan
    residuals[:, 1] = np.nan
    futures = sampled_futures(replace(forecast, spread=replace(forecast.spread, residuals=residuals)), 500, 1)
    assert np.isfinite(futures).all()
    assert (futures.std(axis=0) > 0).all()


def test_the_plans_take_futures_as_an_array_and_as_a_file():
    forecast = made_up()
    futures = sampled_futures(forecast, 40, 1)
    assert Futures(forecast.regions, futures).count == 40
    read = futures_from_table(read_bytes(as_csv(futures_frame(forecast, futures)), "futures.csv"))
    assert read.regions == forecast.regions
    np.testing.assert_allclose(read.demand, futures)


def test_a_period_that_is_not_forecast_has_no_futures():
    with pytest.raises(InputError, match="looks 2 ahead"):
        sampled_futures(made_up(), 10, 1, horizon=3)


def test_the_table_of_a_forecast_has_a_row_a_region_and_period():
    forecast = made_up()
    frame = forecast.frame()
    assert list(frame.columns) == ["region", "horizon", "date", "forecast", "mean", "q10", "q50", "q90"]
    assert len(frame) == 6
    assert frame["date"].tolist()[:2] == ["2024-01-07", "2024-01-14"]
    assert frame["q10"].tolist() == forecast.quantiles[0].reshape(-1).tolist()
