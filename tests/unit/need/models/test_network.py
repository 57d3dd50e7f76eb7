import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from medalloc.errors import InputError
from medalloc.need.evaluation.assessment import assess
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.network import NetworkClassifier, Standardised, network_classifier
from medalloc.need.training.training import train
from medalloc.networks.listening import listening
from medalloc.networks.network import Epoch
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Source, Table

QUICK = {"epochs": 15, "batch_size": 32, "learning_rate": 0.05}


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@parametrize_with_checks([NetworkClassifier(hidden=(8,), **QUICK)])
def test_it_keeps_scikit_learns_contract(estimator: Any, check: Any) -> None:
    if "array_api" in check.func.__name__:
        # Whether the check runs at all depends on an environment variable; what it would check is not offered.
        assert not estimator.__sklearn_tags__().array_api_support
        return
    check(estimator)


@pytest.mark.parametrize("kind", ["mlp", "cnn"])
def test_shifting_and_stretching_the_columns_changes_nothing(kind: str) -> None:
    draw = np.random.default_rng(0)
    matrix = draw.normal(size=(200, 3))
    answer = (matrix[:, 0] > 0.3).astype(int)
    moved = matrix * [1e5, 1e-4, 1] + [3e4, 0, -7]
    one, other = (
        NetworkClassifier(kind, hidden=(4,), **QUICK).fit(each, answer).predict_proba(each) for each in (matrix, moved)
    )
    np.testing.assert_allclose(one, other, atol=1e-3)


def test_a_constant_column_teaches_nothing_and_breaks_nothing() -> None:
    draw = np.random.default_rng(0)
    matrix = np.column_stack([draw.normal(size=60), np.full(60, 0.1), np.zeros(60)]).astype(np.float32)
    found = NetworkClassifier(hidden=(4,), **QUICK).fit(matrix, matrix[:, 0] > 0).predict_proba(matrix)
    assert np.isfinite(found).all()


def test_rows_are_standardised_when_they_are_taken_out() -> None:
    rows = Standardised(np.array([[1.0], [3.0], [5.0]]), np.array([3.0]), np.array([2.0]))
    np.testing.assert_array_equal(rows[np.array([2, 0])], [[1.0], [-1.0]])


def test_every_option_of_a_choice_reaches_the_network() -> None:
    options = {
        "filters": 3,
        "layers": 2,
        "kernel": 4,
        "optimizer": "sgd",
        "learning_rate": 0.3,
        "batch_size": 16,
        "epochs": 7,
        "patience": 2,
    }
    made = network_classifier(ModelChoice("cnn", seed=9, options=options))
    assert (made.kind, made.hidden, made.kernel) == ("cnn", (3, 3), 4)
    assert (made.optimizer, made.learning_rate, made.batch_size) == ("sgd", 0.3, 16)
    assert (made.epochs, made.patience, made.random_state) == (7, 2, 9)
    assert network_classifier(ModelChoice("mlp", options={"units": 5, "layers": 3})).hidden == (5, 5, 5)


def test_a_test_and_five_folds_are_six_trainings_to_listen_to(table: Table) -> None:
    heard: list[Epoch] = []
    with listening(heard.append):
        found = assess(table, DEFAULT, ModelChoice("mlp", options={"epochs": 3, "units": 4}))
    assert [each.number for each in heard] == [1, 2, 3] * 6
    assert found.probability is not None and found.cross_validation is not None


def test_sixty_rows_with_a_rare_level_and_chinese_names_are_enough() -> None:
    draw = np.random.default_rng(5)
    frame = pd.DataFrame({"年龄": draw.normal(50, 9, 60), "性别": ["男", "女"] * 30, "常数": 1})
    frame.loc[3, "性别"] = "未知"
    frame["need"] = (frame["年龄"] + draw.normal(0, 3, 60) > 50).astype(int)
    roles = {**dict.fromkeys(frame.columns, "feature"), "need": "need"}
    trained = train(Table(frame, roles, Source("小表", "0")), DEFAULT, ModelChoice("mlp"))
    assert trained.scores().roc_auc > 0.7


def test_a_step_too_long_is_a_sentence(table: Table) -> None:
    options = {"optimizer": "sgd", "learning_rate": 10.0, "layers": 8}
    with pytest.raises(InputError, match="smaller learning rate"):
        train(table, DEFAULT, ModelChoice("mlp", options=options))


WITHOUT_KERAS = """
import sys
sys.modules["keras"] = None
import numpy as np
import pandas as pd
from medalloc.errors import MedallocError
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.training import train
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Source, Table

frame = pd.DataFrame({"age": np.random.default_rng(1).normal(size=200)})
frame["need"] = (frame["age"] > 0).astype(int)
table = Table(frame, {"age": "feature", "need": "need"}, Source("t", "0"))
print(train(table, DEFAULT, ModelChoice("boosting")).scores().roc_auc > 0.9)
try:
    train(table, DEFAULT, ModelChoice("mlp"))
except MedallocError as error:
    print(error)
"""


def test_without_keras_other_models_train_and_a_network_says_why_not() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT_KERAS], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("True\nNetworks cannot be trained on this machine, because keras")
