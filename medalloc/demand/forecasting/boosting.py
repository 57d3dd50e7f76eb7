"""Boosted trees on lags: LightGBM, or scikit-learn's where LightGBM cannot be loaded."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.learning import LearnedFromWindows
from medalloc.need.lightgbm_library import Booster, library

Floats = NDArray[np.float64]

TREES = 200
LEAVES = 15
RATE = 0.05
SMALLEST_LEAF = 20
SAMPLED_ROWS = 20_000
"""Windows from which bins are chosen."""


class BoostingOnLags(LearnedFromWindows):
    """Trees that correct each other, one model a horizon, all regions together."""

    def learn(self, rows: NDArray[np.float32], targets: Floats) -> Any:
        """Grow the trees."""
        if library() is None:
            return _histogram_trees(self.seed).fit(rows, targets)
        sample = rows[:: max(1, len(rows) // SAMPLED_ROWS)]
        wanted = targets.astype(np.float32)
        return Booster([(0, rows)], sample, wanted, _parameters(self.seed), rounds=TREES)

    def apply(self, model: Any, rows: NDArray[np.float32]) -> Floats:
        """Return the sum of the trees."""
        return np.asarray(model.margin(rows) if isinstance(model, Booster) else model.predict(rows))


def _histogram_trees(seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        min_samples_leaf=SMALLEST_LEAF,
        l2_regularization=1.0,
        max_bins=63,
        early_stopping=False,
        random_state=seed,
    )


def _parameters(seed: int) -> dict[str, object]:
    return {
        "objective": "regression",
        "num_threads": 1,
        "verbosity": -1,
        "seed": seed,
        "deterministic": "true",
        "force_row_wise": "true",
        "learning_rate": RATE,
        "num_leaves": LEAVES,
        "min_data_in_leaf": SMALLEST_LEAF,
        "lambda_l2": 1.0,
        "max_bin": 63,
        "feature_fraction": 0.7,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
    }
