"""Fit a recipe on some rows of a table: what it learns, and why it cannot."""

from collections.abc import Sequence

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitted import KINDS, FittedRecipe, PreparedColumn, Rows, columns_of, start_of
from medalloc.preparation.learning import learn
from medalloc.preparation.operations import ColumnState, Operation
from medalloc.preparation.recipe import Recipe, Step
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
    state = start_of(column, rows)
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
    return tuple(operations), columns_of(state)


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
            expected=KINDS[works_on],
            found=KINDS[state.scope],
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
