"""Fit a recipe on some rows of a table: what it learns, and why it cannot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from medalloc.errors import InputError, require
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitted import KINDS, FittedRecipe, PreparedColumn, columns_of, start_of
from medalloc.preparation.kind import LEARNS, SHAPES
from medalloc.preparation.recipe import Recipe, Step
from medalloc.preparation.state import (
    ColumnState,
    FittedStep,
    JointOperation,
    Operation,
    Rows,
    Target,
    levels_of,
)
from medalloc.sentences import Sentence, sentence


def kept_rows(recipe: Recipe, encoded: Sequence[EncodedColumn], rows: Rows) -> Rows:
    """Return the rows that the recipe does not leave out for their missing values."""
    for step in recipe.steps:
        if step.name == "drop_missing_rows":
            for column in encoded:
                missing = column.missing()
                if _is_meant(step, column.name, "numeric" if column.kind == "number" else "text") and missing.any():
                    rows = rows[~missing[rows]]
    return rows


def fit_recipe(
    recipe: Recipe, encoded: Sequence[EncodedColumn], rows: Rows, target: Target | None = None
) -> FittedRecipe:
    """Learn medians, levels and scales from some rows.

    Parameters
    ----------
    recipe : Recipe
        The steps; those that shape the table must already have been done (`shaping`).
    rows : ndarray of int
        Rows to learn from; those the recipe leaves out must already be missing here (`kept_rows`).
    target : Target, optional
        What rows needed; steps that learn from it refuse to do without.

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
    done: list[FittedStep] = []
    made: list[PreparedColumn] = []
    for party in _parties(recipe, encoded):
        walk = Walk({column.name: start_of(column, rows, learning=True) for column in party}, target)
        for number, step in enumerate(recipe.steps, start=1):
            if STEP_KINDS[step.name].stage == LEARNS:
                walk.learn(number, step)
        faults += walk.faults
        faults += [_still_text(recipe, state) for state in walk.sound() if state.scope == "text"]
        done += walk.done
        made += [each for state in walk.states.values() for each in columns_of(state)]
    require(*faults)
    names, kinds = tuple(column.name for column in encoded), tuple(column.kind for column in encoded)
    return FittedRecipe(recipe, tuple(sorted(done, key=lambda each: each.number)), names, kinds, tuple(made))


def _parties(recipe: Recipe, encoded: Sequence[EncodedColumn]) -> list[Sequence[EncodedColumn]]:
    """Return columns that depend on each other together, all others alone: few are then in memory at a time."""
    if any(STEP_KINDS[step.name].learn_together is not None for step in recipe.steps):
        return [encoded]
    return [(column,) for column in encoded]


@dataclass
class Walk:
    """Columns on their way through the steps that learn from them. Changed in place."""

    states: dict[str, ColumnState]
    """Every column as it is now."""

    target: Target | None
    """What rows needed."""

    done: list[FittedStep] = field(default_factory=list)
    """What was learned."""

    faults: list[Sentence] = field(default_factory=list)
    """Why a step could not work on a column."""

    broken: set[str] = field(default_factory=set)
    """Columns a step could not work on; nothing more is said of them."""

    def sound(self) -> list[ColumnState]:
        """Return the columns on which every step could work."""
        return [state for name, state in self.states.items() if name not in self.broken]

    def learn(self, number: int, step: Step) -> None:
        """Learn a step from the columns that it is meant for, and do it."""
        kind, meant = STEP_KINDS[step.name], []
        for state in self.sound():
            if not _is_meant(step, state.name, state.scope):
                continue
            if kind.works_on not in ("all", state.scope) or state.scope == "levels":
                self._refuse((state.name,), [_unfit(step, state)])
            else:
                meant.append(state)
        options = step.every_option()
        if kind.learn_together is not None and meant:
            together, states = kind.learn_together, tuple(meant)
            self._do(number, states, lambda: together(options, states))
        elif kind.learn is not None:
            for state in meant:
                self._do(number, (state,), partial(kind.learn, options, state, self.target))

    def _do(
        self, number: int, states: tuple[ColumnState, ...], learn: Callable[[], Operation | JointOperation]
    ) -> None:
        names = tuple(state.name for state in states)
        try:
            made = FittedStep(number, names, learn())
            self.states.update(zip(names, made.apply(states), strict=True))
        except InputError as error:
            self._refuse(names, error.faults)
        else:
            self.done.append(made)

    def _refuse(self, names: tuple[str, ...], faults: Sequence[Sentence]) -> None:
        self.faults += faults
        self.broken.update(names)


def _still_text(recipe: Recipe, state: ColumnState) -> Sentence:
    return sentence(
        "Column “{column}” still holds text after the last step of recipe “{recipe}” (such as {found}); add "
        "one_hot or map_values, or leave the column out.",
        column=state.name,
        recipe=recipe.name,
        found=", ".join(f"“{level}”" for level in levels_of(state)[:3]),
    )


def _is_meant(step: Step, name: str, scope: str) -> bool:
    if not isinstance(step.columns, str):
        return name in step.columns
    works_on = STEP_KINDS[step.name].works_on
    return step.columns in ("all", scope) and works_on in ("all", scope) and scope != "levels"


def _unfit(step: Step, state: ColumnState) -> Sentence:
    return sentence(
        "Column “{column}”: step {step} works on {expected}, and the column holds {found} at that point.",
        column=state.name,
        step=step.name,
        expected=KINDS[STEP_KINDS[step.name].works_on],
        found=KINDS[state.scope],
    )


def _faults_of_names(recipe: Recipe, encoded: Sequence[EncodedColumn]) -> list[Sentence]:
    known = [column.name for column in encoded]
    return [
        sentence(
            "Recipe “{recipe}”, step {number} ({step}): there is no feature “{column}”; the features are: {columns}.",
            recipe=recipe.name,
            number=number,
            step=step.name,
            column=name,
            columns=", ".join(known),
        )
        for number, step in enumerate(recipe.steps, start=1)
        if not isinstance(step.columns, str) and STEP_KINDS[step.name].stage != SHAPES
        for name in step.columns
        if name not in known
    ]
