import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medalloc.demand.uncertainty import (
    Rows,
    drawn,
    drawn_anew,
    drawn_with_effects,
    interval,
    table_is_a_sample,
    table_is_everybody,
)


def exact_quantiles(chances: np.ndarray, level: float) -> tuple[int, int]:
    """Convolve the persons one by one."""
    mass = np.ones(1)
    for chance in chances:
        mass = np.convolve(mass, [1 - chance, chance])
    below = np.cumsum(mass)
    return int(np.searchsorted(below, (1 - level) / 2)), int(np.searchsorted(below, (1 + level) / 2))


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=150), st.sampled_from([0.5, 0.8, 0.9, 0.99]))
@settings(max_examples=60)
@example([0.5, 0.98828125, 0.98828125, 0.25, 0.375, 0.125], 0.99)
def test_the_interval_is_that_of_the_exact_sum_to_two_persons(chances: list[float], level: float) -> None:
    """To one at 50 and 80 %; of few persons who differ much, the far tails are two apart at times."""
    p = np.array(chances)
    mean, variance = np.array([p.sum()]), np.array([(p * (1 - p)).sum()])
    trials, chance, unit = table_is_everybody(mean, mean, variance)
    low, high = interval(trials, chance, unit, level)
    exact = exact_quantiles(p, level)
    persons = 1.5 if level <= 0.8 else 2.5
    assert abs(low[0] - exact[0]) <= persons
    assert abs(high[0] - exact[1]) <= persons


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.floats(0.1, 50)), min_size=30, max_size=100))
@settings(max_examples=40)
def test_mean_and_variance_are_those_of_the_weighted_sum(people: list[tuple[float, float]]) -> None:
    p, w = np.array(people).T
    mean, variance = (w * p).sum(), (w * w * p * (1 - p)).sum()
    trials, chance, unit = drawn(Rows(np.zeros(len(p), dtype=int), np.arange(len(p)), w, p), np.array([mean]), None)
    np.testing.assert_allclose(trials * chance * unit, mean)
    # Whole persons are drawn, so that the variance is met up to the rounding of their number.
    found = (trials * chance * (1 - chance) * unit**2)[0]
    assert variance * 0.999 <= found <= variance + unit[0] ** 2 * chance[0]


@given(st.integers(1, 500), st.sampled_from([0.1, 0.25, 0.3, 0.5, 0.9, 1.0]), st.sampled_from([1.0, 2.5, 7.0]))
def test_persons_who_are_alike_are_drawn_as_they_are(persons: int, p: float, w: float) -> None:
    rows = Rows(np.zeros(persons, dtype=int), np.arange(persons), np.full(persons, w), np.full(persons, p))
    trials, chance, unit = drawn(rows, np.array([persons * w * p]), None)
    assert (trials[0], chance[0], unit[0]) == pytest.approx((persons, p, w))


def test_a_sample_draws_as_many_persons_as_it_is_worth_and_one_at_least() -> None:
    assert table_is_a_sample(np.array([3.0]), np.array([10.0]), np.array([0.2]))[0] == 1
    trials, chance, unit = table_is_a_sample(np.array([300.0]), np.array([1000.0]), np.array([49.7]))
    assert (trials[0], chance[0], unit[0]) == (50, 0.3, 20.0)


def rows_of(rows: int, patients: int, seed: int, *, equal: bool) -> Rows:
    draw = np.random.default_rng(seed)
    weight = np.full(rows, 3.0) if equal else draw.uniform(0.5, 20, rows)
    patient = np.arange(rows) if equal else draw.integers(0, patients, rows)
    return Rows(np.zeros(rows, dtype=np.int64), patient, weight, draw.uniform(0.05, 0.9, rows))


