"""One tree against many: the picture each draws, and what each is worth on patients it has not seen."""

from dataclasses import dataclass

import numpy as np

from medalloc.lessons.margin import places_of
from medalloc.lessons.sample import Floats, Sample, standardised
from medalloc.need.measures.scores import roc_auc

MOST_TREES = 100
STEPS = 60


@dataclass(frozen=True, eq=False)
class Grown:
    """A forest as it grows, tree by tree."""

    horizontal: Floats
    """Places of the picture along the first column, in its unit, shape (steps,)."""

    vertical: Floats
    """Along the second column, shape (steps,)."""

    surfaces: Floats
    """Probability of need that the first t trees give, shape (trees, steps, steps). [fraction]"""

    train_auc: Floats
    """ROC AUC of the first t trees on the patients they learned from, shape (trees,)."""

    test_auc: Floats
    """The same on patients they have not seen."""

    single_auc: Floats
    """ROC AUC of each tree by itself on patients it has not seen, shape (trees,)."""

    agreement: float
    """Mean correlation of two trees' answers on patients they have not seen; NaN with one tree. [1]"""


def grow(train: Sample, test: Sample, *, depth: int, seed: int, trees: int = MOST_TREES) -> Grown:
    """Grow a forest and look at it after every tree.

    Parameters
    ----------
    depth : int
        Questions that a tree may ask one after the other. [count]
    seed : int
        Decides which patients each tree learns from, and which columns it may ask about.
    trees : int
        Trees to grow. [count]
    """
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(n_estimators=trees, max_depth=depth, random_state=seed)
    forest.fit(standardised(train.values, by=train.values), train.need)

    def each_tree(places: Floats) -> Floats:
        return np.array([tree.predict_proba(places)[:, 1] for tree in forest.estimators_])

    def of_the_first(answers: Floats) -> Floats:
        counted = np.arange(1, len(answers) + 1, dtype=np.float64)
        return np.asarray(np.cumsum(answers, axis=0) / counted.reshape(-1, *[1] * (answers.ndim - 1)))

    seen, unseen = (each_tree(standardised(part.values, by=train.values)) for part in (train, test))
    horizontal, vertical, places = places_of(train, STEPS)
    return Grown(
        horizontal,
        vertical,
        of_the_first(each_tree(places).reshape(trees, STEPS, STEPS)),
        np.array([roc_auc(train.need, said) for said in of_the_first(seen)]),
        np.array([roc_auc(test.need, said) for said in of_the_first(unseen)]),
        np.array([roc_auc(test.need, said) for said in unseen]),
        _agreement(unseen),
    )


def _agreement(answers: Floats) -> float:
    varied = answers[answers.std(axis=1) > 0]
    if len(varied) < 2:
        return float("nan")
    both = np.corrcoef(varied)
    return float(both[np.triu_indices(len(varied), k=1)].mean())
