import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.evaluation.decision import DecisionCurve, Worth, decision_curve, worth
from medalloc.need.measures.bootstrap import Interval

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


@given(
    st.lists(st.tuples(st.sampled_from([-0.1, 0.0, 0.2]), st.sampled_from([-0.1, 0.0, 0.2])), min_size=3, max_size=9)
)
def test_a_curve_says_from_where_to_where_it_is_above_both_and_whether_it_always_is(
    heights: list[tuple[float, float]],
) -> None:
    model, everybody = map(np.array, zip(*heights, strict=True))
    curve = DecisionCurve(np.arange(len(heights)) / 10, model, everybody)
    above = [place for place, (one, other) in enumerate(heights) if one > max(other, 0)]
    assert curve.useful().tolist() == [place in above for place in range(len(heights))]
    said = str(curve.in_words())
    assert ("At no threshold" in said) == (not above)
    if above:
        assert f"from {10 * above[0]}% to {10 * above[-1]}%" in said
        assert ("but not at all of them" in said) == (len(above) < above[-1] - above[0] + 1)


@pytest.mark.parametrize(
    ("low", "gain", "high", "said"),
    [
        (0.01, 0.02, 0.03, "as good as finding 2.0 more in need at no false alarm (95% interval 1.0 to 3.0)"),
        (-0.03, -0.02, -0.01, "as bad as missing 2.0 in need (95% interval 1.0 to 3.0)"),
        (-0.01, 0.02, 0.03, "cannot be told apart from treating all (of 100 patients 2.0, 95% interval -1.0 to 3.0)"),
        (0.0, 0.02, 0.03, "cannot be told apart"),
        (-0.03, -0.02, 0.0, "cannot be told apart"),
    ],
)
def test_what_acting_is_worth_is_said_as_a_gain_or_as_a_loss_of_100_patients(
    low: float, gain: float, high: float, said: str
) -> None:
    words = str(Worth(gain, Interval(low, high), everybody=True).in_words(0.25))
    assert said in words and "At 25%" in words and "treating all" in words
    assert "treating none" in str(Worth(gain, Interval(low, high), everybody=False).in_words(0.25))
