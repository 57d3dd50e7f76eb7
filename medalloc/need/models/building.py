"""The models a choice can mean, behind one small interface."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.need.models.boosting import BoostedTrees, histogram_trees
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.lightgbm_library import library
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitting import FittedRecipe, Rows
from medalloc.sentences import Sentence, sentence

NYSTROEM_COMPONENTS = 300

ACCEPTS_MISSING = ("forest", "forest-article", "boosting")
"""Kinds of model that know what to do with a missing number."""


class Model(Protocol):
    """A fitted or fittable model of need."""

    gives_probability: bool
    """Whether `raw` is a probability, or a score that must be calibrated first."""

    def fit(
        self, prepared: FittedRecipe, encoded: Sequence[EncodedColumn], rows: Rows, need: NDArray[np.int8]
    ) -> "Model":
        """Learn from some rows."""
        ...

    def raw(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a probability or a score, higher for more need, shape (rows,)."""
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
    gives_probability : bool
        Whether to ask it for probabilities or for the distance from its margin.
    """

    def __init__(self, estimator: Any, *, gives_probability: bool) -> None:
        self.estimator = estimator
        self.gives_probability = gives_probability

    def fit(
        self, prepared: FittedRecipe, encoded: Sequence[EncodedColumn], rows: Rows, need: NDArray[np.int8]
    ) -> "ScikitModel":
        """Learn from some rows."""
        self.estimator.fit(prepared.matrix(encoded, rows), need[rows].astype(np.int64))
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


def new_model(choice: ModelChoice, rows: int) -> Model:
    """Return an unfitted model for so many training rows."""
    match choice.kind:
        case "logistic":
            return ScikitModel(_logistic(choice), gives_probability=True)
        case "linear-svm":
            return ScikitModel(_linear_machine(choice), gives_probability=False)
        case "svm":
            return ScikitModel(_support_vectors(choice, rows), gives_probability=False)
        case "forest" | "forest-article":
            return ScikitModel(_forest(choice, rows), gives_probability=True)
        case "mlp" | "cnn":
            from medalloc.need.models.network import network_classifier

            return ScikitModel(network_classifier(choice), gives_probability=True)
    if library() is not None:
        return BoostedTrees(choice)
    return ScikitModel(histogram_trees(choice), gives_probability=True)


def remarks(choice: ModelChoice, rows: int) -> list[Sentence]:
    """Say what was done differently from what the name of the model promises."""
    if choice.kind == "svm" and rows > choice.count("exact_rows"):
        return [
            sentence(
                "With {rows} training rows an exact support vector machine would take too long; its kernel was "
                "approximated with {components} landmarks (Nystroem).",
                rows=rows,
                components=NYSTROEM_COMPONENTS,
            )
        ]
    if choice.kind == "boosting" and library() is None:
        return [sentence("LightGBM cannot be loaded on this computer; scikit-learn's boosted trees were used instead.")]
    return []


def require_no_missing(
    choice: ModelChoice, prepared: FittedRecipe, encoded: Sequence[EncodedColumn], rows: Rows
) -> None:
    """Refuse a model that cannot learn from missing values, if the recipe leaves any.

    Raises
    ------
    InputError
        Naming each column with its number of missing values.
    """
    if choice.kind in ACCEPTS_MISSING:
        return
    counts = np.zeros(len(prepared.columns), dtype=np.int64)
    for _, block in prepared.blocks(encoded, rows):
        counts += np.isnan(block).sum(axis=0)
    faults = [
        sentence(
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
    if faults:
        raise InputError(*faults)


def _logistic(choice: ModelChoice) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1 / choice.option("penalty"), max_iter=1000)


def _linear_machine(choice: ModelChoice) -> Any:
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import LinearSVC

    # Without a common scale the price of the margin falls on the columns of large numbers, and fitting takes long.
    return make_pipeline(
        StandardScaler(), LinearSVC(C=choice.option("cost"), dual=False, max_iter=5000, random_state=choice.seed)
    )


def _support_vectors(choice: ModelChoice, rows: int) -> Any:
    from sklearn.svm import SVC

    if rows <= choice.count("exact_rows"):
        return SVC(C=choice.option("cost"))
    from sklearn.kernel_approximation import Nystroem
    from sklearn.pipeline import make_pipeline

    from medalloc.need.models.newton_svc import NewtonSVC

    return make_pipeline(
        Nystroem(n_components=NYSTROEM_COMPONENTS, random_state=choice.seed), NewtonSVC(C=choice.option("cost"))
    )


def _forest(choice: ModelChoice, rows: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    if choice.kind == "forest-article":
        return RandomForestClassifier(n_estimators=100, random_state=choice.seed, n_jobs=choice.count("threads"))
    return RandomForestClassifier(
        n_estimators=choice.count("trees"),
        min_samples_leaf=choice.count("smallest_leaf"),
        max_samples=min(rows, choice.count("rows_a_tree")),
        random_state=choice.seed,
        n_jobs=choice.count("threads"),
    )
