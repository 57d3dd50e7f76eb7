import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.quantiles import (
    ENOUGH,
    FARTHEST,
    FEW,
    INTERVALS,
    SHRUNK,
    ends_of_sum,
    is_between,
    spread_of,
)
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
    trial = made_up(3, origins=400, regions=1, horizon=1, missing=0)
    spread = spread_of(trial.predicted, trial.actual)
    for root in (5.0, 0.5, 0.0):
        point = np.array([[root**2 if root else -1.0]])
        every = np.maximum(root + spread.residuals[:, 0, 0] * spread.reach(point)[0, 0], 0) ** 2
        np.testing.assert_allclose(spread.mean(point), every.mean(), rtol=0.02)


def test_a_horizon_that_was_never_counted_has_the_errors_of_the_one_before():
    trial = made_up(1)
    trial.actual[:, :, 1] = np.nan
    found = spread_of(trial.predicted, trial.actual).quantiles(np.full((6, 2), 30.0), (0.1, 0.9))
    np.testing.assert_array_equal(found[:, :, 0], found[:, :, 1])


@pytest.mark.parametrize(("together", "ends"), [(1.0, (100, 900)), (0.5, (300, 700)), (1.5, (0, 1100))])
def test_the_ends_of_a_sum_move_from_its_middle_by_what_past_dates_have_taught(together, ends):
    assert ends_of_sum(np.arange(1001.0), together) == pytest.approx(ends)


def conformal(pool: list[float], level: float) -> float:
    """Return a quantile one residual further out than the plain one, counted from the end that it is nearer to."""
    if level == 0.5:
        return sorted(pool)[(len(pool) - 1) // 2]
    if level < 0.5:
        return -conformal([-each for each in pool], 1 - level)
    return sorted(pool)[min(math.ceil(level * (len(pool) + 1)), len(pool)) - 1]


def pool_of(residuals: np.ndarray, ahead: int) -> list[float]:
    pool = [each for each in residuals[:, :, ahead].ravel().tolist() if np.isfinite(each)]
    if not pool:
        return pool_of(residuals, ahead - 1) if ahead else [0.0]
    return pool if len(pool) >= FEW else [*pool, *(-each for each in pool), 0.0]


@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 4), st.floats(0, 0.9))
@example(0, ENOUGH // 2, 1, 0.0)
@settings(max_examples=60)
def test_a_spread_is_what_is_worked_out_region_by_region(seed, origins, regions, missing):
    trial = made_up(seed, origins, regions, 2, missing)
    trial.predicted[::3] -= 3 * trial.predicted[::3].min()
    spread = spread_of(trial.predicted, trial.actual)
    # what is forecast below nought is nought
    predicted = np.maximum(trial.predicted, 0)
    off, known = np.sqrt(trial.actual) - np.sqrt(predicted), np.isfinite(trial.actual)
    usual = np.array([predicted[:, each].mean() ** 0.5 for each in range(regions)])
    height = (np.sqrt(predicted) + 0.5) / (usual[None, :, None] + 0.5)
    height = np.clip(height, 1 / FARTHEST, FARTHEST)
    growth, size = 0.0, np.abs(off[known])
    if known.sum() >= ENOUGH:
        growth = np.clip(np.polyfit(np.log(height[known]), np.log(size + 0.1 * size.mean()), 1)[0], 0, 1)
    assert spread.growth == pytest.approx(growth, abs=1e-6)
    scaled = off / height**growth
    common = np.abs(scaled[known]).mean() if known.any() else 0.0
    for each in range(regions):
        own = np.abs(scaled[:, each][known[:, each]])
        width = (own.sum() + SHRUNK * common) / (len(own) + SHRUNK) or 1.0
        assert spread.width[each] == pytest.approx(width)
        np.testing.assert_allclose(spread.residuals[:, each], scaled[:, each] / width, atol=1e-9)
    levels = (0.125, 0.25, 0.5, 0.75, 0.875)
    for ahead in range(2):
        expected = [conformal(pool_of(spread.residuals, ahead), each) for each in levels]
        assert spread.of_horizon(ahead, levels) == pytest.approx(expected)
        told = [each for each in range(origins) if known[each, :, ahead].any()]
        assert spread.dates(ahead) == len(told)
        for root in (4.0, 0.25, 0.0):
            point = np.full((regions, 2), root**2 if root else -2.0)
            reach = spread.width * np.clip((root + 0.5) / (usual + 0.5), 1 / FARTHEST, FARTHEST) ** spread.growth
            moved = np.maximum(root + np.array(expected)[:, None] * reach, 0) ** 2
            np.testing.assert_allclose(spread.quantiles(point, levels)[..., ahead], moved, atol=1e-12)
            again = np.maximum(root + np.nan_to_num(spread.residuals[told, :, ahead]) * reach, 0) ** 2
            np.testing.assert_allclose(spread.on_past_dates(point, ahead), again, atol=1e-12)
    fewest = int(known.sum(axis=(0, 1)).min())
    assert spread.few == (fewest if fewest < FEW else None)


def test_forecasts_that_were_never_off_leave_no_doubt():
    exact = made_up(2).predicted
    spread = spread_of(exact, exact)
    assert (spread.width == 1).all()
    np.testing.assert_allclose(spread.quantiles(exact[0], (0.1, 0.9)), [exact[0]] * 2)


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.0])
def test_a_stretched_spread_has_the_same_middle_and_every_residual_so_many_times_as_far_from_it(factor):
    trial = made_up(4)
    spread = spread_of(trial.predicted, trial.actual)
    wider = spread.stretched(factor)
    for ahead in range(2):
        (middle,) = spread.of_horizon(ahead, (0.5,))
        assert wider.of_horizon(ahead, (0.5,)) == pytest.approx([middle])
        far, near = wider.residuals[:, :, ahead] - middle, spread.residuals[:, :, ahead] - middle
        np.testing.assert_allclose(far, factor * near, atol=1e-12)


@pytest.mark.parametrize("bound", [0.0, 3.0, 1e6])
def test_what_lies_on_a_bound_is_between_and_what_lies_beyond_is_not(bound):
    beyond = 1e-6 * (1 + bound)
    nearly = 0.5e-9 * (1 + bound)
    assert is_between([bound - nearly, bound + 1 + nearly], bound, bound + 1).all()
    assert not is_between([bound - beyond, bound + 1 + beyond], bound, bound + 1).any()
