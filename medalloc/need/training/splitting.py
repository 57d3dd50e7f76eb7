"""Which rows teach the model and which test it: never rows of one patient, and never the future the past."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.preparation.state import Rows
from medalloc.tables.table import Table

Floats = NDArray[np.float64]

FOLDS = 5
FEWEST_TO_LEARN_FROM = 10
"""Rows of each answer that the earlier stretches must hold, so that time can decide the split."""


@dataclass(frozen=True, eq=False)
class Split:
    """Rows to learn from and rows to test on."""

    train: Rows
    """Rows the model learns from, in the table's order."""

    test: Rows
    """Rows it is tested on, in the table's order."""


@dataclass(frozen=True, eq=False)
class Folds:
    """Which rows are tested together, and from which rows a model learns before it predicts them."""

    kind: str
    """``time`` (earlier rows teach, later rows test), ``patient`` (grouped) or ``chance`` (stratified)."""

    of_row: NDArray[np.int64]
    """Fold of each row; -1 for the first stretch of time, which is only learnt from. Shape (rows,)."""

    patients: NDArray[np.int64] | None = None
    """Patient of each row, when patients repeat. Shape (rows,)."""

    @property
    def count(self) -> int:
        """Number of tested folds."""
        return int(self.of_row.max()) + 1

    def tested(self, number: int) -> NDArray[np.bool_]:
        """Return the rows of a fold, shape (rows,)."""
        return np.asarray(self.of_row == number)

    def learnt(self, number: int) -> NDArray[np.bool_]:
        """Return the rows a model learns from before it predicts a fold, shape (rows,).

        In order of time these are all earlier rows, without the patients of the fold. For the first stretch, which is
        never scored, they are all later rows.
        """
        if self.kind != "time":
            return np.asarray(self.of_row != number)
        free = ~self.tested(number) if number < 0 else self.of_row < number
        if self.patients is None:
            return np.asarray(free)
        return np.asarray(free & ~np.isin(self.patients, self.patients[self.tested(number)]))


def patient_groups(table: Table) -> NDArray[np.int64] | None:
    """Return a number per row that is the same for rows of one patient, or None when nobody repeats.

    A row without an id is a patient of its own.
    """
    name = table.column("patient id")
    if name is None:
        return None
    codes, _ = pd.factorize(table.frame[name])
    missing = codes < 0
    if len(codes) == 0 or (codes.max() + 1 == len(codes) - missing.sum()):
        return None
    codes = codes.astype(np.int64)
    codes[missing] = codes.max() + 1 + np.arange(missing.sum())
    return codes


def split(rows: Rows, need: NDArray[np.int8], groups: NDArray[np.int64] | None, *, share: float, seed: int) -> Split:
    """Set a share of the rows aside for the test, with the same share of need on both sides.

    Parameters
    ----------
    need : ndarray of int
        0 or 1 for every row of the table.
    groups : ndarray of int, optional
        Patient of every row of the table; rows of one patient stay together.
    share : float
        Share of rows (of patients, when they repeat) to set aside. [fraction]
    """
    test = _drawn_order(rows, need, groups, seed) < share
    return Split(rows[~test], rows[test])


def time_split(rows: Rows, times: Floats, groups: NDArray[np.int64] | None, *, share: float) -> Split:
    """Set the latest rows aside for the test; rows of their patients are not learnt from.

    Rows of one moment stay together, so that the test holds at most the share that was asked for. A row without a
    time counts as the earliest.
    """
    when = _filled(times[rows])
    test = when > np.quantile(when, 1 - share, method="inverted_cdf")
    train = ~test if groups is None else ~test & ~np.isin(groups[rows], groups[rows[test]])
    return Split(rows[train], rows[test])


def plan_folds(
    rows: Rows,
    need: NDArray[np.int8],
    groups: NDArray[np.int64] | None,
    times: Floats | None,
    *,
    seed: int,
    count: int = FOLDS,
) -> Folds:
    """Return the folds that suit what is known of the rows: by time, else by patient, else by chance.

    Parameters
    ----------
    need : ndarray of int
        0 or 1 for every row of the table.
    groups : ndarray of int, optional
        Patient of every row of the table, when patients repeat.
    times : ndarray, optional
        When every row of the table was; only for times that `can_split`.
    count : int
        Number of folds; by time there may be fewer, because rows of one moment stay together.
    """
    who = None if groups is None else groups[rows]
    if times is not None:
        return Folds("time", _stretches(times[rows], count), who)
    return Folds("chance" if groups is None else "patient", folds(rows, need, groups, seed=seed, count=count), who)


def can_split(rows: Rows, need: NDArray[np.int8], groups: NDArray[np.int64] | None, times: Floats) -> bool:
    """Whether there are at least two later stretches, each with enough rows of both answers before it."""
    planned = plan_folds(rows, need, groups, times, seed=0)
    if planned.count < 2:
        return False
    learnt = [need[rows][planned.learnt(number)] for number in range(-1, planned.count)]
    return all(min(int(np.sum(part == 0)), int(np.sum(part == 1))) >= FEWEST_TO_LEARN_FROM for part in learnt)


def _stretches(times: Floats, count: int) -> NDArray[np.int64]:
    """Return the stretch of time of each row, from -1 on: stretches have like sizes and part no moment."""
    when = _filled(times)
    ordered = np.sort(when)
    cuts = np.unique(ordered[(np.arange(1, count + 1) * len(ordered)) // (count + 1)])
    stretch = np.searchsorted(cuts, when, side="right")
    return np.asarray(np.unique(stretch, return_inverse=True)[1], dtype=np.int64) - 1


def _filled(times: Floats) -> Floats:
    return np.where(np.isnan(times), -np.inf, times)


def article_split(rows: Rows, *, share: float, seed: int) -> Split:
    """Split exactly as scikit-learn's ``train_test_split`` does; the training rows keep its order."""
    from sklearn.model_selection import train_test_split

    train, test = train_test_split(rows, test_size=share, random_state=seed)
    return Split(train, test)


def folds(
    rows: Rows, need: NDArray[np.int8], groups: NDArray[np.int64] | None, *, seed: int, count: int = FOLDS
) -> NDArray[np.int64]:
    """Return the fold of each of the rows, 0 to count - 1, shape (len(rows),), with like shares of need."""
    return np.minimum((_drawn_order(rows, need, groups, seed) * count).astype(np.int64), count - 1)


def _drawn_order(
    rows: Rows, need: NDArray[np.int8], groups: NDArray[np.int64] | None, seed: int
) -> NDArray[np.float64]:
    """Return a place in [0, 1) for each row: drawn, evenly spaced within each answer, one per patient."""
    answers = need[rows]
    if groups is None:
        return _even_places(answers, seed)
    _, member = np.unique(groups[rows], return_inverse=True)
    # A patient counts as in need when any of their rows is: rare answers are spread over the folds.
    any_need = np.zeros(member.max() + 1, dtype=np.int8)
    np.maximum.at(any_need, member, answers)
    return _even_places(any_need, seed)[member]


def _even_places(answers: NDArray[np.int8], seed: int) -> NDArray[np.float64]:
    draw = np.random.default_rng(seed)
    places = np.empty(len(answers))
    for answer in (0, 1):
        held = np.flatnonzero(answers == answer)
        places[held] = draw.permutation(len(held)) / max(len(held), 1)
    return places