def bootstrap(rows: Rows, samples: int, people: float | None) -> np.ndarray:
    """Draw patients one by one with replacement, all rows of each, then whether each row is in need."""
    draw = np.random.default_rng(7)
    rows_by_patient = [np.flatnonzero(rows.patient == one) for one in np.unique(rows.patient)]
    known = len(rows_by_patient)
    found = np.empty(samples)
    for number in range(samples):
        taken = np.concatenate([rows_by_patient[one] for one in draw.integers(0, known, known)])
        in_need = draw.random(len(taken)) < rows.chance[taken]
        total = rows.weight[taken].sum()
        found[number] = (rows.weight[taken] * in_need).sum() * (1 if people is None else people / total)
    return found


@pytest.mark.parametrize("equal", [True, False])
@pytest.mark.parametrize("people", [None, 5000.0])
def test_patients_drawn_anew_are_the_bootstrap_without_drawing(equal: bool, people: float | None) -> None:
    rows = rows_of(120, 40, 3, equal=equal)
    total, summed = rows.weight.sum(), (rows.weight * rows.chance).sum()
    mean = np.array([summed * (1 if people is None else people / total)])
    trials, chance, unit = drawn_anew(rows, mean, None if people is None else np.array([people]))
    again = bootstrap(rows, 3000, people)
    assert (trials * chance * unit)[0] == pytest.approx(mean[0])
    assert mean[0] == pytest.approx(again.mean(), rel=0.02)
    assert np.sqrt(trials * chance * (1 - chance))[0] * unit[0] == pytest.approx(again.std(), rel=0.05)
    low, high = interval(trials, chance, unit, 0.9)
    assert np.mean((again >= low) & (again <= high)) == pytest.approx(0.9, abs=0.04)


@given(st.integers(1, 80), st.integers(1, 30), st.integers(0, 10**6))
@settings(max_examples=50)
def test_other_patients_only_add_to_the_luck_of_need(rows: int, patients: int, seed: int) -> None:
    """The variance is that of every draw: need given who came, and the means of those who might have come."""
    given_rows = rows_of(rows, patients, seed, equal=False)
    w, p = given_rows.weight, given_rows.chance
    trials, chance, unit = drawn_anew(given_rows, np.array([(w * p).sum()]), None)
    of_need = (w * w * p * (1 - p)).sum()
    means = np.array([(w * p)[given_rows.patient == one].sum() for one in np.unique(given_rows.patient)])
    found = (trials * chance * (1 - chance) * unit**2)[0]
    assert trials[0] == len(means)
    assert found == pytest.approx(of_need + len(means) * means.var(), rel=1e-9)


def test_nobody_at_risk_and_everybody_certain_stay_so_whoever_comes() -> None:
    for chance, people in ((0.0, None), (1.0, None), (0.0, np.array([90.0])), (1.0, np.array([90.0]))):
        rows = Rows(np.zeros(3, dtype=np.int64), np.arange(3), np.ones(3), np.full(3, chance))
        mean = np.array([chance * (3 if people is None else 90)])
        for how in (drawn, drawn_anew):
            low, high = interval(*how(rows, mean, people), 0.9)
            assert low[0] == high[0] == mean[0]


def strata_rows(draw: np.random.Generator, counted: bool) -> Rows:
    """Return rows of three regions, each with its strata; patients repeat where rows do not count for several."""
    n = int(draw.integers(8, 40))
    region = np.append(np.arange(3), draw.integers(0, 3, n - 3))
    patient, stratum = draw.integers(0, 12, n), 5 * region + draw.integers(0, 3, n)
    weight, chance = draw.choice([1.0, 2.0, 5.5], n), draw.uniform(0.05, 0.9, n)
    count = draw.integers(1, 4, n).astype(float) if counted else None
    return Rows(region, np.arange(n) if counted else patient, weight, chance, stratum, count)


