"""For whom the answer is clear, and for whom it must be "either": conformal sets with a coverage that is kept."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]
Sets = NDArray[np.bool_]

LEVELS = (0.8, 0.9, 0.95)
"""Shares of patients whose true answer shall be in their set."""


@dataclass(frozen=True)
class ConformalLevel:
    """What sets that hold the true answer this often look like."""

    level: float
    """Share of patients whose true answer shall be in their set. [fraction]"""

    coverage: float
    """Share for whom it was, among rows that neither the model nor the sets had seen. [fraction]"""

    either: float
    """Share whose set is "in need or not": the data do not tell. [fraction]"""

    neither: float
    """Share whose set is empty: even the more probable answer is less probable than the level requires. [fraction]"""

    rows: int
    """Rows that were told apart. [count]"""

    @property
    def one(self) -> float:
        """Share with a single answer. [fraction]."""
        return 1.0 - self.either - self.neither

    @property
    def mean_size(self) -> float:
        """Mean number of answers in a set, 0 to 2. [count]."""
        return 2 * self.either + self.one

    def in_words(self) -> Sentence:
        """Say for how many patients the answer is clear."""
        return sentence(
            "If the answer shall be right for {level} of 100 patients: for {either} of 100 it must be “either”, "
            "because the data do not tell; {one} get one answer. It was right for {coverage} of 100 ({rows} rows that "
            "the model had not seen).",
            level=round(100 * self.level),
            either=round(100 * self.either),
            one=round(100 * self.one),
            coverage=round(100 * self.coverage, 1),
            rows=self.rows,
        )


def conformal_sets(seen_need: NDArray[np.int8], seen: Floats, probability: Floats, level: float) -> Sets:
    """Return which answers each new row may have, by MAPIE's split-conformal classifier with the LAC score.

    Parameters
    ----------
    seen_need : ndarray
        0 or 1 for rows the model had not learned from, shape (rows seen,).
    seen : ndarray
        Probability of need the model gave them, shape (rows seen,). [fraction]
    probability : ndarray
        Probability of need of the new rows, shape (rows,). [fraction]
    level : float
        Share of new rows whose true answer shall be in their set. [fraction]

    Returns
    -------
    ndarray of bool
        Whether "not in need" and "in need" are in the set, shape (rows, 2).

    Notes
    -----
    The coverage holds on average over patients when the new ones come like those seen; not for each group of them, and
    not when they change with time.

    References
    ----------
    .. [1] M. Sadinle, J. Lei, L. Wasserman, "Least Ambiguous Set-Valued Classifiers with Bounded Error Levels",
       Journal of the American Statistical Association 114, 2019. doi:10.1080/01621459.2017.1395341
    """
    from mapie.classification import SplitConformalClassifier

    sets = SplitConformalClassifier(_said(), confidence_level=level, conformity_score="lac", prefit=True)
    sets.conformalize(seen[:, None], seen_need.astype(np.int64))
    _, made = sets.predict_set(probability[:, None])
    return np.asarray(made[:, :, 0], dtype=bool)


def conformal_levels(
    need: NDArray[np.int8],
    probability: Floats,
    fold: NDArray[np.int64],
    *,
    in_order: bool = False,
    levels: tuple[float, ...] = LEVELS,
) -> tuple[ConformalLevel, ...]:
    """Measure sets fold by fold: each fold's sets are learnt from the other folds only.

    Parameters
    ----------
    need : ndarray
        0 or 1, shape (rows,).
    probability : ndarray
        Out-of-fold probability of need, shape (rows,). [fraction]
    fold : ndarray of int
        Fold of each row, shape (rows,); negative for rows that are not to be used.
    in_order : bool
        Whether folds follow each other in time; then a fold's sets are learnt from earlier folds only.
    levels : tuple of float
        Levels to measure; those for which there are too few rows are left out.
    """
    numbers = [int(number) for number in np.unique(fold[fold >= 0])]
    measured = []
    for level in levels:
        sets, truth = [], []
        for number in numbers:
            seen, told = (fold >= 0) & (fold < number if in_order else fold != number), fold == number
            if not _enough(need[seen], level):
                continue
            sets.append(conformal_sets(need[seen], probability[seen], probability[told], level))
            truth.append(need[told])
        if sets:
            measured.append(_measured(level, np.concatenate(sets), np.concatenate(truth)))
    return tuple(measured)


def _enough(need: NDArray[np.int8], level: float) -> bool:
    """Whether a set of this level can be smaller than everything: it takes 20 rows for 95 %."""
    return len(need) > 1 / (1 - level) + 1e-9 and len(np.unique(need)) == 2


def _measured(level: float, sets: Sets, need: NDArray[np.int8]) -> ConformalLevel:
    size = sets.sum(axis=1)
    return ConformalLevel(
        level,
        coverage=float(sets[np.arange(len(need)), need].mean()),
        either=float(np.mean(size == 2)),
        neither=float(np.mean(size == 0)),
        rows=len(need),
    )


def _said() -> Any:
    """Return a fitted classifier whose only column is the probability of need itself."""
    from sklearn.base import BaseEstimator, ClassifierMixin

    class Said(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
        """Repeats the probability it is given: the model behind it has spoken already."""

        def fit(self, matrix: Floats, need: NDArray[np.int64]) -> "Said":  # noqa: ARG002
            """Know the two answers."""
            self.classes_, self.n_features_in_ = np.array([0, 1]), 1
            return self

        def predict_proba(self, matrix: Floats) -> Floats:
            """Return the probability of both answers, shape (rows, 2)."""
            return np.column_stack([1 - matrix[:, 0], matrix[:, 0]])

        def predict(self, matrix: Floats) -> NDArray[np.int64]:
            """Return the more probable answer."""
            return (matrix[:, 0] > 0.5).astype(np.int64)

    return Said().fit(np.zeros((2, 1)), np.array([0, 1]))
