"""Fit a recipe on some rows of a table and turn rows into the matrix a model learns from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.learning import learn
from medalloc.preparation.operations import ColumnState, Operation
from medalloc.preparation.recipe import Recipe, Step
from medalloc.sentences import Sentence, sentence

Rows = NDArray[np.integer[Any]]
"""Places of rows in a table."""

_KINDS = {
    "number": sentence("numbers"),
    "numeric": sentence("numbers"),
    "text": sentence("text"),
    "levels": sentence("yes-or-no columns"),
}

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

    operations: tuple[tuple[Operation, ...], ...]
    """What is done to each source column, in the order of `sources`."""

    sources: tuple[str, ...]
    """Columns of the table it was fitted on."""

    kinds: tuple[str, ...]
    """Whether each source held numbers or text."""

    columns: tuple[PreparedColumn, ...]
    """Columns of the matrix."""

    def matrix(self, encoded: Sequence[EncodedColumn], rows: Rows) -> NDArray[np.float32]:
        """Return prepared rows, shape (len(rows), len(columns)).

        Single precision: half the memory, and what forests and boosted trees compute with anyway.

        Raises
        ------
        InputError
            If a column changed its kind or holds values a step cannot take; all faults at once.
        """
        made = np.empty((len(rows), len(self.columns)), dtype=np.float32)
        for start, block in self.blocks(encoded, rows):
            made[start : start + len(block)] = block
        return made

    def blocks(
        self, encoded: Sequence[EncodedColumn], rows: Rows, *, size: int = BLOCK_ROWS
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield prepared rows a block at a time, each with the place of its first row."""
        self._require_same_columns(encoded)
        for start in range(0, len(rows), size):
            yield start, self._block(encoded, rows[start : start + size])

    def groups(self) -> list[NDArray[np.intp]]:
        """Return, for each source column, the places of the matrix columns made from it."""
        sources = np.array([column.source for column in self.columns], dtype=object)
        return [np.flatnonzero(sources == source) for source in self.sources]

    def _block(self, encoded: Sequence[EncodedColumn], rows: Rows) -> NDArray[np.float32]:
        block = np.empty((len(rows), len(self.columns)), dtype=np.float32)
        place = 0
        faults: list[Sentence] = []
        for column, operations in zip(encoded, self.operations, strict=True):
            try:
                state = _run(_start(column, rows), operations)
            except InputError as error:
                faults += error.faults
                continue
            if state.values is not None:
                block[:, place] = state.values
                place += 1
            for _, flag in state.flags:
                block[:, place] = flag
                place += 1
        if faults:
            raise InputError(*faults)
        return block

    def _require_same_columns(self, encoded: Sequence[EncodedColumn]) -> None:
        faults = [
            sentence(
                "Column “{column}” held {expected} when the recipe was fitted and now holds {found}.",
                column=column.name,
                expected=_KINDS[kind],
                found=_KINDS[column.kind],
            )
            for column, kind in zip(encoded, self.kinds, strict=True)
            if column.kind != kind
        ]
        if faults:
            raise InputError(*faults)


def kept_rows(recipe: Recipe, encoded: Sequence[EncodedColumn], rows: Rows) -> Rows:
    """Return the rows that the recipe does not leave out for their missing values."""
    for step in recipe.steps:
        if step.name == "drop_missing_rows":
            for column in encoded:
                missing = column.missing()
                if _is_meant(step, column.name, "numeric" if column.kind == "number" else "text") and missing.any():
                    rows = rows[~missing[rows]]
    return rows


