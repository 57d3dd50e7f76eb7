"""Persons each row stands for: what a survey, or a sample of the ill and the well, says of itself."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


def weights_of(table: Table) -> Floats:
    """Return the persons each row stands for: 1 without such a column, NaN where none is given."""
    name = table.column("weight")
    if name is None:
        return np.ones(len(table.frame))
    return np.asarray(pd.to_numeric(table.frame[name], errors="coerce"), dtype=np.float64)


def weight_faults(table: Table, weights: Floats) -> list[Sentence]:
    """Return what is impossible about the weights of rows, as `weights_of` gives them."""
    faults = []
    unfit = ~np.isnan(weights) & ((weights <= 0) | np.isinf(weights))
    if unfit.any():
        row = int(np.argmax(unfit))
        faults.append(
            sentence(
                "Column “{column}”, row {row}: the weight is {found}; it must be above 0 (rows like this: {count}).",
                column=table.column("weight"),
                row=row + 1,
                found=float(weights[row]),
                count=int(unfit.sum()),
            )
        )
    return faults


def learning_weights(table: Table) -> Floats | None:
    """Return how much each row counts in learning and in scores, shape (rows,); None where all count the same.

    Raises
    ------
    InputError
        If a weight is not above 0.
    """
    weights = weights_of(table)
    if faults := weight_faults(table, weights):
        raise InputError(*faults)
    given = weights[~np.isnan(weights)]
    if not len(given) or (given == given[0]).all():
        return None
    return np.asarray(weights / given.mean())
