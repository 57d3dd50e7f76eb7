"""Partial pooling of amounts against the normal distribution of everything at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from medalloc.demand.amount_pooling import SPREADS, USUAL_SPREAD, region_factors


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), regions=st.integers(1, 5), unknown=st.booleans())
def test_factors_are_those_of_one_large_normal_distribution(seed: int, regions: int, unknown: bool) -> None:
    draw = np.random.default_rng(seed)
    predicted = draw.uniform(5, 200, regions)
    observed, variance = predicted * draw.uniform(0.5, 1.6, regions), predicted * draw.uniform(0.5, 6, regions)
    if unknown:
        observed[0] = np.nan
    known = np.flatnonzero(np.isfinite(observed))
    ratio, error = observed / predicted, variance / predicted**2
    weights, means, squares = [], [], []
    for spread in SPREADS:
        # the factor of every region, and of one more, around a mean that is 1 give or take 1
        among = np.ones((regions + 1, regions + 1)) + spread**2 * np.eye(regions + 1)
        seen = among[np.ix_(known, known)] + np.diag(error[known])
        weights.append(multivariate_normal(np.ones(known.size), seen).logpdf(ratio[known]) if known.size else 0.0)
        weights[-1] -= 0.5 * (spread / USUAL_SPREAD) ** 2
        back = among[:, known] @ np.linalg.inv(seen) if known.size else np.zeros((regions + 1, 0))
        mean = 1 + back @ (ratio[known] - 1)
        means.append(mean)
        squares.append(np.diag(among - back @ among[known]) + mean**2)
    likely = np.exp(np.array(weights) - max(weights)) * np.gradient(SPREADS)
    likely /= likely.sum()
    mean = likely @ np.array(means)
    uncertain = likely @ np.array(squares) - mean**2
    found = region_factors(observed, predicted, variance)
    np.testing.assert_allclose([*found.factor, found.elsewhere], mean, rtol=1e-6)
    np.testing.assert_allclose([*found.variance, found.elsewhere_variance], uncertain, rtol=1e-5)


def test_where_nothing_is_expected_or_certain_a_region_is_like_the_others() -> None:
    found = region_factors(np.array([12.0, 3.0, 5.0]), np.array([10.0, 0.0, 5.0]), np.array([4.0, 1.0, 0.0]))
    assert found.factor[1] == found.factor[2] == pytest.approx(found.elsewhere)
    assert (region_factors(np.array([0.0]), np.array([1e-9]), np.array([1e-30])).factor >= 0).all()


@given(seed=st.integers(0, 10**6), unit=st.sampled_from([1e-6, 1e6]))
@settings(max_examples=10)
def test_the_unit_of_amounts_changes_no_factor(seed: int, unit: float) -> None:
    draw = np.random.default_rng(seed)
    observed, predicted, variance = draw.uniform(1, 50, (3, 4))
    one, other = (
        region_factors(observed, predicted, variance),
        region_factors(*(unit * each for each in (observed, predicted)), unit**2 * variance),
    )
    np.testing.assert_allclose(one.factor, other.factor)
    np.testing.assert_allclose(one.variance, other.variance)


def test_many_regions_that_are_well_known_are_themselves() -> None:
    ratio = np.linspace(0.5, 1.5, 2000)
    found = region_factors(100 * ratio, np.full(2000, 100.0), np.full(2000, 0.01))
    np.testing.assert_allclose(found.factor, ratio, atol=1e-4)
