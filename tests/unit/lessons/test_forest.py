import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

from medalloc.lessons.forest import Grown, grow
from medalloc.lessons.sample import Sample, halves, standardised


@pytest.fixture
def parts(two: Sample) -> tuple[Sample, Sample]:
    return halves(two, share=0.5, seed=1)


@pytest.fixture
def grown(parts: tuple[Sample, Sample]) -> Grown:
    return grow(*parts, depth=4, seed=1, trees=12)


def test_all_trees_together_say_what_the_forest_says(grown: Grown, parts: tuple[Sample, Sample]) -> None:
    train, test = parts
    forest = RandomForestClassifier(n_estimators=12, max_depth=4, random_state=1)
    forest.fit(standardised(train.values, by=train.values), train.need)
    said = forest.predict_proba(standardised(test.values, by=train.values))[:, 1]
    assert grown.test_auc[-1] == pytest.approx(roc_auc_score(test.need, said))


def test_the_first_tree_is_a_forest_of_one(grown: Grown) -> None:
    assert grown.test_auc[0] == grown.single_auc[0]
    assert len(grown.train_auc) == len(grown.test_auc) == len(grown.surfaces) == 12


def test_probabilities_stay_between_0_and_1_and_trees_agree_more_than_by_chance(grown: Grown) -> None:
    assert grown.surfaces.min() >= 0
    assert grown.surfaces.max() <= 1 + 1e-12
    assert 0 < grown.agreement <= 1


def test_deeper_trees_know_their_own_patients_better(parts: tuple[Sample, Sample]) -> None:
    flat, deep = (grow(*parts, depth=depth, seed=1, trees=10) for depth in (1, 12))
    assert deep.train_auc[-1] > flat.train_auc[-1]


def test_one_tree_has_nobody_to_agree_with(parts: tuple[Sample, Sample]) -> None:
    assert np.isnan(grow(*parts, depth=2, seed=1, trees=1).agreement)
