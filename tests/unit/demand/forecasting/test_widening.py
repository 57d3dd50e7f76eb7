import numpy as np
import pytest

from medalloc.demand.forecasting.quantiles import coverage, spread_of
from medalloc.demand.forecasting.trial import Trial
from medalloc.demand.forecasting.widening import WIDEST, joined, widening


def seasons(seed: int, size: float, count: int = 8) -> Trial:
    """Return forecasts of several seasons, each with a surprise of its own that all regions share."""
    draw = np.random.default_rng(seed)
    predicted = draw.uniform(30, 60, (count * 13, 8, 1))
    surprise = np.repeat(draw.normal(0, size, count), 13)[:, None, None]
    actual = draw.poisson(predicted * np.exp(surprise)).astype(float)
    return Trial("naive", 0, tuple(range(len(predicted))), predicted, actual)


def test_intervals_hold_in_a_season_that_was_not_seen():
    """Of 150 worlds: quantiles of two seasons' errors hold too little in the third, widened ones what they promise."""
    plain, widened = [], []
    for seed in range(150):
        world = seasons(seed, 0.3, 3)
        past, future = (
            Trial("naive", 0, world.origins[at], world.predicted[at], world.actual[at])
            for at in (slice(26), slice(26, None))
        )
        plain.append(coverage(spread_of(past.predicted, past.actual), future)[0.8])
        widened.append(coverage(joined([past]), future)[0.8])
    assert np.mean(plain) < 0.72 < np.mean(widened) < 0.88


def test_where_seasons_are_alike_hardly_anything_is_widened():
    found = [widening(each.predicted, each.actual) for each in (seasons(seed, 0.0) for seed in range(10))]
    assert 1 <= np.mean(found) < 1.06


def test_what_widens_is_bounded_and_does_not_depend_on_the_order_of_trials():
    first, second = seasons(1, 0.5), seasons(2, 0.5)
    second = Trial("naive", 0, tuple(range(104, 208)), second.predicted, second.actual)
    for one, other in zip(joined([first, second]).residuals, joined([second, first]).residuals, strict=True):
        assert one == pytest.approx(other)
    wild = np.concatenate([np.full((5, 4, 1), 1.0), np.full((5, 4, 1), 900.0)])
    assert widening(np.ones((10, 4, 1)), wild) <= WIDEST
    assert widening(np.ones((1, 1, 1)), np.ones((1, 1, 1))) == 1.0
