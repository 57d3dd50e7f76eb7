"""A few patients as numbers: small enough for a class to look at, the same for everybody with the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.errors import refused
from medalloc.need.training.splitting import split
from medalloc.need.training.target import MISSING, need_vector
from medalloc.preparation.encoding import encode
from medalloc.tables.table import Table

FEWEST = 20
"""Patients of either answer without whom a lesson shows nothing but chance. [count]"""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sample:
    """Patients as numbers, with who was in need."""

    columns: tuple[str, ...]
    """What the columns hold."""

    values: Floats
    """Numbers without gaps, shape (patients, columns)."""

    need: NDArray[np.int8]
    """0 or 1, shape (patients,)."""

    def picked(self, rows: NDArray[np.integer[Any]]) -> "Sample":
        """Return some of the patients."""
        return Sample(self.columns, self.values[rows], self.need[rows])

    def of(self, columns: Sequence[str]) -> "Sample":
        """Return some of the columns, in the order they are asked for."""
        places = [self.columns.index(name) for name in columns]
        return Sample(tuple(columns), self.values[:, places], self.need)


def numbers_of(table: Table) -> Sample:
    """Return the features of a table that are numbers, and the patients of whom all of them are known.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need`` and at least two numeric features that vary.

    Raises
    ------
    InputError
        If fewer than two features are numbers that vary, or too few patients with either answer are left.
    """
    need = need_vector(table).values
    features = [each for each in encode(table.frame, table.columns("feature")) if each.kind == "number"]
    features = [each for each in features if len(np.unique(each.values[~each.missing()])) > 1]
    if len(features) < 2:
        raise refused(
            "Columns that are numbers and vary: {count}; a lesson needs at least 2. Give the role “feature” to "
            "more columns.",
            count=len(features),
        )
    values = np.column_stack([each.values.astype(np.float64) for each in features])
    whole = ~np.isnan(values).any(axis=1) & (need != MISSING)
    require_both(need[whole])
    return Sample(tuple(each.name for each in features), values[whole], need[whole])


def require_both(need: NDArray[np.int8]) -> None:
    """Raise InputError unless there are `FEWEST` patients in need and as many who are not."""
    counts = {answer: int((need == answer).sum()) for answer in (1, 0)}
    if min(counts.values()) < FEWEST:
        raise refused(
            "Patients of whom every number is known: {needy} in need, {others} not; a lesson needs at least "
            "{fewest} of each. Take more patients, or give columns with gaps another role.",
            needy=counts[1],
            others=counts[0],
            fewest=FEWEST,
        )


def few(sample: Sample, patients: int, *, seed: int, even: bool = False) -> Sample:
    """Draw some patients at random.

    Parameters
    ----------
    patients : int
        At most this many. [count]
    even : bool
        Whether as many are to be in need as not, where there are enough of both.
    """
    draw = np.random.default_rng(seed)
    if not even:
        return sample.picked(np.sort(draw.permutation(len(sample.need))[:patients]))
    rows = [draw.permutation(np.flatnonzero(sample.need == answer))[: patients // 2] for answer in (0, 1)]
    return sample.picked(np.sort(np.concatenate(rows)))


def halves(sample: Sample, *, share: float, seed: int) -> tuple[Sample, Sample]:
    """Part patients into those to learn from and those to test on, with the same share of need.

    Parameters
    ----------
    share : float
        Share to test on. [fraction]
    """
    parts = split(np.arange(len(sample.need)), sample.need, None, share=share, seed=seed)
    return sample.picked(parts.train), sample.picked(parts.test)


def standardised(values: ArrayLike, *, by: ArrayLike) -> Floats:
    """Return columns shifted and stretched to mean 0 and standard deviation 1, as measured on other rows.

    Parameters
    ----------
    values : array of float
        What to stretch, shape (rows, columns).
    by : array of float
        Rows that means and deviations are taken from, shape (others, columns); a column that does not vary there is
        only shifted.
    """
    measured = np.asarray(by, dtype=np.float64)
    deviation = measured.std(axis=0)
    return np.asarray(
        (np.asarray(values, dtype=np.float64) - measured.mean(axis=0)) / np.where(deviation, deviation, 1)
    )
