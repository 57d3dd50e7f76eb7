"""Steps that make numbers or yes-or-no columns of text, or bring rare texts together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from medalloc.errors import refused
from medalloc.preparation.kind import (
    ENCODES,
    FEWEST,
    JOINS,
    OTHER_LEVELS,
    Columns,
    Options,
    StepKind,
    count,
    numbers_by_text,
    share,
    texts,
    which,
)
from medalloc.preparation.state import ColumnState, Operation, Target, level_counts, levels_of
from medalloc.sentences import Sentence, sentence

OTHER = f" ({OTHER_LEVELS})"

RARE = share(sentence("Rare below this share of rows"), 0.01)


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
        return replace(state, values=None, levels=None, flags=(*made, *state.flags))


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
        present = level_counts(state) > 0
        unknown = [str(level) for level in levels[present] if level not in self.numbers]
        if unknown:
            raise refused(
                "Column “{column}” holds {found}, but the recipe knows only {known}; rename the values in the "
                "table or change map_values in the recipe.",
                column=state.name,
                found=", ".join(f"“{text}”" for text in unknown[:10]),
                known=", ".join(f"“{text}”" for text in self.numbers),
            )
        table = np.array([*(float(self.numbers.get(str(level), np.nan)) for level in levels), np.nan])
        return replace(state, values=table[state.values], levels=None)


@dataclass(frozen=True)
class Order:
    """The place of each text in an order."""

    levels: tuple[str, ...]
    """Texts from 0 on; all others are -1, and what is missing stays missing."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        places = pd.Index(self.levels, dtype="str").get_indexer(levels_of(state)).astype(np.float64)
        return replace(state, values=np.append(places, np.nan)[state.values], levels=None)


@dataclass(frozen=True)
class Together:
    """One text for all that are rare."""

    kept: tuple[str, ...]
    """Texts that stay."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        levels = pd.Index([*self.kept, *([] if OTHER_LEVELS in self.kept else [OTHER_LEVELS])], dtype="str")
        places = levels.get_indexer(levels_of(state)).astype(np.int32)
        places[places < 0] = list(levels).index(OTHER_LEVELS)
        return replace(state, values=np.append(places, np.int32(-1))[state.values], levels=levels)


def _one_hot(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    counts, levels = level_counts(state), levels_of(state)
    by_count = np.argsort(-counts, kind="stable")[: options["max_levels"]]
    kept = np.sort(by_count[counts[by_count] >= _enough(options, state)])
    rare = bool(counts.sum() > counts[kept].sum())
    return OneHot(tuple(str(level) for level in levels[kept]), rare)


def _ordinal(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    if options["order"]:
        return Order(tuple(options["order"]))
    return Order(tuple(str(level) for level in levels_of(state)[level_counts(state) >= FEWEST]))


def _together(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    often = level_counts(state) >= _enough(options, state)
    return Together(tuple(str(level) for level in levels_of(state)[often]))


def _enough(options: Options, state: ColumnState) -> float:
    return max(FEWEST, float(options["min_share"]) * int(level_counts(state).sum()))


def _says_one_hot(options: Options, columns: Columns) -> Sentence:
    return sentence(
        "Turn {columns} into one yes-or-no column a level; levels held by less than {min_share} of the rows or by "
        "fewer than {fewest} rows, levels beyond the {max_levels} most frequent and levels never seen before share one "
        "column.",
        columns=which(columns),
        fewest=FEWEST,
        **options,
    )


def _says_map_values(options: Options, columns: Columns) -> Sentence:
    values = options["values"]
    pairs = values.items() if isinstance(values, Mapping) else ()
    return sentence(
        "Replace text in {columns} by numbers: {values}.",
        columns=which(columns),
        values=", ".join(f"{text} → {number}" for text, number in pairs),
    )


def _says_ordinal(options: Options, columns: Columns) -> Sentence:
    if options["order"]:
        return sentence(
            "Replace text in {columns} by its place in the order {order}, from 0; other text becomes -1.",
            columns=which(columns),
            order=", ".join(options["order"]),
        )
    return sentence(
        "Replace text in {columns} by its place in alphabetical order, from 0; text of fewer than {fewest} rows and "
        "text never seen before become -1.",
        columns=which(columns),
        fewest=FEWEST,
    )


KINDS = {
    "one_hot": StepKind(
        sentence("One yes-or-no column a level of text"),
        "text",
        _says_one_hot,
        {"min_share": RARE, "max_levels": count(sentence("Levels, at most"), 50)},
        learn=_one_hot,
        turn=ENCODES,
        becomes="levels",
    ),
    "map_values": StepKind(
        sentence("Replace text by numbers"),
        "text",
        _says_map_values,
        {"values": numbers_by_text(sentence("Number for each text"))},
        learn=lambda options, _state, _target: ReplaceText({k: float(v) for k, v in options["values"].items()}),
        turn=ENCODES,
        becomes="numeric",
    ),
    "ordinal": StepKind(
        sentence("Replace text by its place in an order"),
        "text",
        _says_ordinal,
        {"order": texts(sentence("Order, from low to high; empty for alphabetical"), ())},
        learn=_ordinal,
        turn=ENCODES,
        becomes="numeric",
    ),
    "group_rare": StepKind(
        sentence("Bring rare levels together"),
        "text",
        lambda options, columns: sentence(
            "In {columns}, texts held by less than {min_share} of the rows or by fewer than {fewest} rows, and texts "
            "never seen before, become “other levels”.",
            columns=which(columns),
            fewest=FEWEST,
            **options,
        ),
        {"min_share": RARE},
        learn=_together,
        turn=JOINS,
    ),
}
"""Steps on text, by name."""
