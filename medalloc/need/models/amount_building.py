"""Models of amounts behind the interface of models of need: `raw` is the expected amount."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.need.models.boosted_trees import BoostedTrees, histogram_options
from medalloc.need.models.kind import Settings
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.state import Rows

OBJECTIVES = {"poisson": "poisson", "gamma": "gamma", "squared": "regression"}
"""LightGBM's names."""

LOSSES = {"poisson": "poisson", "gamma": "gamma", "squared": "squared_error"}
"""scikit-learn's names."""


class BoostedAmounts(BoostedTrees):
    """LightGBM trees for amounts; those of counts and amounts above 0 add up in the logarithm.

    Parameters
    ----------
    choice : Settings
        Of kind ``amount-boosting``.
    """

    @property
    def objective(self) -> str:
        """What the trees make small."""
        return OBJECTIVES[self.choice.text("family")]

    def raw(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the expected amount, shape (rows,)."""
        margin = self.booster_.margin(matrix)
        return margin if self.choice.text("family") == "squared" else np.exp(margin)


class ScikitAmounts:
    """A scikit-learn regressor.

    Parameters
    ----------
    estimator : estimator
        Unfitted.
    """

    gives_probability = True

    def __init__(self, estimator: Any) -> None:
        self.estimator = estimator

    def fit(
        self,
        prepared: FittedRecipe,
        encoded: Sequence[EncodedColumn],
        rows: Rows,
        need: NDArray[Any],
        weight: NDArray[np.float64] | None = None,
    ) -> "ScikitAmounts":
        """Learn the amounts of some rows."""
        matrix = prepared.matrix(encoded, rows, learning=True).astype(np.float64)
        amounts = need[rows].astype(np.float64)
        self.estimator.fit(matrix, amounts, sample_weight=weight)
        return self

    def raw(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the expected amount, shape (rows,)."""
        return np.asarray(self.estimator.predict(matrix.astype(np.float64)), dtype=np.float64)

    def importance(self) -> NDArray[np.float64] | None:
        """Return None: only boosted trees count their gains."""
        return None

    def contributions(self, matrix: NDArray[np.float32]) -> NDArray[np.float64] | None:
        """Return what each matrix column adds to a linear model's answer, the intercept last; None for other models."""
        slopes = getattr(self.estimator, "coef_", None)
        if slopes is None:
            return None
        added = matrix.astype(np.float64) * np.asarray(slopes)
        return np.concatenate([added, np.full((len(matrix), 1), float(self.estimator.intercept_))], axis=1)


def histogram_amounts(choice: Settings) -> ScikitAmounts:
    """Return scikit-learn's boosted trees with the same options, for machines without LightGBM."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    return ScikitAmounts(HistGradientBoostingRegressor(loss=LOSSES[choice.text("family")], **histogram_options(choice)))
