"""What a model would say of patients if one column had another value: partial dependence and its single curves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.need.explanation.ranges import ColumnRange, column_range
from medalloc.need.explanation.subject import Floats, Subject
from medalloc.preparation.state import Rows

ROWS = 500
"""Held-out rows over which the mean is taken."""

POINTS = 25
"""Values of a column of numbers that are tried."""

MOST_LEVELS = 30
"""Levels of a column of text that are tried, the most frequent ones."""


@dataclass(frozen=True, eq=False)
class Dependence:
    """What the model says when one column is set to each of several values and all others stay as they are."""

    column: ColumnRange
    """The column."""

    values: tuple[Any, ...]
    """Values that were tried, shape (v,)."""

    rows: Rows
    """Held-out rows it was tried on, shape (r,)."""

    held_out: int
    """Held-out rows there are. [count]"""

    curves: Floats
    """Probability of need of each row at each value (individual conditional expectation), shape (r, v). [fraction]"""

    inside: NDArray[np.bool_]
    """Whether at least 1 % of the training rows lie on either side of the value; beyond, the model extrapolates.
    Of text and yes or no, whether a training row has the value. Shape (v,)."""

    density: pd.DataFrame
    """Training rows by value: columns ``low``, ``high`` (equal for levels) and ``rows``."""

    @property
    def mean(self) -> Floats:
        """Partial dependence: mean of the curves at each value, shape (v,). [fraction]."""
        return np.asarray(self.curves.mean(axis=0))

    def centred(self) -> Floats:
        """Return the curves less their first value: how each row's probability changes, shape (r, v). [fraction]."""
        return self.curves - self.curves[:, :1]


def partial_dependence(subject: Subject, column: str, *, seed: int = 42, rows: int = ROWS) -> Dependence:
    """Set a column of held-out rows to one value after the other and ask the model.

    Parameters
    ----------
    seed : int
        Decides which held-out rows are taken where there are more than `rows`.
    rows : int
        Held-out rows that are taken at most. [count]

    Notes
    -----
    Values of other columns stay as they are, also where no patient could have both.

    References
    ----------
    .. [1] J. H. Friedman, "Greedy function approximation: a gradient boosting machine", 2001.
    .. [2] A. Goldstein et al., "Peeking inside the black box", 2015.
    """
    about = column_range(subject, column)
    taken = subject.test
    if len(taken) > rows:
        taken = np.sort(np.random.default_rng(seed).choice(taken, rows, replace=False))
    values = _values(subject, about)
    many = subject.cells.iloc[np.repeat(taken, len(values))].reset_index(drop=True)
    asked = subject.with_values(many, column, list(values) * len(taken))
    curves = subject.probability(asked).reshape(len(taken), len(values))
    return Dependence(about, values, taken, len(subject.test), curves, _inside(about, values), _density(subject, about))


def _values(subject: Subject, about: ColumnRange) -> tuple[Any, ...]:
    if about.kind not in ("number", "date"):
        counted = subject.cells[about.name].iloc[subject.train].value_counts().sort_index()
        return tuple(sorted(counted.sort_values(ascending=False, kind="stable").index[:MOST_LEVELS].tolist()))
    if len(about.levels) <= POINTS:
        return about.levels
    even = pd.Series([about.low + (about.high - about.low) * step / (POINTS - 1) for step in range(POINTS)])
    if about.whole and about.kind == "number":
        even = even.round()
    return tuple(sorted({*even.tolist(), *about.inside}))


def _inside(about: ColumnRange, values: tuple[Any, ...]) -> NDArray[np.bool_]:
    low, high = about.inside
    if low is None:
        return np.ones(len(values), dtype=bool)
    return np.array([bool(low <= value <= high) for value in values])


def _density(subject: Subject, about: ColumnRange) -> pd.DataFrame:
    cells = subject.cells[about.name].iloc[subject.train].dropna()
    if about.kind not in ("number", "date") or len(about.levels) <= POINTS:
        counted = cells.value_counts().sort_index()
        return pd.DataFrame({"low": counted.index, "high": counted.index, "rows": counted.to_numpy()})
    step = (about.high - about.low) / POINTS
    place = np.minimum(((cells - about.low) / step).to_numpy(dtype=np.float64).astype(np.int64), POINTS - 1)
    rows = np.bincount(place, minlength=POINTS)
    ends = [about.low + step * place for place in range(POINTS + 1)]
    return pd.DataFrame({"low": ends[:-1], "high": ends[1:], "rows": rows})
