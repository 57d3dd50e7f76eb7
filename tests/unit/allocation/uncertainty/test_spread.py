import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.uncertainty import spread_futures
from medalloc.errors import InputError

MEANS = st.lists(st.just(0.0) | st.floats(0.5, 1e6), min_size=1, max_size=6)
CVS, COMMON, SEEDS = st.floats(0, 1.5), st.floats(0, 1), st.integers(0, 2**31 - 1)


def spread(mean, **choices):
    return spread_futures([f"region {place}" for place in range(len(mean))], mean, **choices)


@given(mean=MEANS, cv=st.floats(0, 0.6), common=COMMON, seed=SEEDS)
def test_the_mean_is_kept_and_the_variation_reached_whatever_the_common_part(mean, cv, common, seed):
    futures = spread(mean, cv=cv, common=common, samples=2000, seed=seed)
    assert futures.mean == pytest.approx(mean, rel=0.05)
    needed = np.array(mean) > 0
    reached = futures.demand.std(axis=0)[needed] / futures.mean[needed]
    assert reached == pytest.approx(np.full(needed.sum(), cv), rel=0.2, abs=1e-9)


@given(mean=MEANS, cv=CVS, common=COMMON, samples=st.integers(1, 50), seed=SEEDS)
def test_no_demand_is_negative_and_where_nobody_is_expected_nobody_comes(mean, cv, common, samples, seed):
    futures = spread(mean, cv=cv, common=common, samples=samples, seed=seed)
    assert futures.demand.shape == (samples, len(mean)) and (futures.demand >= 0).all()
    assert (futures.demand[:, np.array(mean) == 0] == 0).all()


@given(mean=MEANS, common=COMMON, seed=SEEDS)
def test_without_variation_every_future_is_the_expected_one(mean, common, seed):
    futures = spread(mean, cv=0.0, common=common, samples=5, seed=seed)
    assert np.array_equal(futures.demand, np.tile(mean, (5, 1)))


@pytest.mark.parametrize("common", [0.0, 0.3, 0.8, 1.0])
def test_the_common_part_is_the_correlation_of_the_logarithms(common):
    logs = np.log(spread([30, 500], cv=0.4, common=common, samples=4000, seed=3).demand)
    assert np.corrcoef(logs.T)[0, 1] == pytest.approx(common, abs=0.04)


def test_a_larger_common_part_makes_the_total_vary_more():
    total = [spread([100] * 20, cv=0.3, common=each).demand.sum(axis=1).std() for each in (0.0, 0.25, 0.5, 1.0)]
    assert total == sorted(total) and total[-1] > 3 * total[0]


def test_two_hundred_futures_keep_mean_and_variation_to_a_few_percent():
    futures = spread([80.0, 20.0], cv=0.3, common=0.5, samples=200, seed=1)
    assert futures.mean == pytest.approx([80, 20], rel=0.01)
    assert futures.demand.std(axis=0) / futures.mean == pytest.approx([0.3, 0.3], rel=0.1)


def test_the_same_seed_gives_the_same_futures_and_another_one_others():
    one, same, other = (spread([5, 6], cv=0.3, seed=seed).demand for seed in (4, 4, 5))
    assert np.array_equal(one, same) and not np.array_equal(one, other)


def test_impossible_values_are_said_at_once():
    with pytest.raises(InputError) as caught:
        spread([-1.0], cv=-0.1, common=2, samples=0, seed=0.5)
    assert len(caught.value.faults) == 5
