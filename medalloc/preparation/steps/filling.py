"""Steps that fill missing values or mark them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from medalloc.preparation.kind import (
    FEWEST,
    FILLS,
    FLAGS,
    OTHER_LEVELS,
    Columns,
    Options,
    StepKind,
    flag,
    number,
    text,
    which,
)
from medalloc.preparation.state import (
    ColumnState,
    Operation,
    Target,
    known_numbers,
    level_counts,
    levels_of,
    numbers_of,
)
from medalloc.sentences import Sentence, sentence

MARKS = flag(sentence("Add a column that says where values were missing"), True)
"""Option of steps that fill."""


@dataclass(frozen=True)
class FillNumber:
    """Fill missing numbers."""

    fill: float
    """What stands in for a missing number."""

    indicator: bool
    """Whether a yes-or-no column says where it stood in."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        filled = np.where(state.missing(), self.fill, numbers_of(state))
        return replace(state, values=filled, flags=state.marked(indicator=self.indicator))


@dataclass(frozen=True)
class FillText:
    """Fill missing text."""

    fill: str
    """What stands in for missing text."""

    indicator: bool
    """Whether a yes-or-no column says where it stood in."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        levels = levels_of(state)
        if self.fill not in levels:
            levels = levels.append(pd.Index([self.fill], dtype=levels.dtype))
        code = np.int32(levels.get_indexer(pd.Index([self.fill]))[0])
        filled = np.where(state.missing(), code, np.asarray(state.values))
        return replace(state, values=filled, levels=levels, flags=state.marked(indicator=self.indicator))


@dataclass(frozen=True)
class Mark:
    """A yes-or-no column that says where values are missing, and nothing filled."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        return replace(state, flags=state.marked(indicator=True))


@dataclass(frozen=True)
class Keep:
    """Nothing, where there is nothing to do."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column as it is."""
        return state


def _median(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    known = known_numbers(state)
    # A column without any value is constant whatever it is filled with, and so is its flag.
    return FillNumber(float(np.median(known)) if len(known) else 0.0, options["indicator"] and is_part(state))


def _most_frequent(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    indicator = options["indicator"] and is_part(state)
    if state.scope == "numeric":
        values, counts = np.unique(known_numbers(state), return_counts=True)
        return FillNumber(float(values[np.argmax(counts)]) if len(values) else 0.0, indicator)
    counts = level_counts(state)
    if not counts.any() or (counts.max() < FEWEST < len(counts)):
        # of many texts none is usual: the most frequent one may be somebody's name
        return FillText(OTHER_LEVELS, indicator)
    # Levels are in alphabetical order, so that a tie is always broken the same way.
    return FillText(str(levels_of(state)[int(np.argmax(counts))]), indicator)


def _constant(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    indicator = options["indicator"] and is_part(state)
    if state.scope == "numeric":
        return FillNumber(float(options["number"]), indicator)
    return FillText(options["text"], indicator)


def _mark(_options: Options, state: ColumnState, _target: Target | None) -> Operation:
    return Mark() if is_part(state) else Keep()


def is_part(state: ColumnState) -> bool:
    """Whether some values are missing and some are not, so that a flag can tell rows apart."""
    missing = state.missing()
    return bool(missing.any() and not missing.all())


def _says_median(options: Options, columns: Columns) -> Sentence:
    if options["indicator"]:
        return sentence(
            "In {columns}, fill missing values with the median and add a column that says where they were missing.",
            columns=which(columns),
        )
    return sentence("In {columns}, fill missing values with the median.", columns=which(columns))


def _says_most_frequent(options: Options, columns: Columns) -> Sentence:
    if options["indicator"]:
        return sentence(
            "In {columns}, fill missing values with the most frequent one and add a column that says where they were "
            "missing.",
            columns=which(columns),
        )
    return sentence("In {columns}, fill missing values with the most frequent one.", columns=which(columns))


def _says_constant(options: Options, columns: Columns) -> Sentence:
    filled = {"columns": which(columns), "number": options["number"], "text": options["text"]}
    if options["indicator"]:
        return sentence(
            "In {columns}, fill missing numbers with {number} and missing text with “{text}”, and add a column that "
            "says where they were missing.",
            **filled,
        )
    return sentence("In {columns}, fill missing numbers with {number} and missing text with “{text}”.", **filled)


KINDS = {
    "impute_median": StepKind(
        sentence("Fill missing numbers with the median"),
        "numeric",
        _says_median,
        {"indicator": MARKS},
        learn=_median,
        turn=FILLS,
    ),
    "impute_most_frequent": StepKind(
        sentence("Fill missing values with the most frequent"),
        "all",
        _says_most_frequent,
        {"indicator": MARKS},
        learn=_most_frequent,
        turn=FILLS,
    ),
    "impute_constant": StepKind(
        sentence("Fill missing values with a constant"),
        "all",
        _says_constant,
        {
            "number": number(sentence("In columns of numbers"), 0.0),
            "text": text(sentence("In columns of text"), "unknown"),
            "indicator": MARKS,
        },
        learn=_constant,
        turn=FILLS,
    ),
    "missing_indicator": StepKind(
        sentence("Mark missing values"),
        "all",
        lambda _, columns: sentence(
            "For {columns}, add a column that says where values are missing, and fill nothing.", columns=which(columns)
        ),
        learn=_mark,
        turn=FLAGS,
    ),
}
"""Steps that fill or mark, by name."""
