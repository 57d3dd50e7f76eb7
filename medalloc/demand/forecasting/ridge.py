"""A straight line through the lags, held back from large weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.learning import LearnedFromWindows

Floats = NDArray[np.float64]

PENALTY = 10.0
"""What a unit of squared weight costs, features being standardised."""


@dataclass(frozen=True, eq=False)
class Line:
    """Weights of standardised features."""

    centre: Floats
    """Mean of each feature, shape (features,)."""

    spread: Floats
    """Standard deviation of each feature, shape (features,)."""

    weights: Floats
    """Shape (features,)."""

    height: float
    """Mean target."""


class RidgeOnLags(LearnedFromWindows):
    """Ridge regression on lags, season and time of the year; what is missing counts as the feature's mean."""

    def learn(self, rows: NDArray[np.float32], targets: Floats) -> Line:
        """Return the weights that the penalised squares ask for."""
        known = np.isfinite(rows)
        count = np.maximum(known.sum(axis=0), 1)
        centre = np.where(known, rows, 0.0).sum(axis=0, dtype=np.float64) / count
        moved = np.where(known, rows - centre, 0.0)
        spread = np.sqrt((moved**2).sum(axis=0) / count)
        # a feature that never changes says nothing, whatever it becomes later
        spread = np.where(spread > 1e-6, spread, np.inf)
        plain, height = moved / spread, float(targets.mean())
        gram = plain.T @ plain + PENALTY * np.eye(plain.shape[1])
        weights = np.asarray(np.linalg.solve(gram, plain.T @ (targets - height)), dtype=np.float64)
        return Line(centre, np.asarray(spread, dtype=np.float64), weights, height)

    def apply(self, model: Line, rows: NDArray[np.float32]) -> Floats:
        """Return the height of the line."""
        moved = np.where(np.isfinite(rows), rows - model.centre, 0.0) / model.spread
        return np.asarray(moved @ model.weights + model.height)
