"""One column on its way through the steps of a recipe, and what a fitted step does to it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.integer[Any]]
"""Places of rows in a table."""

MISSING = " (missing)"
"""What is added to a column's name to name its flag of missing values."""


@dataclass(frozen=True, eq=False)
class ColumnState:
    """One column on its way through the steps."""

    name: str
    """Name of the source column."""

    values: NDArray[np.float64] | NDArray[np.int32] | None
    """Numbers, or codes into `levels`; None once it became one column a level."""

    levels: pd.Index | None = None
    """Distinct texts, while the column is text."""

    flags: tuple[tuple[str, NDArray[np.bool_]], ...] = field(default=())
    """Yes-or-no columns made so far, each with what is added to the source's name to name it."""

    learning: Rows | None = None
    """Places of its rows in the table while a model learns from them; None while it predicts."""

    @property
    def scope(self) -> str:
        """What it holds now: ``numeric``, ``text``, or ``levels`` once it became yes-or-no columns."""
        if self.values is None:
            return "levels"
        return "numeric" if self.levels is None else "text"

    def missing(self) -> NDArray[np.bool_]:
        """Return where a value is missing, shape (rows,)."""
        if self.values is None:
            return np.zeros(0, dtype=bool)
        return np.asarray(self.values < 0) if self.levels is not None else np.isnan(self.values)

    def marked(self, *, indicator: bool) -> tuple[tuple[str, NDArray[np.bool_]], ...]:
        """Return its flags, with one more that says where a value is missing if that is wanted."""
        return (*self.flags, (MISSING, self.missing())) if indicator else self.flags


@dataclass(frozen=True, eq=False)
class Target:
    """What rows needed, for steps that learn from it."""

    values: NDArray[np.float64]
    """Need as 0 and 1, or amounts; shape (rows of the table,)."""

    fold: NDArray[np.integer[Any]]
    """Fold of each row a recipe learns from, one a patient, negative elsewhere; shape (rows of the table,)."""

    weights: NDArray[np.float64] | None = None
    """How much each row counts; None where all count the same. Shape (rows of the table,)."""


class Operation(Protocol):
    """A fitted step on one column."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        ...


class JointOperation(Protocol):
    """A fitted step on several columns, each of which depends on the others."""

    def apply_together(self, states: tuple[ColumnState, ...]) -> tuple[ColumnState, ...]:
        """Return the columns after the step."""
        ...


@dataclass(frozen=True)
class FittedStep:
    """What a step learned, and the columns it works on."""

    number: int
    """Place of the step in its recipe, from 1."""

    columns: tuple[str, ...]
    """One, or those that depend on each other."""

    operation: Operation | JointOperation
    """What is done to them."""

    def apply(self, states: tuple[ColumnState, ...]) -> tuple[ColumnState, ...]:
        """Return the columns after the step."""
        if hasattr(self.operation, "apply_together"):
            made: tuple[ColumnState, ...] = self.operation.apply_together(states)
            return made
        return (self.operation.apply(states[0]),)


def numbers_of(state: ColumnState) -> NDArray[np.float64]:
    """Return the values of a column of numbers."""
    return np.asarray(state.values, dtype=np.float64)


def known_numbers(state: ColumnState) -> NDArray[np.float64]:
    """Return the values of a column of numbers that are not missing."""
    numbers = numbers_of(state)
    return numbers[~np.isnan(numbers)]


def levels_of(state: ColumnState) -> pd.Index:
    """Return the distinct texts of a column of text."""
    return state.levels if state.levels is not None else pd.Index([], dtype="str")


def level_counts(state: ColumnState) -> NDArray[np.int64]:
    """Return how many rows hold each text [count]."""
    codes = np.asarray(state.values)[~state.missing()]
    return np.bincount(codes.astype(np.int64), minlength=len(levels_of(state)))
