from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from medalloc.demand.forecasting.catalogue import made
from medalloc.demand.forecasting.naive import LastValue
from medalloc.demand.forecasting.networks import NetworkForecaster, Stretches
from medalloc.demand.forecasting.panel import Covariate
from medalloc.demand.forecasting.scaling import learned_scale
from medalloc.demand.forecasting.windows import Windows
from medalloc.networks.training import Training

SHORT = Training("adam", learning_rate=0.01, epochs=4, patience=2)


@pytest.mark.parametrize("kind", ["cnn", "rnn", "lstm"])
def test_a_network_continues_every_region_and_is_never_negative(weeks, kind):
    panel = weeks(regions=6, length=140)
    found = NetworkForecaster(kind, 3, seed=1, how=SHORT).fit(panel).predict(3)
    assert found.shape == (6, 3)
    assert np.isfinite(found).all()
    assert (found >= 0).all()


def test_the_same_seed_gives_the_same_forecast_up_to_rounding(weeks):
    panel = weeks(regions=6, length=140)
    first, second = (NetworkForecaster("cnn", 2, seed=3, how=SHORT).fit(panel).predict(2) for _ in range(2))
    np.testing.assert_allclose(first, second, rtol=1e-4)
    assert np.abs(first - NetworkForecaster("cnn", 2, seed=4, how=SHORT).fit(panel).predict(2)).max() > 1e-3


def test_what_a_network_sees_does_not_change_with_what_is_counted_later(weeks):
    panel = weeks(missing=0.2)
    scale = learned_scale(panel.values[:, :100])
    region = np.arange(5)
    origin = np.full(5, 120)
    whole = Stretches(Windows(panel, scale, yearly=True), region, origin, 4)
    then = Stretches(Windows(panel.until(121), scale, yearly=True), region, origin, 4)
    np.testing.assert_array_equal(whole[region], then[region])


def test_a_network_learns_a_season(weeks):
    panel = weeks(regions=12, length=200, missing=0)
    rhythm = 40 + 30 * np.sin(2 * np.pi * np.arange(200) / 26)
    panel.values[:] = rhythm + np.arange(12)[:, None]
    how = Training("adam", learning_rate=0.01, epochs=30, patience=8)
    learned = NetworkForecaster("cnn", 4, seed=1, how=how).fit(panel.until(190))
    error, other = (
        np.abs(each.predict(4, panel.until(190)) - panel.values[:, 190:194]).mean()
        for each in (learned, LastValue().fit(panel.until(190)))
    )
    assert error < 0.5 * other


def test_each_optimiser_leads_to_weights_of_its_own(weeks):
    panel = weeks(regions=4, length=100)
    found = [made("cnn", 2, 1, optimizer=each).fit(panel).predict(2) for each in ("gd", "sgd", "adam")]
    assert all(np.isfinite(each).all() for each in found)
    assert min(np.abs(one - other).max() for one, other in pairwise(found)) > 1e-6


@pytest.mark.parametrize("horizon", [1, 2, 4])
def test_windows_are_learned_from_of_which_at_least_half_of_the_targets_were_counted(weeks, horizon):
    panel = weeks(regions=3, length=40, missing=0.5)
    panel.values[0, :9] = np.nan
    known = np.isfinite(panel.values)
    expected = [
        (region, origin)
        for region in range(3)
        for origin in range(3, 40 - horizon)
        if known[region, : origin + 1].any() and 2 * known[region, origin + 1 : origin + 1 + horizon].sum() >= horizon
    ]
    found = NetworkForecaster("cnn", horizon, seed=1, how=SHORT)._drawn(panel)
    assert list(zip(*(each.tolist() for each in found), strict=True)) == expected


@pytest.mark.parametrize("horizon", [4, 60])
def test_a_stretch_is_what_is_gathered_number_by_number(weeks, horizon):
    panel = weeks(regions=2)
    rain = np.arange(2.0 * 170).reshape(2, 170)
    panel = replace(panel, covariates=(Covariate("rain", rain),))
    windows = Windows(panel, learned_scale(panel.values), yearly=True)
    for origin in (0, 10, 75, 159):
        rows = Stretches(windows, np.array([1]), np.array([origin]), horizon)
        (found,) = rows[np.array([0])]
        assert found.shape == (rows.steps, rows.channels)
        last = windows.scaled[1, origin]
        for period, told in zip(range(origin - rows.steps + 1, origin + 1), found, strict=True):
            now, ahead = max(period, 0), max(period + horizon, 0)
            before = period + horizon
            # whole seasons back, as many as it takes for the last step to be known
            while before > period:
                before -= 52
            past = windows.scaled[1, before] - last if before >= 0 else 0.0
            given = rain[1, ahead] if ahead < 170 else 0.0
            by_hand = [windows.scaled[1, now] - last, last, past, windows.common[now]]
            np.testing.assert_allclose(told, [*by_hand, *windows.waves(np.array([ahead]))[0], given], atol=1e-5)