def fit_recipe(recipe: Recipe, encoded: Sequence[EncodedColumn], rows: Rows) -> FittedRecipe:
    """Learn medians, levels and scales from some rows.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    encoded : sequence of EncodedColumn
        Every column the recipe works on.
    rows : ndarray of int
        Rows to learn from; those the recipe leaves out must already be missing here (`kept_rows`).

    Raises
    ------
    InputError
        If no row is left, a named column is not there, a step cannot work on a column, or text is left at the end;
        all faults at once.
    """
    faults = _faults_of_names(recipe, encoded)
    if not len(rows):
        raise InputError(
            *faults,
            sentence(
                "Recipe “{recipe}” leaves no row: every row has a missing value; use a recipe that fills missing "
                "values.",
                recipe=recipe.name,
            ),
        )
    programs: list[tuple[Operation, ...]] = []
    made: list[PreparedColumn] = []
    for column in encoded:
        try:
            operations, columns = _fit_column(recipe, column, rows)
        except InputError as error:
            faults += error.faults
            continue
        programs.append(operations)
        made += columns
    if faults:
        raise InputError(*faults)
    return FittedRecipe(
        recipe, tuple(programs), tuple(c.name for c in encoded), tuple(c.kind for c in encoded), tuple(made)
    )


def _fit_column(
    recipe: Recipe, column: EncodedColumn, rows: Rows
) -> tuple[tuple[Operation, ...], list[PreparedColumn]]:
    state = _start(column, rows)
    operations: list[Operation] = []
    for step in recipe.steps:
        if step.name != "drop_missing_rows" and _is_meant(step, column.name, state.scope):
            _require_fit(step, state)
            operation = learn(step, state)
            operations.append(operation)
            state = operation.apply(state)
    if state.scope == "text":
        raise InputError(
            sentence(
                "Column “{column}” still holds text after the last step of recipe “{recipe}” (such as {found}); add "
                "one_hot or map_values, or leave the column out.",
                column=column.name,
                recipe=recipe.name,
                found=", ".join(f"“{level}”" for level in (state.levels if state.levels is not None else [])[:3]),
            )
        )
    return tuple(operations), _columns_of(state)


def columns_after(column: EncodedColumn, operations: Sequence[Operation]) -> list[PreparedColumn]:
    """Return the matrix columns that operations make of a column."""
    return _columns_of(_run(_start(column, np.arange(len(column.values))), operations))


def _columns_of(state: ColumnState) -> list[PreparedColumn]:
    made = [] if state.values is None else [PreparedColumn(state.name, state.name, "number")]
    return made + [PreparedColumn(f"{state.name}{ending}", state.name, "flag") for ending, _ in state.flags]


def _run(state: ColumnState, operations: Sequence[Operation]) -> ColumnState:
    for operation in operations:
        state = operation.apply(state)
    return state


def _start(column: EncodedColumn, rows: Rows) -> ColumnState:
    taken = column.values[rows]
    return ColumnState(
        column.name, taken if column.kind == "text" else taken.astype(np.float64, copy=False), column.levels
    )


def _is_meant(step: Step, name: str, scope: str) -> bool:
    if not isinstance(step.columns, str):
        return name in step.columns
    works_on = STEP_KINDS[step.name].works_on
    return step.columns in ("all", scope) and works_on in ("all", scope)


def _require_fit(step: Step, state: ColumnState) -> None:
    works_on = STEP_KINDS[step.name].works_on
    if works_on in ("all", state.scope):
        return
    raise InputError(
        sentence(
            "Column “{column}”: step {step} works on {expected}, and the column holds {found} at that point.",
            column=state.name,
            step=step.name,
            expected=_KINDS[works_on],
            found=_KINDS[state.scope],
        )
    )


def _faults_of_names(recipe: Recipe, encoded: Sequence[EncodedColumn]) -> list[Sentence]:
    known = [column.name for column in encoded]
    return [
        sentence(
            "Recipe “{recipe}”, step {step}: there is no feature “{column}”; the features are: {columns}.",
            recipe=recipe.name,
            step=step.name,
            column=name,
            columns=", ".join(known),
        )
        for step in recipe.steps
        if not isinstance(step.columns, str)
        for name in step.columns
        if name not in known
    ]
