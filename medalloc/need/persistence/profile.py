"""What the rows a model learned from looked like: kinds, categories, ranges and distributions of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.kind import FEWEST
from medalloc.preparation.state import Rows
from medalloc.saved import Limits, OneOf
from medalloc.sentences import Sentence, sentence
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

    kind: Annotated[str, OneOf(("number", "yes or no", "date", "text"))]
    """``number``, ``yes or no``, ``date`` or ``text``; dates are counted in days since 1970."""

    rows: Annotated[int, Limits()]
    """Training rows. [count]"""

    missing: Annotated[int, Limits()]
    """Rows without a value. [count]"""

    low: float | None = None
    """Smallest number; None for text and where no number is known."""

    high: float | None = None
    """Largest number."""

    edges: tuple[float, ...] = ()
    """Inner borders between the parts, rising; a number on a border belongs to the part below."""

    levels: tuple[str, ...] = ()
    """Categories, the most frequent first."""

    counts: tuple[Annotated[int, Limits()], ...] = ()
    """Rows in each part or of each category; for text with further categories, these together come last. [count]"""

    def own_faults(self) -> list[Sentence]:
        """Return that borders do not rise, or that there are not as many counts as parts or categories."""
        parts = (len(self.levels), len(self.levels) + 1) if self.is_text else (0, len(self.edges) + 1)
        if list(self.edges) == sorted(self.edges) and len(self.counts) in parts:
            return []
        return [sentence("the parts of column “{column}” do not fit their counts.", column=self.name)]

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
    """
    return tuple(
        _of_text(column, rows)
        if column.kind == "text"
        else _of_numbers(column, column_kind(_cells(table, column)), rows)
        for column in encoded
    )


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
    several = min(int(np.count_nonzero(counts >= FEWEST)), MOST_LEVELS)
    kept, rest = order[:several], order[several:]
    together = (int(counts[rest].sum()),) if len(rest) else ()
    return ColumnProfile(
        column.name,
        "text",
        len(codes),
        int(np.sum(codes < 0)),
        levels=tuple(str(names[place]) for place in kept),
        counts=(*counts[kept].tolist(), *together),
    )
