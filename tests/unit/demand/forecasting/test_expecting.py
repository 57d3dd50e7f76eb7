"""Sums over periods, and numbers set by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.expecting import by_period, expected, futures_expected
from medalloc.demand.forecasting.forecast import Forecast, sampled_futures
from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.errors import InputError


@pytest.fixture(scope="module")
def forecast(weeks) -> Forecast:
    return outlook(weeks(4, 130), Question(horizon=3, models=("ets",))).forecast


def test_the_sum_over_all_periods_is_the_sum_of_each(forecast: Forecast) -> None:
    each = [expected(forecast, {}, horizon=ahead).mean for ahead in (1, 2, 3)]
    assert np.allclose(expected(forecast, {}).mean, np.sum(each, axis=0))


def test_the_interval_of_one_period_is_the_one_that_is_drawn(forecast: Forecast) -> None:
    one = expected(forecast, {}, horizon=2)
    assert np.allclose(one.low, forecast.quantiles[0, :, 1]) and np.allclose(one.high, forecast.quantiles[-1, :, 1])


@settings(max_examples=20)
@given(value=st.floats(1, 1e5), horizon=st.sampled_from([None, 1, 3]))
def test_what_is_set_moves_mean_interval_and_futures_by_one_factor(
    forecast: Forecast, value: float, horizon: int | None
) -> None:
    by_hand = {"R1": {"value": value, "reason": "a clinic opens"}}
    before, after = expected(forecast, {}, horizon=horizon), expected(forecast, by_hand, horizon=horizon)
    factor = value / forecast.mean[1].sum()
    for what in ("mean", "low", "high"):
        assert getattr(after, what)[1] == pytest.approx(factor * getattr(before, what)[1])
        assert np.array_equal(np.delete(getattr(after, what), 1), np.delete(getattr(before, what), 1))
    drawn = sampled_futures(forecast, 50, 7, horizon=horizon)
    assert np.allclose(futures_expected(forecast, by_hand, 50, 7, horizon=horizon)[:, 1], factor * drawn[:, 1])
    assert after.said[1] == before.mean[1] and after.reasons[1] == "a clinic opens"


def test_a_region_set_by_hand_has_that_sum_over_all_periods(forecast: Forecast) -> None:
    assert expected(forecast, {"R0": {"value": 77.0, "reason": "x"}}).mean[0] == pytest.approx(77)


def test_what_is_told_period_by_period_adds_up_to_what_is_expected(forecast: Forecast) -> None:
    by_hand = {"R2": {"value": 40.0, "reason": "x"}}
    low, mean, high = by_period(forecast, by_hand)
    assert np.allclose(mean.sum(axis=1), expected(forecast, by_hand).mean)
    assert np.allclose(low[:, 1], expected(forecast, by_hand, horizon=2).low) and (low <= high).all()


def test_where_nothing_was_expected_a_number_is_spread_evenly(weeks) -> None:
    made = weeks(2, 60)
    values = np.zeros((2, 60))
    nothing = outlook(Panel(made.regions, made.calendar, values), Question(models=("naive",))).forecast
    by_hand = {"R0": {"value": 8.0, "reason": "a new ward"}}
    assert expected(nothing, by_hand).mean[0] == pytest.approx(8)
    assert expected(nothing, by_hand, horizon=1).mean[0] == pytest.approx(2)
    assert by_period(nothing, by_hand)[1, 0] == pytest.approx(2)
    assert futures_expected(nothing, by_hand, 3, 1)[:, 0] == pytest.approx(8)
    assert futures_expected(nothing, by_hand, 3, 1, horizon=1)[:, 0] == pytest.approx(2)


def test_every_impossible_number_and_missing_reason_is_said(forecast: Forecast) -> None:
    by_hand = {
        "R0": {"value": -1.0, "reason": "x"},
        "R1": {"value": float("nan"), "reason": ""},
        "R2": {"value": 3.0, "reason": " "},
    }
    with pytest.raises(InputError) as caught:
        expected(forecast, by_hand)
    assert len(caught.value.faults) == 4


def test_the_interval_of_the_sum_is_that_of_its_futures_so_that_regions_make_up_for_each_other(
    forecast: Forecast,
) -> None:
    forecast = replace(forecast, spread=replace(forecast.spread, together=1.0))
    found = expected(forecast, {})
    sums = futures_expected(forecast, {}, 2000, 0).sum(axis=1)
    plain = np.quantile(sums, [0.1, 0.9])
    assert plain[1] - plain[0] <= (found.high - found.low).sum() + 1e-9
    assert [found.total_low, found.total_high] == pytest.approx(plain.tolist())
    assert found.total == pytest.approx(found.mean.sum()) and found.is_interval_known


def test_the_interval_of_the_sum_is_as_wide_as_past_dates_asked_for(forecast: Forecast) -> None:
    one, twice = (
        expected(replace(forecast, spread=replace(forecast.spread, together=each)), {}) for each in (1.0, 2.0)
    )
    middle = np.median(futures_expected(forecast, {}, 2000, 0).sum(axis=1))
    assert twice.total_high - middle == pytest.approx(2 * (one.total_high - middle))
    assert twice.total_low == pytest.approx(max(middle - 2 * (middle - one.total_low), 0.0))
    assert np.array_equal(one.low, twice.low) and one.total == twice.total


def test_few_past_dates_do_not_tell_an_interval(weeks) -> None:
    short = outlook(weeks(2, 6, missing=0.0), Question(horizon=2)).forecast
    assert not expected(short, {}).is_interval_known
