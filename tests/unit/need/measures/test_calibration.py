import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from medalloc.need.measures.calibration import ISOTONIC_FROM, cross_fitted, fit_calibrator, log_odds


def drawn(rows: int, seed: int, steepness: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    scores = draw.normal(0, 2, rows)
    need = (draw.random(rows) < 1 / (1 + np.exp(-steepness * scores + 1))).astype(np.int8)
    need[:2] = [0, 1]
    return scores, need


@pytest.mark.parametrize("rows", [300, ISOTONIC_FROM])
def test_probabilities_rise_with_the_score_lie_in_the_unit_interval_and_add_up(rows: int) -> None:
    scores, need = drawn(rows, 1)
    curve = fit_calibrator(scores, need)
    made = curve(np.sort(scores))
    assert (np.diff(made) >= 0).all()
    assert 0 <= made.min() <= made.max() <= 1
    assert made.sum() == pytest.approx(need.sum(), rel=1e-6)
    assert 0 <= curve(np.array([-1e9]))[0] <= curve(np.array([1e9]))[0] <= 1


@given(st.integers(0, 10**6), st.floats(0.2, 3), st.floats(-100, 100), st.floats(0.01, 100))
@settings(max_examples=30)
def test_the_sigmoid_is_logistic_regression_whatever_the_unit(
    seed: int, steep: float, shift: float, unit: float
) -> None:
    scores, need = drawn(300, seed, steep)
    theirs = LogisticRegression(C=np.inf, tol=1e-8, max_iter=1000).fit(scores[:, None], need)
    ours = fit_calibrator(scores * unit + shift, need)(scores * unit + shift)
    np.testing.assert_allclose(ours, theirs.predict_proba(scores[:, None])[:, 1], atol=2e-3)


def test_perfectly_separated_scores_stay_finite() -> None:
    made = fit_calibrator(np.arange(20.0), (np.arange(20) >= 10).astype(np.int8))(np.arange(20.0))
    assert np.isfinite(made).all()
    assert made[0] < 0.05 < 0.95 < made[-1]


def test_a_score_that_points_the_wrong_way_says_only_the_share_in_need() -> None:
    made = fit_calibrator(-np.arange(100.0), (np.arange(100) >= 70).astype(np.int8))(np.array([0.0, -99.0]))
    np.testing.assert_allclose(made, 0.3)


def test_a_row_does_not_calibrate_itself() -> None:
    scores, need = drawn(200, 3)
    fold = np.arange(200) % 5
    before = cross_fitted(scores, need, fold)
    flipped = need.copy()
    flipped[fold == 2] = 1 - flipped[fold == 2]
    after = cross_fitted(scores, flipped, fold)
    np.testing.assert_array_equal(before[fold == 2], after[fold == 2])
    assert (before[fold != 2] != after[fold != 2]).any()


def test_log_odds_stay_finite_at_certainty() -> None:
    assert np.isfinite(log_odds(np.array([0.0, 1.0]))).all()
    assert log_odds(np.array([0.5]))[0] == 0


@given(st.integers(0, 10**6), st.integers(2, 80), st.booleans(), st.booleans())
def test_the_free_curve_is_that_of_scikit_learn(seed: int, rows: int, ties: bool, weighed: bool) -> None:
    draw = np.random.default_rng(seed)
    scores, need = drawn(rows, seed)
    scores = scores.round() if ties else scores
    weight = draw.random(rows) + 0.1 if weighed else None
    theirs = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, need, weight)
    asked = draw.uniform(-7, 7, 50)
    made = fit_calibrator(scores, need, "isotonic", weight)
    np.testing.assert_allclose(made(asked), theirs.predict(asked), atol=1e-12)
    assert made.scores is not None and (np.diff(made.scores) > 0).all()


def test_an_isotonic_curve_has_no_slope_of_its_own_and_is_flat_beyond_its_corners() -> None:
    scores, need = drawn(500, 3, 1.0)
    made = fit_calibrator(scores, need, "isotonic")
    assert (made.slope, made.intercept) == (0.0, 0.0)
    assert made.scores is not None and made.probabilities is not None
    beyond = made(np.array([made.scores[0] - 1e3, made.scores[-1] + 1e3]))
    assert beyond.tolist() == [made.probabilities[0], made.probabilities[-1]]
    assert made.probabilities.min() >= 0 and made.probabilities.max() <= 1


def test_the_curve_is_free_from_as_many_rows_on_and_a_sigmoid_below() -> None:
    scores, need = drawn(ISOTONIC_FROM, 4)
    assert fit_calibrator(scores, need).scores is not None
    assert fit_calibrator(scores[1:], need[1:]).scores is None
