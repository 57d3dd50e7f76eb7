"""The linear support vector machine for many rows and a few hundred columns, by Newton's method."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.svm import LinearSVC

Floats = NDArray[np.floating[Any]]

TOLERANCE = 1e-4
"""Part of its first length to which the gradient must fall."""

MOST_STEPS = 100

CURVED_ROWS = 15_000
"""Rows from which the curvature is taken; with more, a step is no better and costs more."""

START_ROWS = 8_000
"""Rows on which the first steps are taken."""


class NewtonSVC(LinearSVC):  # type: ignore[misc]
    """A `LinearSVC` with squared hinge loss that reaches the same answer several times faster.

    Its objective is half the squared length of the weights, the intercept among them, plus the cost of each row inside
    or beyond the margin times its squared distance. That is smooth and convex, so that Newton steps with a line search
    reach the one minimum; the curvature is taken from a part of the rows.

    References
    ----------
    .. [1] S. S. Keerthi and D. DeCoste, "A modified finite Newton method for fast solution of large scale linear SVMs",
       Journal of Machine Learning Research 6, 2005.
    """

    def __init__(self, C: float = 1.0) -> None:  # noqa: N803
        super().__init__(C=C)

    def fit(self, X: Any, y: Any) -> "NewtonSVC":  # noqa: N803
        """Learn from a matrix of shape (rows, columns) and two answers."""
        matrix = np.ascontiguousarray(X)
        self.classes_, codes = np.unique(y, return_inverse=True)
        side = np.where(codes == 1, 1.0, -1.0)
        weights = np.zeros(matrix.shape[1] + 1)
        if len(matrix) > 2 * START_ROWS:
            every = len(matrix) // START_ROWS
            few, answers = np.ascontiguousarray(matrix[::every]), side[::every]
            # As many times the cost as rows are left out: the same objective, estimated.
            weights, _ = _minimise(few, answers, self.C * every, weights)
        weights, self.n_iter_ = _minimise(matrix, side, self.C, weights)
        self.coef_, self.intercept_ = weights[None, :-1], weights[-1:]
        self.n_features_in_ = matrix.shape[1]
        return self


def _minimise(matrix: Floats, side: Floats, cost: float, start: Floats) -> tuple[Floats, int]:
    """Return the best weights, the intercept last, and how many steps led there."""
    weights, first = start, _length_at_zero(matrix, side, cost)
    margin = _margins(matrix, weights)
    for step_number in range(MOST_STEPS):
        slack = np.maximum(1 - side * margin, 0)
        gradient = weights - 2 * cost * _summed(matrix, side * slack)
        if np.linalg.norm(gradient) <= TOLERANCE * first:
            return weights, step_number
        direction = -np.linalg.solve(_curvature(matrix, slack > 0, cost), gradient)
        along = _margins(matrix, direction)
        far = _best_length(weights, direction, side * margin, side * along, cost)
        weights, margin = weights + far * direction, margin + far * along
    return weights, MOST_STEPS


def _length_at_zero(matrix: Floats, side: Floats, cost: float) -> float:
    return float(np.linalg.norm(2 * cost * _summed(matrix, side)))


def _margins(matrix: Floats, weights: Floats) -> Floats:
    return np.asarray(matrix @ weights[:-1].astype(matrix.dtype) + weights[-1], dtype=np.float64)


def _summed(matrix: Floats, factors: Floats) -> Floats:
    """Return the sum of the rows times their factors, the intercept's 1 among the columns."""
    return np.append(factors.astype(matrix.dtype) @ matrix, factors.sum()).astype(np.float64)


def _curvature(matrix: Floats, inside: NDArray[np.bool_], cost: float) -> Floats:
    """Return the second derivatives, shape (columns + 1, columns + 1); only rows inside the margin curve."""
    rows = np.flatnonzero(inside)
    every = max(1, len(rows) // CURVED_ROWS)
    taken = matrix[rows[::every]]
    scale = 2 * cost * len(rows) / max(len(taken), 1)
    made = np.empty((matrix.shape[1] + 1,) * 2)
    made[:-1, :-1] = taken.T @ taken
    made[-1, :-1] = made[:-1, -1] = taken.sum(axis=0)
    made[-1, -1] = len(taken)
    return np.eye(len(made)) + scale * made


def _best_length(weights: Floats, direction: Floats, margin: Floats, along: Floats, cost: float) -> float:
    """Return how far to go: the minimum along a line of a convex function whose slope is piecewise linear."""
    far, low, high = 1.0, 0.0, np.inf
    for _ in range(30):
        slack = np.maximum(1 - margin - far * along, 0)
        slope = direction @ (weights + far * direction) - 2 * cost * (slack @ along)
        bend = direction @ direction + 2 * cost * ((slack > 0) @ along**2)
        low, high = (far, high) if slope < 0 else (low, far)
        step = float(-slope / bend)
        if abs(step) <= 1e-6 * far:
            break
        far = far + step if low < far + step < high else (2 * far if np.isinf(high) else (low + high) / 2)
    return far
