import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.lessons.descent import FIRST, SECOND, TINY, WAYS, Logistic, Rows, Setting, Steps, race, run
from medalloc.lessons.sample import Floats


class Bowl:
    """A convex quadratic: mean of half the squared distances to some rows, stretched."""

    def __init__(self, rows: Floats, stretch: Floats) -> None:
        self.places, self.stretch, self.rows = rows, stretch, len(rows)

    def loss(self, at: Floats) -> float:
        return float(0.5 * np.mean(((self.places - at) ** 2) @ self.stretch))

    def slope(self, at: Floats, rows: Rows | None = None) -> Floats:
        places = self.places if rows is None else self.places[rows]
        return (at - places).mean(axis=0) * self.stretch


def bowl(seed: int) -> Bowl:
    draw = np.random.default_rng(seed)
    return Bowl(draw.normal(size=(24, 3)), draw.uniform(0.1, 5, 3))


@given(st.integers(0, 999), st.floats(0.01, 1.9))
@settings(max_examples=30)
def test_gradient_descent_on_a_bowl_never_climbs_below_the_critical_rate(seed: int, share: float) -> None:
    asked = bowl(seed)
    found = run(asked, np.full(3, 4.0), "descent", rate=share / asked.stretch.max(), setting=Setting(40, 4), seed=1)
    assert (np.diff(found.loss) <= 1e-12).all()


@given(st.integers(0, 999))
@settings(max_examples=15)
def test_stochastic_descent_with_all_rows_in_a_batch_is_gradient_descent(seed: int) -> None:
    asked, setting = bowl(seed), Setting(30, 24)
    whole = run(asked, np.ones(3), "descent", rate=0.1, setting=setting, seed=1)
    batched = run(asked, np.ones(3), "sgd", rate=0.1, setting=setting, seed=1)
    assert np.array_equal(whole.path, batched.path)


def adam_by_the_textbook(slopes: list[Floats], rate: float) -> list[Floats]:
    """Algorithm 1 of Kingma and Ba, 2015, number by number."""
    steps = []
    first, second = [0.0] * len(slopes[0]), [0.0] * len(slopes[0])
    for time, slope in enumerate(slopes, start=1):
        step = []
        for place, each in enumerate(slope):
            first[place] = 0.9 * first[place] + 0.1 * each
            second[place] = 0.999 * second[place] + 0.001 * each**2
            unbiased = first[place] / (1 - 0.9**time), second[place] / (1 - 0.999**time)
            step.append(rate * unbiased[0] / (unbiased[1] ** 0.5 + 1e-8))
        steps.append(np.array(step))
    return steps


@given(st.integers(0, 999))
@settings(max_examples=15)
def test_adam_takes_the_textbooks_steps_and_the_printed_one_does_not(seed: int) -> None:
    slopes = list(np.random.default_rng(seed).normal(0, 0.2, (12, 4)))
    adam, printed = Steps("adam", 0.01), Steps("adam-printed", 0.01)
    for slope, expected in zip(slopes, adam_by_the_textbook(slopes, 0.01), strict=True):
        assert np.allclose(adam.step(slope), expected)
        assert not np.allclose(printed.step(slope), expected)


@given(st.integers(0, 999), st.floats(1e-3, 1e3))
@settings(max_examples=15)
def test_the_printed_adam_is_the_mean_of_the_slopes_by_age_and_knows_no_second_moment(seed: int, times: float) -> None:
    slopes = np.random.default_rng(seed).normal(0, 0.2, (12, 4))
    printed, stretched = Steps("adam-printed", 0.01), Steps("adam-printed", 0.01)
    for count in range(1, len(slopes) + 1):
        ages = 0.9 ** np.arange(count)[::-1]
        step = printed.step(slopes[count - 1])
        assert np.allclose(step, 0.01 * (ages @ slopes[:count]) / ages.sum())
        assert np.allclose(stretched.step(times * slopes[count - 1]), times * step)


def test_adams_first_step_is_the_rate_whatever_the_slope_and_the_printed_ones_is_not() -> None:
    for slope in (0.01, 1.0, 100.0):
        assert Steps("adam", 0.1).step(np.array([slope]))[0] == pytest.approx(0.1, rel=1e-4)
        assert Steps("adam-printed", 0.1).step(np.array([slope]))[0] == pytest.approx(0.1 * slope)
    assert (FIRST, SECOND, TINY) == (0.9, 0.999, 1e-8)


def test_a_pass_reads_every_row_once() -> None:
    read = []

    class Watched(Bowl):
        def slope(self, at: Floats, rows: Rows | None = None) -> Floats:
            read.append(rows)
            return super().slope(at, rows)

    found = run(Watched(np.ones((10, 1)), np.ones(1)), np.zeros(1), "sgd", rate=0.1, setting=Setting(6, 4), seed=1)
    assert sorted(np.concatenate(read[:3])) == sorted(np.concatenate(read[3:])) == list(range(10))
    assert found.updates[-1] == 6


def test_a_run_that_is_lost_is_stopped_and_says_so() -> None:
    found = run(bowl(1), np.ones(3), "descent", rate=50.0, setting=Setting(200, 4), seed=1)
    assert found.lost
    assert np.isfinite(found.loss).all()
    assert len(found.loss) == len(found.path) == len(found.updates) == len(found.seconds) < 61


def test_the_slope_of_the_logistic_loss_is_its_derivative() -> None:
    draw = np.random.default_rng(2)
    asked = Logistic(draw.normal(size=(30, 2)), draw.integers(0, 2, 30).astype(np.int8), -0.4)
    at, small = np.array([0.3, -1.2]), 1e-6
    measured = [(asked.loss(at + move) - asked.loss(at - move)) / (2 * small) for move in small * np.eye(2)]
    assert asked.slope(at) == pytest.approx(measured, abs=1e-8)
    halves = [asked.slope(at, rows) for rows in (np.arange(15), np.arange(15, 30))]
    assert np.mean(halves, axis=0) == pytest.approx(asked.slope(at))


def test_nothing_nearby_is_lower_than_the_lowest_point() -> None:
    draw = np.random.default_rng(2)
    asked = Logistic(draw.normal(size=(60, 2)), draw.integers(0, 2, 60).astype(np.int8), -0.4)
    lowest = asked.lowest()
    assert np.abs(asked.slope(lowest)).max() < 1e-9
    assert all(asked.loss(lowest + move) > asked.loss(lowest) for move in draw.normal(0, 0.1, (50, 2)))


def test_everybody_starts_from_the_same_places_and_the_same_seed_gives_the_same_race() -> None:
    starts, rates = np.random.default_rng(3).normal(size=(3, 3)), dict.fromkeys(WAYS, 0.05)
    once, again = (race(bowl(1), starts, rates, setting=Setting(20, 6), seed=9) for _ in range(2))
    for way in WAYS:
        assert np.array_equal([each.path[0] for each in once[way]], starts)
        assert all(np.array_equal(a.path, b.path) for a, b in zip(once[way], again[way], strict=True))
