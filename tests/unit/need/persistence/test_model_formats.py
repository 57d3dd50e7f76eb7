"""What a file holds fits its choice and its columns, or it is refused."""

from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from medalloc.errors import InputError
from medalloc.need.models.amount_building import BoostedAmounts, ScikitAmounts
from medalloc.need.models.boosted_trees import BoostedTrees
from medalloc.need.models.building import ScikitModel
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.network import network_classifier
from medalloc.need.persistence.model_formats import model_members, read_model
from medalloc.need.persistence.scikit_file import write_estimator

MATRIX = np.random.default_rng(1).normal(size=(40, 3)).astype(np.float32)
ANSWERS = (MATRIX[:, 0] > 0).astype(np.int8)
CLASSIFIER, SCALER = LogisticRegression().fit(MATRIX, ANSWERS), StandardScaler().fit(MATRIX)
REGRESSION, OTHER_ANSWERS = Ridge().fit(MATRIX, MATRIX[:, 0]), LogisticRegression().fit(MATRIX, ANSWERS + 1)


def read(estimator: Any, kind: str, columns: int) -> Any:
    return read_model("scikit-learn", {"estimator.skops": write_estimator(estimator)}, ModelChoice(kind), columns)


def test_an_estimator_is_a_model_of_answers_or_of_amounts_as_its_choice_says() -> None:
    assert type(read(CLASSIFIER, "logistic", 3)) is ScikitModel
    assert type(read(REGRESSION, "linear", 3)) is ScikitAmounts


@pytest.mark.parametrize(
    ("estimator", "kind", "columns"),
    [
        (CLASSIFIER, "logistic", 4),
        (OTHER_ANSWERS, "logistic", 3),
        (REGRESSION, "logistic", 3),
        (REGRESSION, "linear", 2),
        (CLASSIFIER, "linear", 3),
        (SCALER, "linear", 3),
    ],
)
def test_an_estimator_of_other_columns_or_another_sort_is_refused(estimator: Any, kind: str, columns: int) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        read(estimator, kind, columns)


@pytest.mark.parametrize(("kind", "trees"), [("boosting", BoostedTrees), ("amount-boosting", BoostedAmounts)])
def test_trees_are_a_model_of_answers_or_of_amounts_as_their_choice_says(kind: str, trees: type[BoostedTrees]) -> None:
    choice = ModelChoice(kind, options={"trees": 2})
    grown = trees(choice).grown([(0, MATRIX)], MATRIX, ANSWERS.astype(np.float32), None)
    name, members = model_members(grown)
    back = read_model(name, members, choice, 3)
    assert name == "lightgbm" and type(back) is trees
    np.testing.assert_array_equal(back.raw(MATRIX), grown.raw(MATRIX))
    with pytest.raises(InputError):
        read_model(name, members, choice, 2)


def test_a_format_that_is_not_known_is_refused_with_those_that_are() -> None:
    for name in ("pickle", None, ["network"]):
        with pytest.raises(InputError, match="this program reads: lightgbm, network, scikit-learn"):
            read_model(name, {}, ModelChoice("boosting"), 3)


def test_a_network_of_other_columns_is_refused() -> None:
    choice = ModelChoice("mlp", options={"epochs": 1})
    name, members = model_members(ScikitModel(network_classifier(choice).fit(MATRIX, ANSWERS)))
    assert name == "network" and isinstance(read_model(name, members, choice, 3), ScikitModel)
    with pytest.raises(InputError, match="3 columns"):
        read_model(name, members, choice, 4)
