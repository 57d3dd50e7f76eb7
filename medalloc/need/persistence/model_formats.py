"""How each sort of model is written down: text, arrays and names of types, never a program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from medalloc.errors import refused
from medalloc.need.models.amount_building import BoostedAmounts, ScikitAmounts
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.models.boosted_trees import BoostedTrees
from medalloc.need.models.building import Model, ScikitModel
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.lightgbm_library import LightGBMError
from medalloc.need.models.lightgbm_library import library as lightgbm
from medalloc.need.persistence.lightgbm_text import require_sound_trees
from medalloc.need.persistence.scikit_file import read_estimator, write_estimator

Members = Mapping[str, bytes]


@dataclass(frozen=True)
class Format:
    """One way to write models down."""

    holds: Callable[[Model], bool]
    """Whether a model is of this sort."""

    write: Callable[[Any], dict[str, bytes]]
    """From the model to named members of an archive."""

    read: Callable[[Members, ModelChoice, int], Model]
    """From those members, the choice and the number of matrix columns to the same model."""


def model_members(model: Model) -> tuple[str, dict[str, bytes]]:
    """Return the name of a model's format and its members."""
    name = next(name for name, each in FORMATS.items() if each.holds(model))
    return name, FORMATS[name].write(model)


def read_model(name: object, members: Members, choice: ModelChoice, columns: int) -> Model:
    """Return the model that `model_members` wrote down.

    Raises
    ------
    InputError
        If the format is unknown, or its members are not such a model.
    """
    known = FORMATS.get(name) if isinstance(name, str) else None
    if known is None:
        raise refused(
            "The model is written as “{found}”; this program reads: {known}.", found=str(name), known=", ".join(FORMATS)
        )
    try:
        return known.read(members, choice, columns)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        ArithmeticError,
        MemoryError,
        LightGBMError,
    ) as error:
        raise refused(
            "The model in the file cannot be used: {reason}.", reason=str(error).strip("'\"").rstrip(".")
        ) from error


def _read_trees(members: Members, choice: ModelChoice, columns: int) -> BoostedTrees:
    kind = BoostedAmounts if choice.kind in AMOUNTS else BoostedTrees
    if lightgbm() is None:
        raise refused("The model is made of LightGBM's trees, and LightGBM cannot be loaded on this computer.")
    text = members["trees.txt"]
    require_sound_trees(text, columns)
    return kind.from_text(choice, text, columns=columns)


def _read_scikit(members: Members, choice: ModelChoice, columns: int) -> Model:
    estimator = read_estimator(members["estimator.skops"])
    if choice.kind in AMOUNTS:
        if estimator.n_features_in_ != columns or not hasattr(estimator, "predict") or hasattr(estimator, "classes_"):
            raise ValueError(f"{estimator.n_features_in_} columns, no amounts")
        return ScikitAmounts(estimator)
    if estimator.n_features_in_ != columns or not np.array_equal(estimator.classes_, [0, 1]):
        raise ValueError(f"{estimator.n_features_in_} columns, answers {list(estimator.classes_)}")
    return ScikitModel(estimator)


def _write_network(model: ScikitModel) -> dict[str, bytes]:
    from medalloc.need.models.network import to_members

    return to_members(model.estimator)


def _read_network(members: Members, choice: ModelChoice, columns: int) -> ScikitModel:
    # networks stand on scikit-learn, which takes longer to load than most models to train
    from medalloc.need.models.network import from_members

    classifier = from_members(members, choice)
    if classifier.n_features_in_ != columns:
        raise ValueError(f"{classifier.n_features_in_} columns")
    return ScikitModel(classifier)


def _is_network(model: Model) -> bool:
    return isinstance(model, ScikitModel) and hasattr(model.estimator, "network_")


FORMATS: dict[str, Format] = {
    "lightgbm": Format(
        lambda model: isinstance(model, BoostedTrees), lambda model: {"trees.txt": model.to_text()}, _read_trees
    ),
    "network": Format(_is_network, _write_network, _read_network),
    "scikit-learn": Format(
        lambda model: isinstance(model, (ScikitModel, ScikitAmounts)) and not _is_network(model),
        lambda model: {"estimator.skops": write_estimator(model.estimator)},
        _read_scikit,
    ),
}
"""Every sort of model."""
