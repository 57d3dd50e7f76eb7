"""Boosted trees: LightGBM, or scikit-learn's where LightGBM cannot be loaded."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from medalloc.need.models.kind import Settings
from medalloc.need.models.lightgbm_library import Block, Booster
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.state import Rows

SAMPLED_ROWS = 20_000
"""Rows from which bins are chosen."""

ROW_WISE_UP_TO = 300_000
"""Training rows up to which bins are also kept row by row: faster, but a second copy of them."""


class BoostedTrees:
    """LightGBM trees.

    Parameters
    ----------
    choice : Settings
        Of kind ``boosting``.
    """

    gives_probability = True

    def __init__(self, choice: Settings) -> None:
        self.choice = choice

    def fit(
        self,
        prepared: FittedRecipe,
        encoded: Sequence[EncodedColumn],
        rows: Rows,
        need: NDArray[Any],
        weight: NDArray[np.float64] | None = None,
    ) -> "BoostedTrees":
        """Grow the trees on some rows, which are prepared a block at a time."""
        every = max(1, len(rows) // SAMPLED_ROWS)
        return self.grown(
            prepared.blocks(encoded, rows, learning=True),
            prepared.matrix(encoded, rows[::every], learning=True),
            need[rows].astype(np.float32),
            None if weight is None else weight.astype(np.float32),
        )

    def grown(
        self,
        blocks: Iterable[Block],
        sample: NDArray[np.float32],
        need: NDArray[np.float32],
        weight: NDArray[np.float32] | None,
        after: "BoostedTrees | None" = None,
    ) -> "BoostedTrees":
        """Grow the trees on rows that come a block at a time; need and weight may be known only with the last one.

        Trees `after` others begin where those leave their rows, and stand behind them.
        """
        parameters = parameters_of(self.choice, self.objective, len(need))
        self.booster_: Booster = Booster(
            blocks,
            sample,
            need,
            parameters,
            rounds=self.choice.count("trees"),
            weight=weight,
            after=None if after is None else after.booster_,
        )
        return self

    @property
    def objective(self) -> str:
        """What the trees make small."""
        return "binary"

    @classmethod
    def from_text(cls, choice: Settings, text: bytes, *, columns: int) -> Self:
        """Return the trees that `to_text` wrote down."""
        made = cls(choice)
        # Only the number of threads matters to trees that stand.
        made.booster_ = Booster.from_text(text, parameters_of(choice, made.objective, 0), columns=columns)
        return made

    def to_text(self) -> bytes:
        """Return the trees in LightGBM's own text format."""
        return self.booster_.to_text()

    def raw(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability of need, shape (rows,)."""
        margin = self.booster_.margin(matrix)
        return np.asarray(1 / (1 + np.exp(-margin)))

    def importance(self) -> NDArray[np.float64] | None:
        """Return the gain of each matrix column."""
        return self.booster_.gain()

    def contributions(self, matrix: NDArray[np.float32]) -> NDArray[np.float64] | None:
        """Return exact TreeSHAP contributions to the log-odds, shape (rows, columns + 1)."""
        return self.booster_.contributions(matrix)


def histogram_trees(choice: Settings) -> Any:
    """Return scikit-learn's boosted trees with the same options, for machines without LightGBM."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(**histogram_options(choice))


def histogram_options(choice: Settings) -> dict[str, Any]:
    """Return the options of boosted trees as scikit-learn calls them."""
    return {
        "max_iter": choice.count("trees"),
        "max_leaf_nodes": choice.count("leaves"),
        "learning_rate": choice.option("learning_rate"),
        "min_samples_leaf": choice.count("smallest_leaf"),
        "l2_regularization": choice.option("penalty"),
        "max_bins": choice.count("bins"),
        "early_stopping": False,
        "random_state": choice.seed,
    }


def parameters_of(choice: Settings, objective: str, rows: int) -> dict[str, object]:
    """Return what LightGBM is told of trees that learn from so many rows."""
    row_wise = rows <= ROW_WISE_UP_TO
    return {
        "objective": objective,
        "num_threads": choice.count("threads"),
        "verbosity": -1,
        "seed": choice.seed,
        "deterministic": "true",
        "force_row_wise": str(row_wise).lower(),
        "force_col_wise": str(not row_wise).lower(),
        "learning_rate": choice.option("learning_rate"),
        "num_leaves": choice.count("leaves"),
        "min_data_in_leaf": choice.count("smallest_leaf"),
        "lambda_l2": choice.option("penalty"),
        "max_bin": choice.count("bins"),
    }
