from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.quantiles import INTERVALS, ends_of_sum, is_between, spread_of
from medalloc.demand.forecasting.trial import Trial
from medalloc.demand.forecasting.widening import joined


def made_up(seed: int, origins: int = 40, regions: int = 6, horizon: int = 2, missing: float = 0.1) -> Trial:
    draw = np.random.default_rng(seed)
    predicted = draw.uniform(2, 60, (origins, regions, horizon))
    actual = draw.poisson(predicted * draw.gamma(20, 1 / 20, predicted.shape)).astype(float)
    actual[draw.random(actual.shape) < missing] = np.nan
    return Trial("naive", 0, tuple(range(origins)), predicted, actual)


def coverage(spread, trial: Trial) -> dict[float, float]:
    """Return the share of a trial's counts within the intervals of each chance."""
    known = np.isfinite(trial.actual)
    ends = {each: spread.quantiles(trial.predicted, ((1 - each) / 2, (1 + each) / 2)) for each in INTERVALS}
    return {chance: is_between(trial.actual, *bounds)[known].mean() for chance, bounds in ends.items()}


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 5), st.floats(0, 0.9))
@settings(max_examples=60)
def test_quantiles_are_in_order_finite_and_never_negative(seed, origins, regions, missing):
    trial = made_up(seed, origins, regions, 2, missing)
    spread = spread_of(trial.predicted, trial.actual)
    found = spread.quantiles(trial.predicted[0], (0.1, 0.25, 0.5, 0.75, 0.9))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (np.diff(found, axis=0) >= -1e-9).all()
    assert (spread.mean(trial.predicted[0]) >= 0).all()


def test_where_past_and_future_are_alike_intervals_hold_what_they_promise():
    # a spread of 216 residuals is off by .03 in one world; it is the mean over worlds that is promised
    worlds = [coverage(joined([made_up(seed)]), made_up(seed + 1, origins=200)) for seed in range(0, 80, 2)]
    for chance in INTERVALS:
        assert abs(np.mean([covered[chance] for covered in worlds]) - chance) < 0.02


def test_on_the_residuals_they_come_from_intervals_hold_at_least_what_they_promise():
    trial = made_up(5)
    covered = coverage(spread_of(trial.predicted, trial.actual), trial)
    assert all(share >= chance - 0.02 for chance, share in covered.items())


def test_the_mean_is_that_of_all_past_errors():
    trial = made_up(3, regions=1, horizon=1, missing=0)
    spread = spread_of(trial.predicted, trial.actual)
    point = np.array([[25.0]])
    every = np.maximum(5 + spread.residuals[:, 0, 0] * spread.reach(point)[0, 0], 0) ** 2
    np.testing.assert_allclose(spread.mean(point), every.mean(), rtol=0.01)


def test_a_horizon_that_was_never_counted_has_the_errors_of_the_one_before():
    trial = made_up(1)
    trial.actual[:, :, 1] = np.nan
    found = spread_of(trial.predicted, trial.actual).quantiles(np.full((6, 2), 30.0), (0.1, 0.9))
    np.testing.assert_array_equal(found[:, :, 0], found[:, :, 1])


@pytest.mark.parametrize(
    ("ahead", "together", "ends"),
    [(1, 1.0, (70, 930)), (2, 1.0, (20, 980)), (2, 1.5, (0, 1220)), (3, 1.0, (0, 1000)), (4, 1.0, (0, 1000))],
)
def test_the_ends_of_a_sum_are_taken_farther_out_the_fewer_surprises_it_is_known_from(ahead, together, ends):
    """By hand: nine tenths, times dates and one more, over dates; dates closer than the horizon are one surprise."""
    spread = SimpleNamespace(dates=[30, 2 * 11.25, 1, 0].__getitem__, together=together)
    low, high = ends_of_sum(np.arange(1001.0), spread, ahead)
    assert (low, high) == pytest.approx(ends)
