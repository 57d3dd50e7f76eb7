"""Which rows teach the model and which test it: a patient's rows never fall on both sides."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.preparation.fitting import Rows
from medalloc.tables.table import Table

FOLDS = 5


@dataclass(frozen=True, eq=False)
class Split:
    """Rows to learn from and rows to test on."""

    train: Rows
    """Rows the model learns from, in the table's order."""

    test: Rows
    """Rows it is tested on, in the table's order."""


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
    rows : ndarray of int
        Rows to split.
    need : ndarray of int
        0 or 1 for every row of the table.
    groups : ndarray of int, optional
        Patient of every row of the table; rows of one patient stay together.
    share : float
        Share of rows (of patients, when they repeat) to set aside. [fraction]
    seed : int
        Decides which.
    """
    test = _drawn_order(rows, need, groups, seed) < share
    return Split(rows[~test], rows[test])


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
