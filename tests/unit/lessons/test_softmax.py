import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from medalloc.lessons.softmax import fit_softmax, said_by, softmax


@given(st.lists(st.floats(-500, 500), min_size=2, max_size=6))
def test_probabilities_sum_to_1_and_keep_the_order_of_scores(scores: list[float]) -> None:
    said = softmax(np.array(scores))
    assert said.sum() == pytest.approx(1)
    assert said[int(np.argmax(scores))] == said.max()


@given(st.integers(0, 1000), st.sampled_from([2, 3, 4]))
@settings(max_examples=15)
def test_the_fit_is_that_of_an_independent_implementation(seed: int, classes: int) -> None:
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(80, 3))
    answers = np.append(np.arange(classes), draw.integers(0, classes, 80 - classes))
    ours = said_by(fit_softmax(features, answers, classes=classes, penalty=1.0), features)
    # two sets of weights share what one set would carry alone: half the penalty
    other = LogisticRegression(C=2.0 if classes == 2 else 1.0, tol=1e-10, max_iter=5000).fit(features, answers)
    theirs = other.predict_proba(features)
    assert np.abs(ours - theirs).max() < 1e-4


def test_answers_that_can_be_told_for_sure_do_not_run_away() -> None:
    features = np.array([[-1.0], [-1.0], [1.0], [1.0]])
    weights = fit_softmax(features, np.array([0, 0, 1, 1]), classes=2, penalty=0.1)
    assert np.isfinite(weights).all()
    assert said_by(weights, features)[0, 0] > 0.7
