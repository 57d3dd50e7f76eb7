"""Whether a new file looks like the rows a model learned from, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.need.persistence.profile import ColumnProfile, part_counts
from medalloc.preparation.encoding import EncodedColumn

Counts = NDArray[np.int64]

SOME, MUCH = 0.1, 0.25
"""Population stability index from which a column is said to have shifted somewhat, and strongly: the usual marks."""

CHANCE = 0.001
"""Shifts that happen by chance more often than this among all columns together are not told."""

COMPARED_LEVELS = 20
"""Categories that are compared one by one; the rest are compared together."""

EVERY = 8
"""One row in so many is counted for the comparison, once there are `ALL_UP_TO` rows in a piece."""

ALL_UP_TO = 8192

EXAMPLES = 3


@dataclass(frozen=True)
class ColumnFit:
    """How one column of a new file compares with the rows the model learned from."""

    name: str
    """Name in both tables."""

    missing: int
    """Rows without a value. [count]"""

    unseen: int
    """Rows with a category that the model has never met. [count]"""

    examples: tuple[str, ...]
    """Some of those categories."""

    below: int
    """Rows below the smallest number the model has learned from. [count]"""

    above: int
    """Rows above the largest. [count]"""

    low: float | None
    """Smallest number the model has learned from."""

    high: float | None
    """Largest."""

    drift: float
    """Population stability index against the training rows; 0 when nothing has shifted."""

    shifted: str
    """``no``, ``somewhat`` or ``strongly``: the index in a word, ``no`` also where chance may explain it."""

    distance: float = 0.0
    """Largest difference of the shares up to some value (Kolmogorov-Smirnov, on the same parts); of categories, of the
    share of one. [fraction]"""


@dataclass
class Watch:
    """Counts of one column, added up piece by piece. Changed in place."""

    column: ColumnProfile
    """What the training rows held."""

    missing: int = 0
    below: int = 0
    above: int = 0
    unseen: dict[str, int] = field(default_factory=dict)
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self._levels = {level: place for place, level in enumerate(self.column.levels)}
        self.counts = np.zeros(len(expected_counts(self.column)), dtype=np.int64)

    def add(self, arrived: EncodedColumn) -> None:
        """Count some rows."""
        if self.column.is_text:
            self._add_text(arrived)
        elif len(arrived.values):
            self._add_numbers(arrived)

    def merge(self, told: Mapping[str, Any]) -> None:
        """Add what another watch of the same column told."""
        self.missing, self.below = self.missing + told["missing"], self.below + told["below"]
        self.above += told["above"]
        self.counts += np.array(told["counts"], dtype=np.int64)
        for level, count in told["unseen"].items():
            self.unseen[level] = self.unseen.get(level, 0) + count

    def to_json(self) -> dict[str, Any]:
        """Return what was counted as plain data."""
        counted = {"missing": self.missing, "below": self.below, "above": self.above, "unseen": self.unseen}
        return {**counted, "counts": self.counts.tolist()}

    def fit(self, columns: int) -> ColumnFit:
        """Return the comparison of everything counted so far, as one of several columns."""
        expected = expected_counts(self.column)
        index = stability_index(expected, self.counts)
        by_chance = chance_of_shift(expected, self.counts) >= CHANCE / columns
        word = "no" if index < SOME or by_chance else "somewhat" if index < MUCH else "strongly"
        most = sorted(self.unseen, key=lambda level: (-self.unseen[level], level))[:EXAMPLES]
        return ColumnFit(
            self.column.name,
            self.missing,
            sum(self.unseen.values()),
            tuple(most),
            self.below,
            self.above,
            self.column.low,
            self.column.high,
            index,
            word,
            largest_difference(expected, self.counts, in_order=not self.column.is_text),
        )

    def _add_numbers(self, arrived: EncodedColumn) -> None:
        values = arrived.values
        low, high = self.column.low, self.column.high
        if values.dtype.kind == "f":
            self.missing += int(np.isnan(values).sum())
        # Two passes over the column, and only where something is outside a third.
        if low is not None and np.fmin.reduce(values) < low:
            self.below += int(np.sum(values < low))
        if high is not None and np.fmax.reduce(values) > high:
            self.above += int(np.sum(values > high))
        taken = values[:: EVERY if len(values) > ALL_UP_TO else 1].astype(np.float64)
        parts = part_counts(taken, self.column.edges)
        self.counts[:-1] += parts
        self.counts[-1] += len(taken) - int(parts.sum())

    def _add_text(self, arrived: EncodedColumn) -> None:
        names = [] if arrived.levels is None else arrived.levels.tolist()
        found = np.bincount(arrived.values + 1, minlength=len(names) + 1)
        self.missing += int(found[0])
        self.counts[-1] += found[0]
        places = np.array([self._levels.get(str(name), -1) for name in names], dtype=np.int64)
        compared = len(self.counts) - 2
        np.add.at(self.counts, np.where((places < 0) | (places >= compared), compared, places), found[1:])
        if self.column.knows_every_level:
            for place in np.flatnonzero((places < 0) & (found[1:] > 0)):
                name = str(names[place])
                self.unseen[name] = self.unseen.get(name, 0) + int(found[place + 1])


def expected_counts(column: ColumnProfile) -> Counts:
    """Return the training rows in each part that is compared; those without a value come last, other texts before."""
    if not column.is_text:
        return np.array([*column.counts, column.missing] if column.counts else [0, column.missing], dtype=np.int64)
    single, rest = column.counts[:COMPARED_LEVELS], column.counts[COMPARED_LEVELS:]
    if len(column.counts) <= COMPARED_LEVELS and not column.knows_every_level:
        single, rest = column.counts[:-1], column.counts[-1:]
    return np.array([*single, sum(rest), column.missing], dtype=np.int64)


def stability_index(expected: Counts, found: Counts) -> float:
    """Return the population stability index of two histograms with the same parts.

    Parameters
    ----------
    expected, found : ndarray of int
        Rows in each part, shape (parts,). [count]

    Returns
    -------
    float
        Sum over the parts of the difference of shares times the difference of their logarithms: 0 for equal shares.
        Half a row is added to each part, so that an empty one does not make it infinite.

    Examples
    --------
    >>> round(stability_index(np.array([50, 50]), np.array([500, 500])), 6)
    0.0
    """
    if not expected.sum() or not found.sum():
        return 0.0
    used = (expected + found) > 0
    first, second = ((each[used] + 0.5) / (each[used] + 0.5).sum() for each in (expected, found))
    return float(np.sum((first - second) * np.log(first / second)))


def largest_difference(expected: Counts, found: Counts, *, in_order: bool) -> float:
    """Return the largest difference of shares, summed up to each part where parts have an order.

    Examples
    --------
    >>> even, odd = np.array([50, 50, 0]), np.array([30, 30, 40])
    >>> largest_difference(even, odd, in_order=True), largest_difference(even, odd, in_order=False)
    (0.4, 0.4)
    """
    if not expected.sum() or not found.sum():
        return 0.0
    apart = found / found.sum() - expected / expected.sum()
    return float(np.abs(np.cumsum(apart) if in_order else apart).max())


def chance_of_shift(expected: Counts, found: Counts) -> float:
    """Return how often two samples of one population differ as much as these (chi-square test of equal shares).

    Examples
    --------
    >>> even = np.array([50, 50])
    >>> chance_of_shift(even, np.array([5, 5])), chance_of_shift(even, np.array([90, 10])) < 1e-6
    (1.0, True)
    """
    from scipy.special import chdtrc

    used = (expected + found) > 0
    if used.sum() < 2 or not expected.sum() or not found.sum():
        return 1.0
    table = np.stack([expected[used], found[used]]).astype(np.float64)
    fair = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    return float(chdtrc(table.shape[1] - 1, np.sum((table - fair) ** 2 / fair)))


def shifted(columns: Sequence[ColumnFit]) -> list[ColumnFit]:
    """Return the columns that have shifted, the most shifted first."""
    return sorted((each for each in columns if each.shifted != "no"), key=lambda each: -each.drift)
