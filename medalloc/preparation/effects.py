"""What each step of a recipe does to a table: rows, cells, columns, and small pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.cells import Cells
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.preparation.fitted import FittedRecipe, start_of
from medalloc.preparation.kind import SHAPES
from medalloc.preparation.state import ColumnState, Rows
from medalloc.sentences import Sentence, counted, listed, sentence, together

BINS = 12
"""Bars of a picture of values, at most. [count]"""

Picture = tuple[str, tuple[int, ...], tuple[int, ...]]
"""A column with its rows by value before and after a step."""


@dataclass(frozen=True)
class Effect:
    """What one step does to a table."""

    rows_before: int
    """Rows before it. [count]"""

    rows_after: int
    """Rows after it. [count]"""

    filled: int = 0
    """Cells that were missing and no longer are. [count]"""

    changed: int = 0
    """Cells with another value than before. [count]"""

    columns: tuple[str, ...] = ()
    """Columns with such cells, or that became others."""

    gone: tuple[str, ...] = ()
    """Columns that are no longer there."""

    new: tuple[str, ...] = ()
    """Columns that were not there before."""

    pictures: tuple[Picture, ...] = ()
    """Values of the columns it works on, before and after."""

    def in_words(self) -> Sentence:
        """Say what the step does.

        Examples
        --------
        >>> str(Effect(100, 90).in_words()), str(Effect(100, 100, filled=3, columns=("age",)).in_words())
        ('Rows left out: 10 of 100.', 'Cells filled: 3, in columns: 1.')
        """
        said = []
        if self.rows_after < self.rows_before:
            left_out = self.rows_before - self.rows_after
            said.append(sentence("Rows left out: {count} of {rows}.", count=left_out, rows=self.rows_before))
        elif self.rows_after > self.rows_before:
            rows = {"before": self.rows_before, "after": self.rows_after}
            said.append(
                counted("Rows made of {before} row: {after}.", "Rows made of {before} rows: {after}.", "before", **rows)
            )
        if self.filled:
            columns = len(self.columns)
            said.append(sentence("Cells filled: {count}, in columns: {columns}.", count=self.filled, columns=columns))
        if self.changed:
            columns = len(self.columns)
            said.append(sentence("Cells changed: {count}, in columns: {columns}.", count=self.changed, columns=columns))
        if self.gone:
            said.append(sentence("Columns gone: {names}.", names=listed(self.gone)))
        if self.new:
            said.append(sentence("New columns: {count} ({names}).", count=len(self.new), names=listed(self.new)))
        return together(said) if said else sentence("Changes nothing in this table.")


def effects(
    fitted: FittedRecipe, encoded: Sequence[EncodedColumn], kept: Rows, shaped: Sequence[Cells]
) -> tuple[Effect, ...]:
    """Return what each step does.

    Parameters
    ----------
    encoded : sequence of EncodedColumn
        Its columns, after the steps that shape the table.
    shaped : sequence of Cells
        The table before and after each step that shapes it; where it is empty, these steps have no effect to show.
    """
    changes = pairwise(shaped)
    rows = len(encoded[0].values) if encoded else len(kept)
    states = {column.name: start_of(column, kept) for column in encoded}
    made = []
    for number, step in enumerate(fitted.recipe.steps, start=1):
        if step.name == "drop_missing_rows":
            made.append(Effect(rows, len(kept)))
        elif STEP_KINDS[step.name].stage == SHAPES:
            pair = next(changes, None)
            made.append(Effect(rows, rows) if pair is None else _of_shape(*pair))
        else:
            effect = Effect(len(kept), len(kept))
            for done in (each for each in fitted.done if each.number == number):
                before = tuple(states[name] for name in done.columns)
                after = done.apply(before)
                states.update(zip(done.columns, after, strict=True))
                for one, other in zip(before, after, strict=True):
                    effect = _with_column(effect, one, other)
            made.append(effect)
    return tuple(made)


def _with_column(effect: Effect, before: ColumnState, after: ColumnState) -> Effect:
    """Return an effect with what a step did to one more column."""
    filled = changed = 0
    if after.values is not None:
        was, is_ = before.missing(), after.missing()
        filled = int((was & ~is_).sum())
        changed = int((_differs(before, after) & ~was & ~is_).sum())
    known = {ending for ending, _ in before.flags}
    new = tuple(f"{after.name}{ending}" for ending, _ in after.flags if ending not in known)
    gone = (after.name,) if after.values is None and before.values is not None else ()
    touched = (after.name,) if filled or changed or new or gone else ()
    picture = ((after.name, _picture(before), _picture(after)),) if touched else ()
    return replace(
        effect,
        filled=effect.filled + filled,
        changed=effect.changed + changed,
        columns=effect.columns + touched,
        gone=effect.gone + gone,
        new=effect.new + new,
        pictures=effect.pictures + picture,
    )


def _differs(before: ColumnState, after: ColumnState) -> NDArray[np.bool_]:
    if before.levels is None or after.levels is None:
        if before.levels is not None or after.levels is not None:
            return np.ones(len(np.asarray(after.values)), dtype=bool)
        return np.asarray(before.values != after.values)
    # codes of both in the first one's levels; the last place answers for missing text
    place = np.append(before.levels.get_indexer(after.levels), -1)
    return np.asarray(place[after.values] != before.values)


def _picture(state: ColumnState) -> tuple[int, ...]:
    if state.values is None:
        return tuple(sorted((int(flag.sum()) for _, flag in state.flags), reverse=True)[:BINS])
    return bins(state.values) if state.levels is None else frequent(state.values)


def bins(values: NDArray[np.generic]) -> tuple[int, ...]:
    """Return how many numbers lie in each of bins of equal width."""
    numbers = np.asarray(values, dtype=np.float64)
    return tuple(np.histogram(numbers[np.isfinite(numbers)], BINS)[0].tolist())


def frequent(codes: NDArray[np.generic]) -> tuple[int, ...]:
    """Return how many rows hold each of the most frequent texts."""
    known = np.asarray(codes, dtype=np.int64)
    return tuple(np.sort(np.bincount(known[known >= 0]))[::-1][:BINS].tolist())


def _of_shape(before: Cells, after: Cells) -> Effect:
    """Return what a step did that shaped the table."""
    was, is_ = list(before.frame.columns), list(after.frame.columns)
    gone = tuple(name for name in was if name not in is_)
    new = tuple(name for name in is_ if name not in was)
    same = [name for name in is_ if name in was and after.frame[name] is not before.frame[name]]
    changed, touched, pictures = 0, [], []
    if len(before.frame) == len(after.frame):
        for name in same:
            if before.frame[name].equals(after.frame[name]):
                continue
            one, other = before.frame[name], after.frame[name]
            changed += int((one.notna() & (one.astype("str") != other.astype("str"))).sum())
            touched.append(name)
            pictures.append((name, _picture(_encoded(before, name)), _picture(_encoded(after, name))))
    return Effect(
        len(before.frame),
        len(after.frame),
        changed=changed,
        columns=tuple(touched),
        gone=gone,
        new=new,
        pictures=tuple(pictures),
    )


def _encoded(cells: Cells, name: str) -> ColumnState:
    (column,) = encode(cells.frame, [name])
    return start_of(column, np.arange(len(cells.frame)))
