import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from medalloc.need.measures.scores import (
    average_precision,
    calibration_curve,
    roc_auc,
    roc_curve_points,
    scores,
)

# Few distinct values, so that ties are common.
PAIRS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5001, 0.9, 1.0])), min_size=2)
BOTH = PAIRS.filter(lambda pairs: len({need for need, _ in pairs}) == 2)


def arrays(pairs: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([need for need, _ in pairs]), np.array([probability for _, probability in pairs])


@given(BOTH)
@settings(max_examples=80)
def test_every_score_is_scikit_learns(pairs: list[tuple[int, float]]) -> None:
    need, probability = arrays(pairs)
    found = scores(need, probability)
    called = probability > 0.5
    assert found.accuracy == pytest.approx(metrics.accuracy_score(need, called))
    assert found.balanced_accuracy == pytest.approx(metrics.balanced_accuracy_score(need, called))
    assert found.roc_auc == pytest.approx(metrics.roc_auc_score(need, probability))
    assert found.average_precision == pytest.approx(metrics.average_precision_score(need, probability))
    assert found.brier == pytest.approx(metrics.brier_score_loss(need, probability))
    assert found.majority_accuracy == pytest.approx(max(need.mean(), 1 - need.mean()))


@given(BOTH)
@settings(max_examples=40)
def test_the_curve_encloses_the_area(pairs: list[tuple[int, float]]) -> None:
    need, probability = arrays(pairs)
    curve = roc_curve_points(need, probability)
    area = np.trapezoid(curve.true_positive_rate, curve.false_positive_rate)
    assert area == pytest.approx(roc_auc(need, probability))
    assert (curve.false_positive_rate[-1], curve.true_positive_rate[-1]) == (1, 1)
    assert (np.diff(curve.threshold) < 0).all()


@given(PAIRS, st.integers(1, 12))
@settings(max_examples=40)
def test_calibration_bins_hold_every_row_once(pairs: list[tuple[int, float]], bins: int) -> None:
    need, probability = arrays(pairs)
    curve = calibration_curve(need, probability, bins=bins)
    assert curve.count.sum() == len(pairs)
    assert (curve.count > 0).all()
    assert len(curve.count) <= bins
    assert np.dot(curve.count, curve.observed) == pytest.approx(need.sum())
    assert np.dot(curve.count, curve.predicted) == pytest.approx(probability.sum())
    assert (np.diff(curve.predicted) > 0).all()


@given(BOTH, st.floats(0.1, 10))
@settings(max_examples=40)
def test_the_area_knows_only_the_order(pairs: list[tuple[int, float]], factor: float) -> None:
    need, probability = arrays(pairs)
    assert roc_auc(need, np.exp(factor * probability)) == pytest.approx(roc_auc(need, probability))
    assert roc_auc(1 - need, probability) == pytest.approx(1 - roc_auc(need, probability))


def test_with_one_answer_areas_are_not_defined() -> None:
    assert np.isnan(roc_auc([1, 1], [0.1, 0.2]))
    assert np.isnan(average_precision([0, 0], [0.1, 0.2]))
    assert np.isnan(scores([0, 0], [0.1, 0.2]).balanced_accuracy)
    assert np.isnan(roc_curve_points([1, 1], [0.1, 0.2]).false_positive_rate[1:]).all()


def test_ninety_one_percent_accuracy_can_be_always_saying_no() -> None:
    need = np.zeros(1000)
    need[:88] = 1
    found = scores(need, np.full(1000, 0.088))
    assert found.accuracy == found.majority_accuracy == 0.912
    assert (found.roc_auc, found.balanced_accuracy) == (0.5, 0.5)


def test_arrays_of_different_length_are_a_bug() -> None:
    with pytest.raises(ValueError, match="both must be"):
        scores([0, 1], [0.5])
