"""A recipe together with what it learned: it turns rows of a table into the matrix that a model learns from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError, require
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import ColumnState, FittedStep, Rows
from medalloc.sentences import Sentence, sentence

KINDS = {
    "number": sentence("numbers"),
    "numeric": sentence("numbers"),
    "text": sentence("text"),
    "all": sentence("numbers or text"),
    "levels": sentence("yes-or-no columns"),
}
"""Kinds of columns in words."""

BLOCK_ROWS = 65_536
"""Rows prepared at a time; bounds the memory of everything between the table and the matrix."""


@dataclass(frozen=True)
class PreparedColumn:
    """One column of the matrix."""

    name: str
    """What it holds, such as ``gender = male`` or ``age (missing)``."""

    source: str
    """The column of the table it was made from; importances are summed over it."""

    kind: Literal["number", "flag"]
    """A flag is 0 or 1."""


@dataclass(frozen=True, eq=False)
class FittedRecipe:
    """A recipe together with what it learned."""

    recipe: Recipe
    """The steps."""

    done: tuple[FittedStep, ...]
    """What is done to columns, in this order."""

    sources: tuple[str, ...]
    """Columns of the table it was fitted on."""

    kinds: tuple[str, ...]
    """Whether each source held numbers or text."""

    columns: tuple[PreparedColumn, ...]
    """Columns of the matrix."""

    def matrix(self, encoded: Sequence[EncodedColumn], rows: Rows, *, learning: bool = False) -> NDArray[np.float32]:
        """Return prepared rows, shape (len(rows), len(columns)).

        Single precision: half the memory, and what forests and boosted trees compute with anyway.

        Parameters
        ----------
        learning : bool
            Whether a model learns from them, so that no step may tell it what it knows of a row's own need; they must
            be rows the recipe was fitted on.

        Raises
        ------
        InputError
            If a column changed its kind or holds values a step cannot take; all faults at once.
        """
        made = np.empty((len(rows), len(self.columns)), dtype=np.float32)
        for start, block in self.blocks(encoded, rows, learning=learning):
            made[start : start + len(block)] = block
        return made

    def blocks(
        self, encoded: Sequence[EncodedColumn], rows: Rows, *, size: int = BLOCK_ROWS, learning: bool = False
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield prepared rows a block at a time, each with the place of its first row."""
        self._require_same_columns(encoded)
        for start in range(0, len(rows), size):
            yield start, self._block(encoded, rows[start : start + size], learning)

    def groups(self) -> list[NDArray[np.intp]]:
        """Return, for each source column, the places of the matrix columns made from it."""
        sources = np.array([column.source for column in self.columns], dtype=object)
        return [np.flatnonzero(sources == source) for source in self.sources]

    def _block(self, encoded: Sequence[EncodedColumn], rows: Rows, learning: bool) -> NDArray[np.float32]:
        block = np.empty((len(rows), len(self.columns)), dtype=np.float32)
        place = 0
        for state in self.states(encoded, rows, learning=learning):
            if state.values is not None:
                block[:, place] = state.values
                place += 1
            for _, flag in state.flags:
                block[:, place] = flag
                place += 1
        return block

    def states(
        self, encoded: Sequence[EncodedColumn], rows: Rows, *, learning: bool = False
    ) -> tuple[ColumnState, ...]:
        """Return the source columns after all steps.

        Raises
        ------
        InputError
            If a column holds values a step cannot take; all faults at once.
        """
        states = {column.name: start_of(column, rows, learning=learning) for column in encoded}
        faults: list[Sentence] = []
        broken: set[str] = set()
        for each in self.done:
            if broken.isdisjoint(each.columns):
                try:
                    states.update(zip(each.columns, each.apply(tuple(states[n] for n in each.columns)), strict=True))
                except InputError as error:
                    faults += error.faults
                    broken.update(each.columns)
        require(*faults)
        return tuple(states.values())

    def _require_same_columns(self, encoded: Sequence[EncodedColumn]) -> None:
        faults = [
            sentence(
                "Column “{column}” held {expected} when the recipe was fitted and now holds {found}.",
                column=column.name,
                expected=KINDS[kind],
                found=KINDS[column.kind],
            )
            for column, kind in zip(encoded, self.kinds, strict=True)
            if column.kind != kind
        ]
        require(*faults)


def columns_of(state: ColumnState) -> list[PreparedColumn]:
    """Return the matrix columns that a column has become."""
    made = [] if state.values is None else [PreparedColumn(state.name, state.name, "number")]
    return made + [PreparedColumn(f"{state.name}{ending}", state.name, "flag") for ending, _ in state.flags]


def start_of(column: EncodedColumn, rows: Rows, *, learning: bool = False) -> ColumnState:
    """Return some rows of a column before the first step."""
    taken = column.values[rows]
    values = taken if column.kind == "text" else taken.astype(np.float64, copy=False)
    return ColumnState(column.name, values, column.levels, learning=rows if learning else None)
