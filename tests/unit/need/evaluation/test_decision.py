import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.evaluation.decision import decision_curve, worth

CASES = st.tuples(st.integers(4, 60), st.integers(0, 10**6), st.booleans())


def case(what: tuple[int, int, bool]) -> tuple[np.ndarray, np.ndarray]:
    rows, seed, tied = what
    draw = np.random.default_rng(seed)
    probability = draw.random(rows)
    return (draw.random(rows) < probability).astype(int), probability.round(1) if tied else probability


@given(CASES)
@settings(max_examples=40)
def test_at_threshold_0_the_model_is_acting_for_everybody(what: tuple[int, int, bool]) -> None:
    need, probability = case(what)
    curve = decision_curve(need, probability)
    assert curve.threshold[0] == 0
    assert curve.model[0] == curve.everybody[0] == pytest.approx(need.mean())


@given(CASES)
@settings(max_examples=40)
def test_net_benefit_is_counted_as_the_definition_says(what: tuple[int, int, bool]) -> None:
    need, probability = case(what)
    curve = decision_curve(need, probability, np.array([0.05, 0.3, 0.5, 0.8]))
    for threshold, model, everybody in zip(curve.threshold, curve.model, curve.everybody, strict=True):
        odds = threshold / (1 - threshold)
        called = probability >= threshold
        assert model == pytest.approx(np.mean(called & (need == 1)) - odds * np.mean(called & (need == 0)))
        assert everybody == pytest.approx(np.mean(need == 1) - odds * np.mean(need == 0))
        assert model <= need.mean() + 1e-12


def test_a_coin_is_never_worth_more_than_the_better_of_everybody_and_nobody() -> None:
    curve = decision_curve(np.tile([0, 1], 100), np.full(200, 0.5))
    assert not curve.useful().any()
    assert "At no threshold" in str(curve.in_words())
    sharp = decision_curve(np.tile([0, 1], 100), np.tile([0.1, 0.9], 100))
    assert sharp.useful()[11:90].all()
    assert "at thresholds from 11% to 90%" in str(sharp.in_words())


def test_the_worth_at_a_threshold_is_the_curves_height_above_doing_without() -> None:
    need, probability = case((400, 2, False))
    for threshold in (0.1, 0.3, 0.6):
        curve = decision_curve(need, probability, np.array([threshold]))
        found = worth(need, probability, threshold)
        assert found.gain == pytest.approx(curve.model[0] - max(curve.everybody[0], 0.0))
        assert found.everybody == (curve.everybody[0] > 0)
        assert found.interval.low <= found.gain <= found.interval.high


def test_words_follow_the_interval() -> None:
    need = np.tile([0, 1], 200)
    draw = np.random.default_rng(1)
    sharp, blind, wrong = np.where(need == 1, 0.9, 0.1), draw.random(400), np.where(need == 1, 0.1, 0.9)
    assert "as good as finding 50.0 more in need" in str(worth(need, sharp, 0.5).in_words(0.5))
    assert "cannot be told apart from treating all" in str(worth(need, np.full(400, 0.9), 0.4).in_words(0.4))
    assert "does harm" in str(worth(need, wrong, 0.5).in_words(0.5))
    assert "does harm" in str(worth(need, blind, 0.2).in_words(0.2))
