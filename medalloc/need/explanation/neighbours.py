"""Which patients of the training part are most like one patient, and what became of them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.need.explanation.subject import Floats, Subject
from medalloc.preparation.state import Rows


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest training rows, nearest first."""

    rows: Rows
    """Rows of the table, shape (count,)."""

    distance: Floats
    """How far each is, shape (count,); see `nearest`. [1]"""


def nearest(subject: Subject, cells: pd.DataFrame, count: int = 5) -> Neighbours:
    """Find the training rows nearest to a patient, by looking at every one.

    Parameters
    ----------
    count : int
        Rows to find; fewer where the training part has fewer.

    Notes
    -----
    The distance is Euclidean on the prepared columns: a difference of numbers counts in standard deviations of the
    training rows, another level of a text counts 1, as does a number that only one of the two has. Where the recipe
    fills gaps, the filled value counts, and a mark that it was filled counts one half. Of rows equally far the first
    in the table comes first.
    """
    squared = squared_distances(subject, subject.train_matrix, subject.matrix(cells)[0])
    order = np.argsort(squared, kind="stable")[:count]
    return Neighbours(subject.train[order], np.sqrt(squared[order]))


def squared_distances(subject: Subject, matrix: NDArray[np.float32], one: NDArray[np.float32]) -> Floats:
    """Return the squared distance of prepared rows from one, shape (rows,). [1]."""
    weights = _weights(subject)
    total = np.zeros(len(matrix))
    # a column at a time, so that no second matrix is needed
    for place, weight in enumerate(weights):
        values = matrix[:, place].astype(np.float64)
        difference = weight * (values - float(one[place])) ** 2
        absent = np.isnan(values)
        unlike = 0.0 if np.isnan(one[place]) else 1.0
        total += np.where(absent, unlike, np.where(np.isnan(difference), 1.0, difference))
    return total


def _weights(subject: Subject) -> Floats:
    """Return by what a squared difference of each matrix column is multiplied, shape (matrix columns,)."""
    made = np.empty(len(subject.prepared.columns))
    for place, column in enumerate(subject.prepared.columns):
        if column.kind == "flag":
            # two flags differ where the level is another one
            made[place] = 0.5
            continue
        values = subject.train_matrix[:, place].astype(np.float64)
        known = values[~np.isnan(values)]
        variance = float(known.var()) if len(known) else 0.0
        made[place] = 1 / variance if variance > 0 else 1.0
    return made