@given(seed=st.integers(0, 10**6), anew=st.booleans())
@settings(max_examples=40)
def test_the_luck_of_a_sample_is_that_of_its_effects_its_features_and_its_persons(seed: int, anew: bool) -> None:
    """Every sum by hand: who comes varies within its stratum, and what each stratum's mean hides is given back."""
    draw = np.random.default_rng(seed)
    rows, people = strata_rows(draw, counted=False), np.array([9e5, 4e3, 60.0])
    slope, variance = draw.uniform(0, 0.2, len(rows.weight)), draw.uniform(0, 0.3, 3)
    w, p, stratum = rows.weight, rows.chance, rows.stratum
    assert stratum is not None
    usual = np.array([np.average(p[stratum == each], weights=w[stratum == each]) for each in stratum])
    total, found, given_back, free = np.zeros(3), np.zeros(3), np.zeros(3), 0.0
    for r in range(3):
        here = rows.region == r
        total[r] = w[here].sum()
        units = [here & (rows.patient == one) for one in set(rows.patient[here])] if anew else np.diag(here)
        found[r] = sum((w * (p - usual))[unit].sum() ** 2 for unit in units)
        given_back[r] = len(set(stratum[here])) * (w[here] ** 2).mean()
        free += (w[here] ** 2).sum() - given_back[r]
    lucky = found + (given_back * found.sum() / free if free > 1e-9 else 0.0)
    effects = variance * [(w * slope)[rows.region == r].sum() ** 2 for r in range(3)]
    mean = people * np.bincount(rows.region, w * p) / total
    share = mean / people
    spread = (effects + lucky) * (people / total) ** 2 + mean * (1 - share)
    trials, chance, unit = drawn_with_effects(rows, slope, variance, mean, people, anew)
    np.testing.assert_array_equal(trials, np.maximum(np.rint(share * (1 - share) * people**2 / spread), 1))
    np.testing.assert_allclose(chance, share)
    np.testing.assert_allclose(unit, people / trials)


@given(seed=st.integers(0, 10**6), anew=st.booleans())
@settings(max_examples=40)
def test_without_a_population_what_sets_regions_apart_is_added_to_the_luck_of_the_rows(seed: int, anew: bool) -> None:
    draw = np.random.default_rng(seed)
    rows = strata_rows(draw, counted=False)
    slope, variance = draw.uniform(0, 0.2, len(rows.weight)), np.array([0.3, 0.0, 0.05])
    mean, total = rows.sums(rows.weight * rows.chance, 3), rows.sums(rows.weight, 3)
    trials, chance, unit = (drawn_anew if anew else drawn)(rows, mean, None)
    luck, share = trials * chance * (1 - chance) * unit**2, mean / total
    spread = luck + variance * rows.sums(rows.weight * slope, 3) ** 2
    found = drawn_with_effects(rows, slope, variance, mean, None, anew)
    worth = np.maximum(np.rint(share * (1 - share) * total**2 / spread), 1)
    for one, other in zip(found, (worth, share, total / worth), strict=True):
        np.testing.assert_allclose(one, other)
    alone = drawn_with_effects(rows, slope, np.zeros(3), mean, None, anew)
    for one, other in zip(alone, (trials, chance, unit), strict=True):
        np.testing.assert_array_equal(one, other)


@given(seed=st.integers(0, 10**6), scaled=st.booleans(), effects=st.booleans())
@settings(max_examples=40)
def test_a_row_that_stands_for_several_is_as_many_rows(seed: int, scaled: bool, effects: bool) -> None:
    draw = np.random.default_rng(seed)
    rows = strata_rows(draw, counted=True)
    assert rows.count is not None and rows.stratum is not None
    each = np.repeat(np.arange(len(rows.weight)), rows.count.astype(int))
    alone = Rows(rows.region[each], np.arange(len(each)), rows.weight[each], rows.chance[each], rows.stratum[each])
    slope = draw.uniform(0, 0.2, len(rows.weight))
    variance, people = np.full(3, 0.2 * effects), np.array([9e5, 4e3, 600.0]) if scaled else None
    total, sure = (alone.sums(of, 3) for of in (alone.weight, alone.weight * alone.chance))
    mean = sure if people is None else sure * people / total
    found = drawn_with_effects(rows, slope, variance, mean, people, False)
    expected = drawn_with_effects(alone, slope[each], variance, mean, people, False)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other)
