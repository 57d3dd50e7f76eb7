import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medalloc.demand.uncertainty import interval, table_is_a_sample, table_is_everybody


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
    mean, upper, variance = (w * p).sum(), (w * w * p).sum(), (w * w * p * (1 - p)).sum()
    trials, chance, unit = table_is_everybody(np.array([mean]), np.array([upper]), np.array([variance]))
    np.testing.assert_allclose(trials * chance * unit, mean)
    # Whole persons are drawn, so that the variance is met up to the rounding of their number.
    found = (trials * chance * (1 - chance) * unit**2)[0]
    assert variance * 0.999 <= found <= variance + unit[0] ** 2 * chance[0]


def test_a_sample_draws_as_many_persons_as_it_is_worth() -> None:
    trials, chance, unit = table_is_a_sample(np.array([300.0]), np.array([1000.0]), np.array([49.7]))
    assert (trials[0], chance[0], unit[0]) == (50, 0.3, 20.0)
