"""What each step does to one column once it has learned from the rows it is fitted on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.sentences import sentence

OTHER_LEVELS = "other levels"
MISSING = " (missing)"
OTHER = f" ({OTHER_LEVELS})"


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


class Operation(Protocol):
    """A fitted step on one column."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        ...


@dataclass(frozen=True)
class FillNumber:
    """Fill missing numbers."""

    fill: float
    """What stands in for a missing number."""

    indicator: bool
    """Whether a yes-or-no column says where it stood in."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        missing = state.missing()
        flags = (*state.flags, (MISSING, missing)) if self.indicator else state.flags
        return replace(state, values=np.where(missing, self.fill, numbers_of(state)), flags=flags)


@dataclass(frozen=True)
class FillText:
    """Fill missing text."""

    fill: str
    """What stands in for missing text."""

    indicator: bool
    """Whether a yes-or-no column says where it stood in."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        missing, levels = state.missing(), levels_of(state)
        if self.fill not in levels:
            levels = levels.append(pd.Index([self.fill], dtype=levels.dtype))
        code = int(levels.get_indexer(pd.Index([self.fill]))[0])
        flags = (*state.flags, (MISSING, missing)) if self.indicator else state.flags
        return replace(
            state, values=np.where(missing, np.int32(code), np.asarray(state.values)), levels=levels, flags=flags
        )


@dataclass(frozen=True)
class OneHot:
    """One yes-or-no column a level."""

    kept: tuple[str, ...]
    """Levels with a column of their own, in alphabetical order."""

    other: bool
    """Whether rare and unseen levels share a column; without it such a row is 0 in every column."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        # One look-up a level instead of one a row; the last place answers for the code -1 of missing text.
        position = np.append(pd.Index(self.kept, dtype="str").get_indexer(levels_of(state)), -2)
        found = position[state.values]
        made = [(f" = {level}", found == number) for number, level in enumerate(self.kept)]
        if self.other:
            made.append((OTHER, found == -1))
        return ColumnState(state.name, None, None, (*made, *state.flags))


@dataclass(frozen=True)
class ReplaceText:
    """Numbers in place of text."""

    numbers: Mapping[str, float]
    """The number for each text."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step.

        Raises
        ------
        InputError
            If the column holds a text without a number; says which.
        """
        levels = levels_of(state)
        present = np.bincount(np.asarray(state.values)[~state.missing()].astype(np.int64), minlength=len(levels)) > 0
        unknown = [str(level) for level in levels[present] if level not in self.numbers]
        if unknown:
            raise InputError(
                sentence(
                    "Column “{column}” holds {found}, but the recipe knows only {known}; rename the values in the "
                    "table or change map_values in the recipe.",
                    column=state.name,
                    found=", ".join(f"“{text}”" for text in unknown[:10]),
                    known=", ".join(f"“{text}”" for text in self.numbers),
                )
            )
        table = np.array([*(float(self.numbers.get(str(level), np.nan)) for level in levels), np.nan])
        return replace(state, values=table[state.values], levels=None)


@dataclass(frozen=True)
class Stretch:
    """Shift, then divide."""

    shift: float
    """What becomes 0, in the column's unit."""

    unit: float
    """What becomes 1 above it, in the column's unit."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        return replace(state, values=(numbers_of(state) - self.shift) / self.unit)


@dataclass(frozen=True)
class Clip:
    """Pull outliers in."""

    low: float
    """Smallest value that stays, in the column's unit."""

    high: float
    """Largest value that stays, in the column's unit."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        return replace(state, values=np.clip(numbers_of(state), self.low, self.high))


@dataclass(frozen=True)
class Log1p:
    """The logarithm of 1 + x."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step.

        Raises
        ------
        InputError
            If a value is -1 or below, which has no such logarithm.
        """
        values = numbers_of(state)
        below = values <= -1
        if below.any():
            raise InputError(
                sentence(
                    "Column “{column}” holds {found}, and log1p needs numbers above -1 (values like this: {count}); "
                    "leave the column out of the step or mend the values.",
                    column=state.name,
                    found=float(values[below][0]),
                    count=int(below.sum()),
                )
            )
        return replace(state, values=np.log1p(values))


def numbers_of(state: ColumnState) -> NDArray[np.float64]:
    """Return the values of a column of numbers."""
    return np.asarray(state.values, dtype=np.float64)


def levels_of(state: ColumnState) -> pd.Index:
    """Return the distinct texts of a column of text."""
    return state.levels if state.levels is not None else pd.Index([], dtype="str")
