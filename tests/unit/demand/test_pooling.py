import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import norm

from medalloc.demand import poststratified_demand, regional_demand
from medalloc.demand.pooling import SPREADS, USUAL_SPREAD, RegionEffects, region_effects
from medalloc.tables.table import Source, Table


def world(seed: int, sd: float, rows: int, regions: int = 10) -> tuple[Table, np.ndarray, np.ndarray, np.ndarray]:
    """Return patients, what features say, the true chance of each, and the number of each one's region."""
    draw = np.random.default_rng(seed)
    region, features = np.repeat(np.arange(regions), rows), draw.normal(-0.8, 1.0, regions * rows)
    chance = expit(features + draw.normal(0, sd, regions)[region])
    frame = pd.DataFrame({"town": [f"R{each}" for each in region], "sick": (draw.random(len(region)) < chance) * 1})
    return Table(frame, {"town": "region", "sick": "need"}, Source("t", "0")), expit(features), chance, region


def by_hand(
    offset: np.ndarray, need: np.ndarray, region: np.ndarray, regions: int, share: np.ndarray | float = 1.0
) -> np.ndarray:
    """Return posterior means of common number plus effect, each spread's integrals done by a slow search."""
    evidence, modes = [], []
    for spread in np.maximum(SPREADS, 1e-4):

        def loss(at: np.ndarray, spread: float = spread) -> float:
            margin = offset + at[0] + spread * at[1:][region]
            return float((share * (np.logaddexp(0, margin) - need * margin)).sum() + 0.5 * (at**2).sum())

        best = minimize(loss, np.zeros(regions + 1), method="BFGS", options={"gtol": 1e-7})
        margin = offset + best.x[0] + spread * best.x[1:][region]
        held = np.bincount(region, share * expit(margin) * expit(-margin), regions)
        curvature = np.diag(np.append(held.sum() + 1, spread**2 * held + 1))
        curvature[0, 1:] = curvature[1:, 0] = spread * held
        evidence.append(-best.fun - 0.5 * np.linalg.slogdet(curvature)[1] - 0.5 * (spread / USUAL_SPREAD) ** 2)
        modes.append(best.x[0] + spread * best.x[1:])
    likely = np.exp(np.array(evidence) - max(evidence)) * np.gradient(SPREADS)
    return likely / likely.sum() @ np.array(modes)


def test_effects_are_those_of_a_random_intercept_worked_out_the_long_way() -> None:
    table, features, _, region = world(3, 0.6, 25, regions=4)
    need, offset = table.frame["sick"].to_numpy(np.int8), np.log(features / (1 - features))
    found = region_effects(features, need, region, 4)
    np.testing.assert_allclose(found.effect, by_hand(offset, need, region, 4), atol=2e-3)


def test_rows_that_stand_for_different_numbers_count_so_that_the_curvature_is_the_variance_of_the_slope() -> None:
    table, features, _, region = world(4, 0.6, 25, regions=4)
    need, weight = table.frame["sick"].to_numpy(np.int8), np.random.default_rng(1).uniform(0.2, 5, 100)
    found = region_effects(features, need, region, 4, weight=weight)
    spread = (weight * features * (1 - features)).sum() / (weight**2 * (need - features) ** 2).sum()
    expected = by_hand(np.log(features / (1 - features)), need, region, 4, weight * spread)
    np.testing.assert_allclose(found.effect, expected, atol=2e-3)


@given(st.floats(0.001, 0.999), st.floats(-2, 2), st.floats(0, 1))
@settings(max_examples=30)
def test_a_chance_is_the_mean_over_what_the_effect_may_be(probability: float, effect: float, variance: float) -> None:
    one = RegionEffects(np.array([effect]), np.array([variance]), 0.0, 1.0, 1.0)
    chance, slope = one.chances(np.array([probability]), np.array([0]))
    middle, deviation = np.log(probability / (1 - probability)) + effect, np.sqrt(variance)
    exact = quad(lambda u: expit(middle + deviation * u) * norm.pdf(u), -8, 8)[0]
    second = quad(lambda u: expit(middle + deviation * u) ** 2 * norm.pdf(u), -8, 8)[0]
    assert chance[0] == pytest.approx(exact, abs=0.01)
    assert slope[0] * deviation == pytest.approx(np.sqrt(max(second - exact**2, 0)), abs=0.025)


