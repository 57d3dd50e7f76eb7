"""For whom the answer is clear, and for whom it must be "either": conformal sets that keep their promise to both."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.sentences import Sentence, counted

Floats = NDArray[np.float64]
Sets = NDArray[np.bool_]

LEVELS = (0.8, 0.9, 0.95)
"""Shares of those in need, and of those not, whose true answer shall be in their set."""


@dataclass(frozen=True)
class ConformalLevel:
    """What sets that hold the true answer this often look like."""

    level: float
    """Share of those in need, and of those not, whose true answer shall be in their set. [fraction]"""

    coverage: float
    """Share for whom it was, among rows that neither the model nor the sets had seen. [fraction]"""

    either: float
    """Share whose set is "in need or not": the data do not tell. [fraction]"""

    neither: float
    """Share whose set is empty: even the more probable answer is less probable than the level requires. [fraction]"""

    rows: int
    """Rows that were told apart. [count]"""

    in_need: float | None = None
    """Coverage among those in need; None without any. [fraction]"""

    not_in_need: float | None = None
    """Coverage among those not in need; None without any. [fraction]"""

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
        return counted(
            "At a target coverage of {level} of 100 in need and of 100 who are not, {either} of 100 patients get "
            "“either”, because the data do not tell; {one} get one answer. It was right for {in_need} of 100 in need "
            "and {not_in_need} of 100 others ({rows} held-out row).",
            "At a target coverage of {level} of 100 in need and of 100 who are not, {either} of 100 patients get "
            "“either”, because the data do not tell; {one} get one answer. It was right for {in_need} of 100 in need "
            "and {not_in_need} of 100 others ({rows} held-out rows).",
            "rows",
            level=round(100 * self.level),
            either=round(100 * self.either),
            one=round(100 * self.one),
            in_need="–" if self.in_need is None else round(100 * self.in_need, 1),
            not_in_need="–" if self.not_in_need is None else round(100 * self.not_in_need, 1),
            rows=self.rows,
        )


def conformal_sets(
    seen_need: NDArray[np.int8], seen: Floats, probability: Floats, level: float, weight: Floats | None = None
) -> Sets:
    """Return which answers each new row may have: least ambiguous sets, for each answer by itself.

    Parameters
    ----------
    seen_need : ndarray
        0 or 1 for rows the model had not learned from, shape (rows seen,).
    seen : ndarray
        Probability of need the model gave them, shape (rows seen,). [fraction]
    probability : ndarray
        Probability of need of the new rows, shape (rows,). [fraction]
    level : float
        Share of new rows whose true answer shall be in their set, of those in need and of those not. [fraction]
    weight : ndarray, optional
        How much each row seen counts; a new row counts 1. Shape (rows seen,).

    Returns
    -------
    ndarray of bool
        Whether "not in need" and "in need" are in the set, shape (rows, 2).

    Notes
    -----
    What must hold for an answer to be in a set is learnt from the rows with that answer alone (Mondrian sets): where
    few are in need, sets that are right for most of all patients can be wrong for nearly all of those. An answer with
    too few rows to be left out of any set is in every set. The coverage holds on average over patients when the new
    ones come like those seen; not for every group of them, and not when they change with time.

    References
    ----------
    .. [1] M. Sadinle, J. Lei, L. Wasserman, "Least Ambiguous Set-Valued Classifiers with Bounded Error Levels",
       Journal of the American Statistical Association 114, 2019. doi:10.1080/01621459.2017.1395341
    .. [2] V. Vovk, "Conditional Validity of Inductive Conformal Predictors", Machine Learning 92, 2013.
       doi:10.1007/s10994-013-5355-6
    """
    made = np.ones((len(probability), 2), dtype=bool)
    counts = np.ones(len(seen)) if weight is None else weight
    for answer in (0, 1):
        of_answer = seen_need == answer
        doubt = np.abs(answer - seen[of_answer])
        order = np.argsort(doubt, kind="stable")
        doubt, summed = doubt[order], np.cumsum(counts[of_answer][order])
        # one row further out than the plain quantile, because the new row is one of them as well
        place = int(np.searchsorted(summed, (counts[of_answer].sum() + 1) * level - 1e-9))
        if place < len(doubt):
            made[:, answer] = np.abs(answer - probability) <= doubt[place] + 1e-12
    return made


def conformal_levels(
    need: NDArray[np.int8],
    probability: Floats,
    fold: NDArray[np.int64],
    *,
    in_order: bool = False,
    levels: tuple[float, ...] = LEVELS,
    weight: Floats | None = None,
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
    weight : ndarray, optional
        How much each row counts, 1 on average, shape (rows,).
    """
    counts = np.ones(len(need)) if weight is None else weight
    numbers = [int(number) for number in np.unique(fold[fold >= 0])]
    measured = []
    for level in levels:
        sets, judged = [], []
        for number in numbers:
            seen, told = (fold >= 0) & (fold < number if in_order else fold != number), fold == number
            if not _enough(need[seen], level):
                continue
            sets.append(conformal_sets(need[seen], probability[seen], probability[told], level, counts[seen]))
            judged.append(np.flatnonzero(told))
        if sets:
            measured.append(_measured(level, np.concatenate(sets), need[rows := np.concatenate(judged)], counts[rows]))
    return tuple(measured)


def _enough(need: NDArray[np.int8], level: float) -> bool:
    """Whether a set of this level can be smaller than everything: it takes 20 rows for 95 %."""
    return len(need) > 1 / (1 - level) + 1e-9 and len(np.unique(need)) == 2


def _measured(level: float, sets: Sets, need: NDArray[np.int8], weight: Floats) -> ConformalLevel:
    size, held = sets.sum(axis=1), sets[np.arange(len(need)), need]

    def share(of: NDArray[np.bool_], among: NDArray[np.bool_] | slice = slice(None)) -> float:
        return float(np.average(of[among], weights=weight[among]))

    in_need, others = (share(held, need == each) if (need == each).any() else None for each in (1, 0))
    return ConformalLevel(
        level,
        coverage=share(held),
        either=share(size == 2),
        neither=share(size == 0),
        rows=len(need),
        in_need=in_need,
        not_in_need=others,
    )
