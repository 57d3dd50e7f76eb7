"""What the rows a model learned from looked like: kinds, categories, ranges and distributions of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitting import Rows
from medalloc.tables.table import Table, column_kind

BINS = 10
"""Parts, of as equal numbers of rows as possible, into which numbers are counted."""

MOST_LEVELS = 1000
"""Categories kept of a column of text, the most frequent first."""


@dataclass(frozen=True)
class ColumnProfile:
    """What one column of the training rows held."""

    name: str
    """Name in the table."""

    kind: str
    """``number``, ``yes or no``, ``date`` or ``text``; dates are counted in days since 1970."""

    rows: int
    """Training rows. [count]"""

    missing: int
    """Rows without a value. [count]"""

    low: float | None = None
    """Smallest number; None for text and where no number is known."""

    high: float | None = None
    """Largest number."""

    edges: tuple[float, ...] = ()
    """Inner borders between the parts, rising; a number on a border belongs to the part below."""

    levels: tuple[str, ...] = ()
    """Categories, the most frequent first."""

    counts: tuple[int, ...] = ()
    """Rows in each part or of each category; for text with further categories, these together come last. [count]"""

    @property
    def is_text(self) -> bool:
        """Whether it held text."""
        return self.kind == "text"

    @property
    def knows_every_level(self) -> bool:
        """Whether no category was left out of `levels`."""
        return len(self.counts) == len(self.levels)


def profile(table: Table, encoded: Sequence[EncodedColumn], rows: Rows) -> tuple[ColumnProfile, ...]:
    """Return what some rows of a table held.

    Parameters
    ----------
    table : Table
        Says what the columns were before they became numbers.
    encoded : sequence of EncodedColumn
        Its features.
    rows : ndarray of int
        The rows a model learned from.
    """
    return tuple(
        _of_text(column, rows)
        if column.kind == "text"
        else _of_numbers(column, column_kind(_cells(table, column)), rows)
        for column in encoded
    )


def profile_json(columns: Sequence[ColumnProfile]) -> list[dict[str, Any]]:
    """Return profiles as plain data."""
    return [asdict(each) for each in columns]


def profile_from_json(data: Sequence[Mapping[str, Any]]) -> tuple[ColumnProfile, ...]:
    """Return the profiles that `profile_json` wrote; ValueError or TypeError if they do not hold together."""
    return tuple(_checked(ColumnProfile(**{**each, **_tuples(each)})) for each in data)


def part_counts(numbers: NDArray[np.float64], edges: Sequence[float] | NDArray[np.float64]) -> NDArray[np.int64]:
    """Return how many of the known numbers fall into each part, shape (len(edges) + 1,)."""
    known = numbers[~np.isnan(numbers)]
    return np.bincount(np.searchsorted(np.asarray(edges), known, side="left"), minlength=len(edges) + 1)


def _cells(table: Table, column: EncodedColumn) -> Any:
    return table.frame[column.name]


def _of_numbers(column: EncodedColumn, kind: str, rows: Rows) -> ColumnProfile:
    numbers = column.values[rows].astype(np.float64)
    known = numbers[~np.isnan(numbers)]
    missing = len(numbers) - len(known)
    # What holds decimals as objects is a column of numbers all the same.
    kind = "number" if kind == "text" else kind
    if not len(known):
        return ColumnProfile(column.name, kind, len(numbers), missing)
    low, high = float(known.min()), float(known.max())
    edges = np.unique(np.quantile(known, np.arange(1, BINS) / BINS, method="lower"))
    edges = edges[edges < high]
    counts = part_counts(known, edges)
    return ColumnProfile(
        column.name, kind, len(numbers), missing, low, high, tuple(edges.tolist()), (), tuple(counts.tolist())
    )


def _of_text(column: EncodedColumn, rows: Rows) -> ColumnProfile:
    codes = column.values[rows]
    names = [] if column.levels is None else column.levels.tolist()
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    order = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
    kept, rest = order[:MOST_LEVELS], order[MOST_LEVELS:]
    together = (int(counts[rest].sum()),) if len(rest) else ()
    return ColumnProfile(
        column.name,
        "text",
        len(codes),
        int(np.sum(codes < 0)),
        levels=tuple(str(names[place]) for place in kept),
        counts=(*counts[kept].tolist(), *together),
    )


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(data[name]) for name in ("edges", "levels", "counts")}


def _checked(column: ColumnProfile) -> ColumnProfile:
    whole = (column.rows, column.missing, *column.counts)
    numbers = [each for each in (column.low, column.high, *column.edges) if each is not None]
    fits = len(column.counts) in (
        (len(column.levels), len(column.levels) + 1) if column.is_text else (0, len(column.edges) + 1)
    )
    if (
        column.kind not in ("number", "yes or no", "date", "text")
        or not all(isinstance(each, str) for each in (column.name, *column.levels))
        or not all(isinstance(each, int) and each >= 0 for each in whole)
        or not all(isinstance(each, int | float) and np.isfinite(each) for each in numbers)
        or list(column.edges) != sorted(column.edges)
        or not fits
    ):
        raise ValueError(column.name)
    return column
