"""The models a choice can mean, behind one small interface."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import require
from medalloc.need.models.amount_building import ScikitAmounts
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.boosted_trees import BoostedTrees
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.state import Rows
from medalloc.sentences import Sentence, counted, sentence


class Model(Protocol):
    """A fitted or fittable model of need, or of amounts of it."""

    gives_probability: bool
    """Whether `raw` is a probability (or an expected amount), or a score that must be calibrated first."""

    def fit(
        self,
        prepared: FittedRecipe,
        encoded: Sequence[EncodedColumn],
        rows: Rows,
        need: NDArray[Any],
        weight: NDArray[np.float64] | None = None,
    ) -> "Model":
        """Learn from some rows, each of which counts as much as `weight` says, shape (len(rows),)."""
        ...

    def raw(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a probability, an expected amount or a score, higher for more need, shape (rows,)."""
        ...

    def importance(self) -> NDArray[np.float64] | None:
        """Return impurity decrease or gain of each matrix column, or None."""
        ...

    def contributions(self, matrix: NDArray[np.float32]) -> NDArray[np.float64] | None:
        """Return what each matrix column adds to the log-odds, and the base value last, or None."""
        ...


class ScikitModel:
    """A scikit-learn classifier.

    Parameters
    ----------
    estimator : estimator
        Unfitted.
    """

    def __init__(self, estimator: Any) -> None:
        self.estimator = estimator
        self.gives_probability = hasattr(estimator, "predict_proba")

    def fit(
        self,
        prepared: FittedRecipe,
        encoded: Sequence[EncodedColumn],
        rows: Rows,
        need: NDArray[Any],
        weight: NDArray[np.float64] | None = None,
    ) -> "ScikitModel":
        """Learn from some rows."""
        named = {} if weight is None or not takes_weights(self.estimator) else {weight_name(self.estimator): weight}
        self.estimator.fit(prepared.matrix(encoded, rows, learning=True), need[rows].astype(np.int64), **named)
        return self

    def raw(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a probability or the distance from the margin, shape (rows,)."""
        if not self.gives_probability:
            return np.asarray(self.estimator.decision_function(matrix), dtype=np.float64)
        both = np.asarray(self.estimator.predict_proba(matrix), dtype=np.float64)
        # Where rounding breaks a tie of 0.5, scikit-learn's own prediction compares the two classes: so do we.
        yes = both[:, 1] > both[:, 0]
        return np.where(yes, np.maximum(both[:, 1], np.nextafter(0.5, 1)), np.minimum(both[:, 1], 0.5))

    def importance(self) -> NDArray[np.float64] | None:
        """Return the impurity decrease of each matrix column, for forests."""
        found = getattr(self.estimator, "feature_importances_", None)
        return None if found is None else np.asarray(found, dtype=np.float64)

    def contributions(self, matrix: NDArray[np.float32]) -> NDArray[np.float64] | None:  # noqa: ARG002
        """Return None: only boosted trees are taken apart row by row."""
        return None


def takes_weights(estimator: Any) -> bool:
    """Whether rows can count differently when an estimator, or the last step of a pipeline, learns."""
    from inspect import signature

    last = estimator[-1] if hasattr(estimator, "steps") else estimator
    return isinstance(last, (BoostedTrees, ScikitAmounts)) or "sample_weight" in signature(last.fit).parameters


def weight_name(estimator: Any) -> str:
    """Return what an estimator calls the weights of rows."""
    return f"{estimator.steps[-1][0]}__sample_weight" if hasattr(estimator, "steps") else "sample_weight"


def weighed(choice: ModelChoice, rows: int) -> list[Sentence]:
    """Say that a model of so many training rows learns as if all rows counted the same, if it does."""
    if takes_weights(EVERY_KIND[choice.kind].build(choice, rows)):
        return []
    return [
        sentence(
            "This model learns as if all rows counted the same; weights count in its calibration, scores, intervals "
            "and sums."
        )
    ]


def new_model(choice: ModelChoice, rows: int) -> Model:
    """Return an unfitted model for so many training rows."""
    made = EVERY_KIND[choice.kind].build(choice, rows)
    return made if isinstance(made, (BoostedTrees, ScikitAmounts)) else ScikitModel(made)


def require_no_missing(
    choice: ModelChoice, prepared: FittedRecipe, encoded: Sequence[EncodedColumn], rows: Rows
) -> None:
    """Refuse a model that cannot learn from missing values, if the recipe leaves any.

    Raises
    ------
    InputError
        Naming each column with its number of missing values.
    """
    if EVERY_KIND[choice.kind].accepts_missing:
        return
    counts = np.zeros(len(prepared.columns), dtype=np.int64)
    for _, block in prepared.blocks(encoded, rows, learning=True):
        counts += np.isnan(block).sum(axis=0)
    faults = [
        counted(
            "Column “{column}” still has missing values after recipe “{recipe}” ({count} row), and model “{kind}” "
            "cannot learn from them; add impute_median to the recipe.",
            "Column “{column}” still has missing values after recipe “{recipe}” ({count} rows), and model “{kind}” "
            "cannot learn from them; add impute_median to the recipe.",
            column=column.source,
            recipe=prepared.recipe.name,
            count=int(count),
            kind=choice.kind,
        )
        for column, count in zip(prepared.columns, counts, strict=True)
        if count
    ]
    require(*faults)
