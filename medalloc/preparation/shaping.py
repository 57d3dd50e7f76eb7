"""Do the steps of a recipe that change the table itself, row by row and without learning anything from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from medalloc.errors import InputError, refused
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.cells import Cells
from medalloc.preparation.kind import SHAPES
from medalloc.preparation.recipe import Recipe, Step
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

MAKES = ("to", "names_to", "values_to")
"""Options that name a new column."""


@dataclass(frozen=True, eq=False)
class Shaping:
    """A table after the first steps of a recipe."""

    table: Table
    """The table; the same one where there are no such steps."""

    after: tuple[Cells, ...]
    """Cells as they came in, and after each of the steps."""


def shaping_steps(recipe: Recipe) -> tuple[Step, ...]:
    """Return the steps that change the table itself, which are the first ones."""
    return tuple(step for step in recipe.steps if STEP_KINDS[step.name].stage == SHAPES)


def shape_table(table: Table, recipe: Recipe) -> Shaping:
    """Return a table after the steps of a recipe that change it, with what they left out in its notes.

    Raises
    ------
    InputError
        If steps do not apply to this table, the later ones, too; names each of them and says why.
    """
    after = _walk(_start(table.frame, table.roles), recipe, _with_rows)
    last = after[-1]
    if len(after) == 1:
        return Shaping(table, after)
    made = replace(
        table,
        frame=last.frame,
        roles=last.roles,
        notes=(*table.notes, *last.left_out),
        left_out=(*table.left_out, *last.left_out),
    )
    return Shaping(made, after)


def shape_frame(frame: pd.DataFrame, recipe: Recipe) -> Cells:
    """Return the rows of a new file after the same steps, with the place each of them came from.

    Raises
    ------
    InputError
        If steps do not apply to it; names each of them and says why.
    """
    return _walk(_start(frame, {}), recipe, lambda cells: cells)[-1]


def without_faulty(table: Table, recipe: Recipe) -> Recipe:
    """Return a recipe without the steps that change the table and do not apply to this one."""
    cells, kept = _start(table.frame, table.roles), []
    for step in recipe.steps:
        if STEP_KINDS[step.name].stage == SHAPES:
            try:
                cells = _with_rows(_shaped(cells, step))
            except InputError:
                continue
        kept.append(step)
    return replace(recipe, steps=tuple(kept))


def _start(frame: pd.DataFrame, roles: Mapping[str, str]) -> Cells:
    return Cells(frame.reset_index(drop=True), roles, np.arange(len(frame)))


def _with_rows(cells: Cells) -> Cells:
    """Refuse a table of which no row is left; of a piece of a file nothing may be left."""
    if cells.left_out and not len(cells.frame):
        raise refused("no row is left; choose other limits or texts.")
    return cells


def _walk(cells: Cells, recipe: Recipe, checked: Callable[[Cells], Cells]) -> tuple[Cells, ...]:
    after, faults = [cells], []
    lost: set[str] = set()
    for number, step in enumerate(recipe.steps, start=1):
        if STEP_KINDS[step.name].stage != SHAPES or lost.intersection(step.columns):
            # what a step lacks only because an earlier one failed is no fault of its own
            lost |= _makes(step)
            continue
        try:
            after.append(checked(_shaped(after[-1], step)))
        except InputError as error:
            lost |= _makes(step)
            faults += [_of_step(number, step, fault) for fault in error.faults]
    if faults:
        raise InputError(*faults, *_absent(after[-1], recipe, lost))
    return tuple(after)


def _shaped(cells: Cells, step: Step) -> Cells:
    kind, columns = STEP_KINDS[step.name], tuple(step.columns)
    absent = [name for name in columns if name not in cells.frame.columns]
    if absent:
        there = ", ".join(map(str, cells.frame.columns))
        raise InputError(
            *(sentence("there is no column “{column}”; there are: {columns}.", column=n, columns=there) for n in absent)
        )
    return cells if kind.shape is None else kind.shape(cells, columns, step.every_option())


def _makes(step: Step) -> set[str]:
    return {str(value) for name, value in step.every_option().items() if name in MAKES}


def _of_step(number: int, step: Step, fault: Sentence) -> Sentence:
    return sentence("Step {number} ({step}): {fault}", number=number, step=step.name, fault=fault)


def _absent(cells: Cells, recipe: Recipe, lost: set[str]) -> list[Sentence]:
    """Return which later steps name columns that are not there either."""
    return [
        _of_step(number, step, sentence("there is no column “{column}”.", column=name))
        for number, step in enumerate(recipe.steps, start=1)
        if STEP_KINDS[step.name].stage != SHAPES and not isinstance(step.columns, str)
        for name in step.columns
        if name not in cells.frame.columns and name not in lost
    ]
