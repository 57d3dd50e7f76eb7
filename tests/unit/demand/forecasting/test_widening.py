from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.quantiles import INTERVALS, TOLD, is_between, spread_of
from medalloc.demand.forecasting.trial import Trial
from medalloc.demand.forecasting.widening import FEWEST_DATES, PACE, WIDEST, joined, tracked


def surprised(seed: int, sizes: np.ndarray, regions: int = 8, horizon: int = 1, own: float = 0.0) -> Trial:
    """Return forecasts whose error on a date is shared by all regions, of a size that may differ from date to date."""
    draw = np.random.default_rng(seed)
    predicted = draw.uniform(30, 60, (len(sizes), regions, horizon))
    surprise = draw.normal(0, sizes)[:, None, None] + draw.normal(0, own, predicted.shape)
    actual = draw.poisson(predicted * np.exp(surprise)).astype(float)
    return Trial("naive", 0, tuple(range(len(sizes))), predicted, actual)


def seasons(seed: int, size: float, count: int = 8) -> Trial:
    """Return forecasts of several seasons, each with a surprise of its own that all regions share."""
    draw = np.random.default_rng(seed)
    predicted = draw.uniform(30, 60, (count * 13, 8, 1))
    surprise = np.repeat(draw.normal(0, size, count), 13)[:, None, None]
    actual = draw.poisson(predicted * np.exp(surprise)).astype(float)
    return Trial("naive", 0, tuple(range(len(predicted))), predicted, actual)


def part(trial: Trial, at: slice) -> Trial:
    return replace(trial, origins=trial.origins[at], predicted=trial.predicted[at], actual=trial.actual[at])


def held(spread, trial: Trial) -> float:
    """Return the share of a later trial's counts within intervals of 80 %."""
    return float(is_between(trial.actual, *spread.quantiles(trial.predicted, (0.1, 0.9))).mean())


def width(trial: Trial) -> float:
    """Return by which factor intervals are wider than the plain quantiles of what is known."""
    plain, made = spread_of(trial.predicted, trial.actual), joined([trial])
    return float(np.nanstd(made.residuals) / np.nanstd(plain.residuals))


def test_from_date_to_date_intervals_hold_in_seasons_that_were_not_seen():
    """Of 40 worlds: quantiles of the errors known by then hold too little, those that follow what they held do."""
    plain, told = [], []
    for seed in range(40):
        world = seasons(seed, 0.3, 4)
        told.append(np.nanmean(tracked([world]).counts[INTERVALS.index(TOLD), 13:]))
        for place in range(13, 52, 4):
            known = spread_of(world.predicted[:place], world.actual[:place])
            plain.append(held(known, part(world, slice(place, place + 1))))
    assert np.mean(plain) < 0.72 < np.mean(told) < 0.85


@pytest.mark.parametrize("sizes", [np.geomspace(0.05, 0.8, 240), np.repeat([0.1, 0.5, 0.1, 0.5], 60)])
def test_in_the_long_run_intervals_hold_what_they_promise_though_errors_grow_or_change(sizes):
    """Quantiles of all that is known do not: they hold too little while errors grow, too much after they shrank."""
    told, plain = [], []
    for seed in range(4):
        world = surprised(seed, sizes, own=0.1)
        found = tracked([world]).held()
        told.append(found.counts[0.8])
        assert found.dates == len(sizes) - FEWEST_DATES
        for place in range(len(sizes) // 4, len(sizes) // 2):
            known = spread_of(world.predicted[:place], world.actual[:place])
            plain.append(held(known, part(world, slice(place, place + 1))))
    assert np.mean(plain) < 0.75
    assert 0.77 <= np.mean(told) <= 0.83


@pytest.mark.parametrize("shared", [0.0, 0.3])
def test_intervals_of_sums_hold_whether_regions_are_surprised_together_or_each_by_itself(shared):
    """They must be as wide as the regions' errors have in common; ten regions take nobody's independence on trust."""
    found = [tracked([surprised(seed, np.full(150, shared), 10, 2, own=0.2)]).held() for seed in range(8)]
    assert 0.77 <= np.mean([each.sums for each in found]) <= 0.83
    assert 0.77 <= np.mean([each.counts[0.8] for each in found]) <= 0.83


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6), from_date=st.integers(FEWEST_DATES, 30), horizon=st.integers(1, 3))
def test_what_was_told_on_a_date_does_not_hang_on_what_came_after(seed, from_date, horizon):
    world = surprised(seed, np.full(30, 0.3), 3, horizon)
    later = world.actual.copy()
    known_at = np.arange(30)[:, None] + np.arange(1, horizon + 1)
    later[np.broadcast_to((known_at > from_date)[:, None, :], later.shape)] *= 3
    one, other = tracked([world]), tracked([replace(world, actual=later)])
    same = slice(0, max(from_date - horizon + 1, 0))
    assert np.array_equal(one.counts[:, same], other.counts[:, same], equal_nan=True)
    assert np.array_equal(one.sums[same], other.sums[same], equal_nan=True)


def test_where_seasons_are_alike_hardly_anything_is_widened():
    assert 0.95 < np.mean([width(seasons(seed, 0.0)) for seed in range(10)]) < 1.06


def test_after_dates_on_which_too_much_was_held_intervals_are_narrower_and_never_beyond_bounds():
    calm = surprised(3, np.repeat([0.8, 0.01], [30, 60]))
    assert 1 / WIDEST <= width(calm) < 0.7
    wild = np.ones((40, 4, 1)) * 2.0 ** np.arange(40)[:, None, None]
    assert 1.5 < width(Trial("naive", 0, tuple(range(40)), np.ones(wild.shape), wild)) <= WIDEST + 1e-9


def test_the_order_of_trials_does_not_matter_and_one_date_is_never_judged():
    first, second = seasons(1, 0.5), seasons(2, 0.5)
    second = replace(second, origins=tuple(range(104, 208)))
    one, other = joined([first, second]), joined([second, first])
    assert one.residuals == pytest.approx(other.residuals) and one.together == other.together
    again = replace(first, seed=1)
    assert tracked([first, again]).held().dates == tracked([first]).held().dates
    few = part(first, slice(1))
    assert tracked([few]).held().counts == {} and joined([few]).together == 1.0


def test_where_nothing_was_counted_nothing_was_held():
    world = seasons(1, 0.1)
    world.actual[:] = np.nan
    assert tracked([world]).held().counts == {}


@pytest.mark.parametrize("horizon", [1, 3])
@pytest.mark.parametrize("seeds", [1, 2])
def test_in_all_the_width_moves_by_what_was_promised_and_not_held_however_many_horizons_and_seeds(horizon, seeds):
    world = surprised(3, np.full(40, 0.1), horizon=horizon, own=0.1)
    trials = [replace(world, seed=each, predicted=world.predicted * (1 + 0.02 * each)) for each in range(seeds)]
    found = tracked(trials)
    plain = spread_of(*(np.concatenate([getattr(each, of) for each in trials]) for of in ("predicted", "actual")))
    moved = [PACE * np.nansum(TOLD - held) / seeds for held in (found.counts[INTERVALS.index(TOLD)], found.sums)]
    # neither end was met on the way
    assert max(map(abs, moved)) < np.log(WIDEST) / 2
    stretched = found.spread.residuals[:, :, 0].std() / plain.residuals[:, :, 0].std()
    assert (np.log(stretched), np.log(found.spread.together)) == pytest.approx(moved)
