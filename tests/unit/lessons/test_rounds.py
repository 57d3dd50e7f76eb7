import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import log_loss as other_log_loss

from medalloc.lessons.rounds import Boosted, boost, log_loss, residuals
from medalloc.lessons.sample import Sample, halves


@pytest.fixture
def parts(two: Sample) -> tuple[Sample, Sample]:
    return halves(two, share=0.5, seed=1)


@pytest.fixture
def boosted(parts: tuple[Sample, Sample]) -> Boosted:
    return boost(*parts, rate=0.3, depth=2, rounds=25)


def test_every_round_is_that_of_an_independent_implementation(boosted: Boosted, parts: tuple[Sample, Sample]) -> None:
    train, _ = parts
    other = GradientBoostingClassifier(learning_rate=0.3, max_depth=2, n_estimators=25, random_state=0)
    other.fit(train.values, train.need)
    losses = [other_log_loss(train.need, said) for said in other.staged_predict_proba(train.values)]
    assert boosted.train_loss[1:] == pytest.approx(losses, rel=0.02)


def test_round_0_gives_everybody_the_share_in_need(boosted: Boosted, parts: tuple[Sample, Sample]) -> None:
    assert np.allclose(boosted.train[0], parts[0].need.mean())
    assert np.allclose(boosted.test[0], parts[0].need.mean())


def test_a_small_step_always_lowers_the_loss_on_the_patients_learned_from(parts: tuple[Sample, Sample]) -> None:
    assert (np.diff(boost(*parts, rate=0.1, depth=2, rounds=30).train_loss) < 1e-9).all()


def test_the_best_round_is_the_lowest_point_of_the_test(boosted: Boosted) -> None:
    assert boosted.test_loss[boosted.best_round] == boosted.test_loss.min()


def test_residuals_of_round_0_sum_to_nothing_and_count_everybody(
    boosted: Boosted, parts: tuple[Sample, Sample]
) -> None:
    train, _ = parts
    left = residuals(train, "age", boosted.train[0])
    assert left.count.sum() == len(train.need)
    assert (left.count * left.residual).sum() == pytest.approx(0, abs=1e-9)
    assert (np.diff(left.value) > 0).all()


def test_equal_values_are_never_in_different_groups(parts: tuple[Sample, Sample], boosted: Boosted) -> None:
    train, _ = parts
    left = residuals(train, "visits", boosted.train[0], groups=50)
    assert len(left.count) <= len(np.unique(train.values[:, 1]))


def test_a_coin_toss_has_log_loss_ln_2() -> None:
    assert log_loss(np.array([0, 1], dtype=np.int8), np.array([0.5, 0.5])) == pytest.approx(np.log(2))
