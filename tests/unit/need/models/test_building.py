import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import RandomForestClassifier

from medalloc.errors import InputError
from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.building import ScikitModel, new_model, require_no_missing
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import DEFAULT, Recipe

FEATURES = ["age", "gender", "visits", "noise"]


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_model_learns_the_signal_and_the_same_one_each_time(kind: str, frame: pd.DataFrame) -> None:
    encoded, rows = encode(frame, FEATURES), np.arange(len(frame))
    prepared = fit_recipe(DEFAULT, encoded, rows)
    need = frame["need"].to_numpy().astype(np.int8)
    choice = ModelChoice(kind)
    one, other = (new_model(choice, len(rows)).fit(prepared, encoded, rows, need) for _ in range(2))
    matrix = prepared.matrix(encoded, rows)
    assert roc_auc(need, one.raw(matrix)) > 0.75
    np.testing.assert_array_equal(one.raw(matrix), other.raw(matrix))
    if one.gives_probability:
        assert 0 <= one.raw(matrix).min() <= one.raw(matrix).max() <= 1


def test_half_of_the_trees_is_called_as_scikit_learn_calls_it() -> None:
    draw = np.random.default_rng(0)
    matrix, need = draw.normal(size=(200, 3)).astype(np.float32), draw.integers(0, 2, 200)
    forest = RandomForestClassifier(10, random_state=0).fit(matrix, need)
    fresh = draw.normal(size=(2000, 3)).astype(np.float32)
    assert (forest.predict_proba(fresh)[:, 1] == 0.5).any()
    called = ScikitModel(forest).raw(fresh) > 0.5
    np.testing.assert_array_equal(called, forest.predict(fresh) == 1)


def test_many_rows_are_approximated_and_the_reader_is_told(frame: pd.DataFrame) -> None:
    choice = ModelChoice("svm", options={"exact_rows": 100})
    remarks = CATALOGUE["svm"].remarks
    assert "Nystroem" in str(remarks(choice, 101)[0])
    assert remarks(choice, 100) == []
    encoded, rows = encode(frame, FEATURES), np.arange(len(frame))
    prepared = fit_recipe(DEFAULT, encoded, rows)
    need = frame["need"].to_numpy().astype(np.int8)
    model = new_model(choice, len(rows)).fit(prepared, encoded, rows, need)
    assert roc_auc(need, model.raw(prepared.matrix(encoded, rows))) > 0.75


def test_missing_values_that_a_model_cannot_take_are_named(frame: pd.DataFrame) -> None:
    encoded, rows = encode(frame, ["age", "visits"]), np.arange(len(frame))
    prepared = fit_recipe(Recipe("nothing", ()), encoded, rows)
    with pytest.raises(InputError, match="“age” still has missing values"):
        require_no_missing(ModelChoice("logistic"), prepared, encoded, rows)
    require_no_missing(ModelChoice("boosting"), prepared, encoded, rows)


WITHOUT_LIGHTGBM = """
import sys
sys.modules["lightgbm"] = None
import numpy as np
import pandas as pd
from medalloc.need.evaluation.assessment import assess
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Source, Table

draw = np.random.default_rng(1)
frame = pd.DataFrame({"age": draw.normal(size=500)})
frame["need"] = (frame["age"] + draw.normal(size=500) > 0).astype(int)
found = assess(Table(frame, {"age": "feature", "need": "need"}, Source("t", "0")), DEFAULT, ModelChoice("boosting"))
print(found.scores.roc_auc > 0.75, found.explanations, found.importances[0].impurity, found.warnings[0])
"""


def test_without_lightgbm_other_trees_stand_in_and_the_reader_is_told() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT_LIGHTGBM], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("True None None LightGBM cannot be loaded on this computer")
