"""Networks as classifiers of need, with scikit-learn's manners."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from medalloc.need.models.kind import Settings
from medalloc.networks import storage
from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.network import Network
from medalloc.networks.training import Training

Floats = NDArray[np.float64]

SCALES = "scales.npz"
"""Piece that holds how inputs are standardised."""


class Standardised:
    """Rows of a matrix, brought to mean 0 and standard deviation 1 only when they are taken out.

    Parameters
    ----------
    matrix : ndarray
        Shape (rows, features).
    mean, scale : ndarray
        Of the training rows, shape (features,).
    """

    def __init__(self, matrix: NDArray[Any], mean: Floats, scale: Floats) -> None:
        self.matrix, self.mean, self.scale = matrix, mean, scale

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.matrix)

    def __getitem__(self, places: Any) -> Floats:
        """Return some rows, standardised."""
        return np.asarray((self.matrix[places] - self.mean) / self.scale)


class NetworkClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A small network that says yes or no.

    Parameters
    ----------
    kind : str
        ``mlp``, or ``cnn`` with filters over neighbouring features.
    hidden : tuple of int
        Units, or filters, of each hidden layer. [count]
    kernel : int
        Features that a filter sees at once. [count]
    optimizer : str
        ``gd``, ``sgd`` or ``adam``.
    learning_rate : float
        Length of a step; 0 for what suits the optimiser.
    batch_size : int
        Rows of one update. [rows]
    epochs : int
        Most passes over the rows. [count]
    patience : int
        Passes without gain on held-out rows after which training ends; 0 for all passes on all rows. [count]
    random_state : int
        Decides first weights, held-out rows and the order of batches.

    Attributes
    ----------
    classes_ : ndarray
        The two answers.
    network_ : Network
        The trained network.
    mean_, scale_ : ndarray
        Of the training rows, shape (n_features_in_,).
    n_iter_ : int
        Passes that were made.

    Notes
    -----
    Rows held out to tell when to stop are drawn by row, also where patients repeat: that can let training go on too
    long, but no score is measured on them.
    """

    def __init__(
        self,
        kind: str = "mlp",
        *,
        hidden: tuple[int, ...] = (32,),
        kernel: int = 3,
        optimizer: str = "adam",
        learning_rate: float = 0.0,
        batch_size: int = 128,
        epochs: int = 200,
        patience: int = 10,
        random_state: int = 0,
    ) -> None:
        self.kind = kind
        self.hidden = hidden
        self.kernel = kernel
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.patience = patience
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that there are two answers, never more."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags

    def fit(self, X: Any, y: Any) -> "NetworkClassifier":  # noqa: N803
        """Learn from rows, shape (rows, features), and their answers, shape (rows,).

        Raises
        ------
        ValueError
            If there are not exactly two answers, or values are missing.
        InputError
            If the loss leaves the numbers.
        SourceError
            If networks cannot be used on this machine.
        """
        X, y = validate_data(self, X, y, dtype=(np.float32, np.float64))  # noqa: N806
        check_classification_targets(y)
        self.classes_, answer = np.unique(y, return_inverse=True)
        if len(self.classes_) > 2:
            raise ValueError(f"Only binary classification is supported. The type of the target is {type_of_target(y)}.")
        if len(self.classes_) < 2:
            raise ValueError("A classifier needs rows of two classes; there is one class only.")
        self.mean_, self.scale_ = _mean_and_scale(X)
        self.network_: Network = train(
            Architecture(self.kind, (X.shape[1],), hidden=tuple(self.hidden), kernel=self.kernel),
            Standardised(X, self.mean_, self.scale_),
            answer,
            self._training(),
            loss="logistic",
        )
        self.n_iter_ = len(self.network_.history)
        return self

    def decision_function(self, X: Any) -> Floats:  # noqa: N803
        """Return the log-odds of the second class, shape (rows,)."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=(np.float32, np.float64), reset=False)  # noqa: N806
        return self.network_.outputs(Standardised(X, self.mean_, self.scale_))[:, 0]

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Return the probability of each class, shape (rows, 2)."""
        from scipy.special import expit

        margin = self.decision_function(X)
        return np.stack([expit(-margin), expit(margin)], axis=1)

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """Return the more probable class, shape (rows,)."""
        margin = self.decision_function(X)
        return np.asarray(self.classes_[(margin > 0).astype(int)])

    def _training(self) -> Training:
        return Training(
            self.optimizer,
            self.learning_rate,
            batch_size=self.batch_size,
            epochs=self.epochs,
            patience=self.patience,
            seed=int(self.random_state),
        )


def to_members(classifier: NetworkClassifier) -> dict[str, bytes]:
    """Return a fitted network as named pieces of plain data."""
    scales = BytesIO()
    np.savez(scales, allow_pickle=False, mean=classifier.mean_, scale=classifier.scale_)
    return {**storage.to_members(classifier.network_), SCALES: scales.getvalue()}


def from_members(members: Mapping[str, bytes], choice: Settings) -> NetworkClassifier:
    """Build the fitted network that `to_members` wrote down.

    Raises
    ------
    KeyError, ValueError
        If a piece is missing, cannot be read, or does not fit the others.
    InputError
        If the network was written by another version, or is unusable.
    """
    classifier = network_classifier(choice)
    classifier.network_ = storage.from_members(members)
    with np.load(BytesIO(members[SCALES]), allow_pickle=False) as stored:
        classifier.mean_, classifier.scale_ = stored["mean"], stored["scale"]
    (columns,) = classifier.network_.architecture.inputs
    if any(each.shape != (columns,) or not np.isfinite(each).all() for each in (classifier.mean_, classifier.scale_)):
        raise ValueError(f"means and scales of {classifier.mean_.shape} for {columns} columns")
    classifier.classes_, classifier.n_features_in_ = np.array([0, 1]), columns
    classifier.n_iter_ = len(classifier.network_.history)
    return classifier


def network_classifier(choice: Settings) -> NetworkClassifier:
    """Return the unfitted network that a choice of kind ``mlp`` or ``cnn`` means."""
    width = choice.count("units" if choice.kind == "mlp" else "filters")
    return NetworkClassifier(
        choice.kind,
        hidden=(width,) * choice.count("layers"),
        **({"kernel": choice.count("kernel")} if choice.kind == "cnn" else {}),
        optimizer=choice.text("optimizer"),
        learning_rate=choice.option("learning_rate"),
        batch_size=choice.count("batch_size"),
        epochs=choice.count("epochs"),
        patience=choice.count("patience"),
        random_state=choice.seed,
    )


def _mean_and_scale(matrix: NDArray[Any]) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of each column, in double precision; a constant column keeps its scale."""
    mean = matrix.mean(axis=0, dtype=np.float64)
    spread = np.zeros(matrix.shape[1])
    # A block at a time: the squares of all rows at once would be a second matrix.
    for start in range(0, len(matrix), 65_536):
        spread += ((matrix[start : start + 65_536] - mean) ** 2).sum(axis=0)
    spread = np.sqrt(spread / len(matrix))
    return mean, np.where(spread > 1e-7 * np.abs(mean), spread, 1.0)