@pytest.mark.parametrize("sd", [0.0, 0.5])
def test_demand_is_nearer_to_the_truth_than_features_alone_and_than_counting(sd: float) -> None:
    errors, held, number = np.zeros(3), [], 0
    for seed in range(40):
        table, features, chance, region = world(seed, sd, 60)
        found, alone = (regional_demand(table, features, know_regions=known) for known in (True, False))
        truth, counted = np.bincount(region, chance), np.bincount(region, table.frame["sick"])
        errors += [np.sum((each - truth) ** 2) for each in (found.mean, alone.mean, counted)]
        again = np.bincount(region, np.random.default_rng(1000 + seed).random(len(chance)) < chance)
        held.append(np.mean((again >= found.low) & (again <= found.high)))
        number += 10
    found_error, alone_error, counted_error = np.sqrt(errors / number)
    assert found_error < (0.95 if sd else 0.6) * counted_error
    assert found_error < (0.6 * alone_error if sd else 2.0)
    assert 0.87 <= np.mean(held) <= 0.95


def test_more_patients_move_a_region_further_and_leave_less_doubt() -> None:
    half = np.full(220, 0.5)
    region = np.repeat([0, 1, 2], [10, 200, 10])
    need = (np.arange(220) % 10 < np.array([8, 8, 5])[region]).astype(np.int8)
    found = region_effects(half, need, region, 4)
    assert found.effect[2] < found.effect[0] < found.effect[1] < np.log(4)
    assert found.variance[1] < found.variance[0] < found.variance[3]
    assert (found.effect[3], found.variance[3]) == pytest.approx((found.elsewhere, found.elsewhere_variance))


def test_rows_of_one_patient_and_equal_weights_are_no_further_evidence() -> None:
    table, features, _, region = world(1, 0.5, 40)
    need, once = table.frame["sick"].to_numpy(np.int8), np.arange(len(region))
    plain = region_effects(features, need, region, 10)
    heavy = region_effects(features, need, region, 10, weight=np.full(len(region), 7.0))
    np.testing.assert_allclose(heavy.effect, plain.effect)
    often = np.repeat(once, 5)
    repeated = region_effects(features[often], need[often], region[often], 10, patient=often)
    alone = region_effects(features, need, region, 10, patient=once)
    np.testing.assert_allclose(repeated.effect, alone.effect, atol=1e-5)
    np.testing.assert_allclose(repeated.variance, alone.variance, atol=1e-5)


@pytest.mark.parametrize("by_age", [False, True])
def test_a_region_without_patients_gets_the_mean_of_all_and_the_widest_interval(by_age: bool) -> None:
    table, features, _, _ = world(5, 0.5, 200, regions=6)
    people = {f"R{each}": 1e5 for each in range(7)}
    if by_age:
        frame = pd.DataFrame({"region": list(people), "population": list(people.values())})
        living = Table(frame, {"region": "region", "population": "population"}, Source("p", "0"))
        found = poststratified_demand(table, features, living)
    else:
        found = regional_demand(table, features, population=people)
    assert found.regions == tuple(people)
    assert (found.patients[6], np.isnan(found.observed[6])) == (0, True)
    assert found.mean[6] == pytest.approx(found.mean[:6].mean(), rel=0.1)
    widths = found.high - found.low
    assert widths[6] > 2 * widths[:6].max()
    assert "Regions without patients" in str(found.warnings[-1]) and "R6" in str(found.warnings[-1])


def test_a_region_that_differs_beyond_chance_is_named_with_its_z() -> None:
    frame = pd.DataFrame({"town": ["A"] * 100 + ["B"] * 100, "sick": [1] * 70 + [0] * 30 + [1, 0] * 50})
    table = Table(frame, {"town": "region", "sick": "need"}, Source("t", "0"))
    (said,) = regional_demand(table, np.full(200, 0.5)).warnings
    assert "A 1.40 (z +4.0)" in str(said) and "B" not in str(said).split("predicted:")[1]
    assert not regional_demand(table, np.full(200, 0.5), know_regions=False).warnings
