"""How much of the test rows a recipe that was fitted on the whole table has seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import Rows, Target


@dataclass(frozen=True)
class Leak:
    """By how much the test rows differ because the recipe was fitted on them, too."""

    column: str
    """Column of the matrix where they differ most."""

    size: float
    """Mean difference there, over the standard deviation of that column in the training rows. [fraction]"""


def leak_of(
    recipe: Recipe, encoded: Sequence[EncodedColumn], training: Rows, test: Rows, target: Target | None = None
) -> Leak | None:
    """Return what seeing the test rows changes about them, None where no column is the same in both.

    Parameters
    ----------
    recipe : Recipe
        Any recipe; it is fitted on the training rows alone, and on both.
    target : Target, optional
        What rows needed.
    """
    honest = fit_recipe(recipe, encoded, training, target)
    whole = fit_recipe(recipe, encoded, np.sort(np.concatenate([training, test])), target)
    places = {column.name: place for place, column in enumerate(whole.columns)}
    one, other, spread = (
        honest.matrix(encoded, test),
        whole.matrix(encoded, test),
        honest.matrix(encoded, training).std(axis=0),
    )
    sizes = [
        Leak(column.name, float(np.abs(one[:, place] - other[:, places[column.name]]).mean() / spread[place]))
        for place, column in enumerate(honest.columns)
        if column.name in places and spread[place] > 0
    ]
    return max(sizes, key=lambda each: each.size, default=None)
