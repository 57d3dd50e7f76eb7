"""What a recipe does to each column, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.preparation.cells import Cells
from medalloc.preparation.effects import BINS, Effect, bins, effects, frequent
from medalloc.preparation.encoding import EncodedColumn, Kind, encode
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitting import fit_recipe, kept_rows
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import Rows, Target


@dataclass(frozen=True)
class Summary:
    """Numbers that describe a column of numbers; missing values are passed over."""

    mean: float
    """Mean; NaN when there is no value."""

    sd: float
    """Standard deviation of the population; NaN when there is no value."""

    low: float
    """Smallest value; NaN when there is none."""

    high: float
    """Largest value; NaN when there is none."""


@dataclass(frozen=True)
class ColumnChange:
    """One column of the table before and after a recipe."""

    name: str
    """The column."""

    kind: Kind
    """Numbers or text, as it came in."""

    missing_before: int
    """Rows without a value. [count]"""

    missing_after: int
    """Rows that still have none. [count]"""

    before: Summary | None
    """Its numbers as they came in; None for text."""

    after: Summary | None
    """Its numbers afterwards; None when it became yes-or-no columns."""

    becomes: tuple[str, ...]
    """Columns of the matrix made from it."""

    shape_before: tuple[int, ...]
    """Rows by value as it came in: in bins of equal width, or of its most frequent texts. [count]"""

    shape_after: tuple[int, ...]
    """Rows by value afterwards: in bins of equal width, or of every yes-or-no column. [count]"""


@dataclass(frozen=True)
class Comparison:
    """A table before and after a recipe."""

    rows_before: int
    """Rows as they came in. [count]"""

    rows_after: int
    """Rows the recipe keeps. [count]"""

    columns: tuple[ColumnChange, ...]
    """Every column the recipe works on."""

    effects: tuple[Effect, ...]
    """What each step does, in their order."""


def before_and_after(
    frame: pd.DataFrame,
    recipe: Recipe,
    *,
    columns: Sequence[str] | None = None,
    fitted_rows: Rows | None = None,
    target: Target | None = None,
    shaped: tuple[Cells, ...] = (),
) -> Comparison:
    """Show what a recipe does to a table.

    Parameters
    ----------
    frame : DataFrame
        The table, after the steps that shape it.
    columns : sequence of str, optional
        Columns it works on; all when left out.
    fitted_rows : ndarray of int, optional
        Rows it learns from, such as the training part; all it keeps when left out.
    target : Target, optional
        What rows needed; steps that learn from it refuse to do without.
    shaped : tuple of Cells, optional
        The table before and after each of the steps that shaped it, as `shaping` tells it.

    Raises
    ------
    InputError
        If the recipe cannot be done to this table; all faults at once.

    Examples
    --------
    >>> from medalloc.preparation.recipe import recipe_named
    >>> frame = pd.DataFrame({"age": [40.0, None, 60.0] * 5, "gender": ["male", "female", "male"] * 5})
    >>> age, gender = before_and_after(frame, recipe_named("default")).columns
    >>> age.missing_before, age.missing_after, age.becomes
    (5, 0, ('age', 'age (missing)'))
    >>> gender.becomes
    ('gender = female', 'gender = male')
    """
    encoded = encode(frame, list(frame.columns) if columns is None else columns)
    kept = kept_rows(recipe, encoded, np.arange(len(frame), dtype=np.int64))
    learned = kept if fitted_rows is None else np.intersect1d(kept, fitted_rows)
    fitted = fit_recipe(recipe, encoded, learned, target)
    matrix = fitted.matrix(encoded, kept)
    changes = tuple(
        _change(column, fitted, matrix[:, places]) for column, places in zip(encoded, fitted.groups(), strict=True)
    )
    return Comparison(len(frame), len(kept), changes, effects(fitted, encoded, kept, shaped))


def _change(column: EncodedColumn, fitted: FittedRecipe, made: NDArray[np.float32]) -> ColumnChange:
    into = [prepared for prepared in fitted.columns if prepared.source == column.name]
    numbers = next((made[:, place] for place, one in enumerate(into) if one.kind == "number"), None)
    return ColumnChange(
        column.name,
        column.kind,
        int(column.missing().sum()),
        0 if numbers is None else int(np.isnan(numbers).sum()),
        _summary(column.values) if column.kind == "number" else None,
        None if numbers is None else _summary(numbers),
        tuple(one.name for one in into),
        bins(column.values) if column.kind == "number" else frequent(column.values),
        bins(numbers) if numbers is not None else tuple(np.sort(made.sum(axis=0).astype(int))[::-1][:BINS].tolist()),
    )


def _summary(values: NDArray[np.generic]) -> Summary:
    numbers = np.asarray(values, dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return Summary(float("nan"), float("nan"), float("nan"), float("nan"))
    return Summary(float(known.mean()), float(known.std()), float(known.min()), float(known.max()))
