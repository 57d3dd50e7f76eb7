"""scikit-learn estimators as skops archives: arrays and names of types, of which only a short list is built."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np

from medalloc.errors import refused
from medalloc.need.persistence.model_archive import LARGEST
from medalloc.saved import read_json

TRUSTED = frozenset(
    {
        "builtins.dict",
        "builtins.list",
        "builtins.str",
        "builtins.tuple",
        "medalloc.need.models.newton_svc.NewtonSVC",
        "numpy.float32",
        "numpy.float64",
        "numpy.int32",
        "numpy.int64",
        "numpy.ndarray",
        "numpy.uint64",
        "numpy.random._generator.Generator",
        "sklearn._loss._loss.CyHalfBinomialLoss",
        "sklearn._loss._loss.CyHalfGammaLoss",
        "sklearn._loss._loss.CyHalfPoissonLoss",
        "sklearn._loss._loss.CyHalfSquaredError",
        "sklearn._loss.link.IdentityLink",
        "sklearn._loss.link.Interval",
        "sklearn._loss.link.LogLink",
        "sklearn._loss.link.LogitLink",
        "sklearn._loss.loss.HalfBinomialLoss",
        "sklearn._loss.loss.HalfGammaLoss",
        "sklearn._loss.loss.HalfPoissonLoss",
        "sklearn._loss.loss.HalfSquaredError",
        "sklearn.ensemble._forest.RandomForestClassifier",
        "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
        "sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier",
        "sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingRegressor",
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn.kernel_approximation.Nystroem",
        "sklearn.linear_model._glm.glm.GammaRegressor",
        "sklearn.linear_model._glm.glm.PoissonRegressor",
        "sklearn.linear_model._logistic.LogisticRegression",
        "sklearn.linear_model._ridge.Ridge",
        "sklearn.pipeline.Pipeline",
        "sklearn.preprocessing._data.StandardScaler",
        "sklearn.preprocessing._label.LabelEncoder",
        "sklearn.svm._classes.LinearSVC",
        "sklearn.svm._classes.SVC",
        "sklearn.tree._classes.DecisionTreeClassifier",
        "sklearn.tree._tree.Tree",
    }
)
"""Every type that a model of ours is made of."""


def write_estimator(estimator: Any) -> bytes:
    """Return a fitted estimator as a skops archive."""
    from skops.io import dumps

    content: bytes = dumps(estimator)
    return content


def read_estimator(content: bytes) -> Any:
    """Return the estimator that `write_estimator` wrote.

    Raises
    ------
    InputError
        If it names a type that is not in `TRUSTED`, is too large, or its trees lead nowhere.
    ValueError
        If it is no such archive.
    """
    from skops.io import loads
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(each.file_size for each in archive.infolist())
            if size > LARGEST:
                raise ValueError(f"{size} > {LARGEST}")
            found = set(_types(read_json(archive.read("schema.json"))))
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from error
    strange = sorted(found - TRUSTED)
    if strange:
        raise refused(
            "The model holds what no model of medalloc is made of ({types}); it was not opened.",
            types=", ".join(strange),
        )
    try:
        estimator = loads(content, trusted=sorted(TRUSTED))
    except UntrustedTypesFoundException as error:
        raise ValueError(str(error)) from error
    _require_sound_trees(estimator)
    return estimator


def _types(node: object) -> Iterator[str]:
    """Yield the name of every type in a skops description."""
    if isinstance(node, dict):
        if "__class__" in node:
            yield f"{node.get('__module__')}.{node['__class__']}"
            # What the description of a type, function or method would build is said in its content.
            if node.get("__loader__") in (
                "FunctionNode",
                "MethodNode",
                "PartialNode",
                "OperatorFuncNode",
                "ReduceNode",
            ):
                yield str(node["__loader__"])
            content = node.get("content")
            if node.get("__loader__") == "TypeNode" and isinstance(content, dict):
                yield f"{content.get('__module__')}.{content.get('__class__')}"
        for each in node.values():
            yield from _types(each)
    elif isinstance(node, list):
        for each in node:
            yield from _types(each)


def _require_sound_trees(estimator: Any) -> None:
    """Refuse trees in which a row would walk in circles or out of memory: prediction does not look again."""
    for tree in (each.tree_ for each in getattr(estimator, "estimators_", ())):
        left, right, feature = (np.asarray(each) for each in (tree.children_left, tree.children_right, tree.feature))
        place = np.arange(tree.node_count)
        inner = left != -1
        sound = (
            tree.n_features == estimator.n_features_in_
            and tree.node_count > 0
            and np.all((left[inner] > place[inner]) & (left[inner] < tree.node_count))
            and np.all((right[inner] > place[inner]) & (right[inner] < tree.node_count))
            and np.all((feature[inner] >= 0) & (feature[inner] < tree.n_features))
        )
        if not sound:
            raise ValueError("a tree leads nowhere")
