import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

from medalloc.errors import InputError
from medalloc.need.measures.calibration import fit_calibrator
from medalloc.need.models.building import ScikitModel
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training import training
from medalloc.need.training.patients import gather
from medalloc.need.training.training import fit_on, train
from medalloc.preparation.recipe import DEFAULT, Recipe, Step, recipe_named
from medalloc.tables.table import Source, Table
from tests.unit.need.conftest import as_table, patients


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_model_beats_guessing_on_rows_it_has_not_seen(kind: str, table: Table) -> None:
    trained = train(table, DEFAULT, ModelChoice(kind))
    assert trained.scores().roc_auc > 0.7
    assert not set(trained.split.train) & set(trained.split.test)
    assert 0 <= trained.test_probability.min() <= trained.test_probability.max() <= 1


@pytest.mark.parametrize("kind", ["logistic", "svm", "boosting"])
def test_predicting_the_same_table_gives_the_same_test_probabilities(kind: str, table: Table) -> None:
    trained = train(table, DEFAULT, ModelChoice(kind))
    again = trained.probability(table)
    np.testing.assert_allclose(again[trained.split.test], trained.test_probability, atol=1e-12)


def test_a_new_table_may_have_other_levels_columns_and_order(table: Table) -> None:
    trained = train(table, DEFAULT, ModelChoice("logistic"))
    new = pd.DataFrame({"more": [1], "noise": [0.0], "visits": [1], "gender": ["unknown"], "age": [50.0]})
    made = trained.probability(Table(new, dict.fromkeys(new.columns, "feature"), Source("new", "1")))
    assert 0 < made[0] < 1


def test_a_new_table_without_a_feature_is_refused(table: Table) -> None:
    trained = train(table, DEFAULT, ModelChoice("logistic"))
    new = pd.DataFrame({"age": [1.0]})
    with pytest.raises(InputError) as caught:
        trained.probability(Table(new, {"age": "feature"}, Source("new", "1")))
    assert len(caught.value.faults) == 3


def test_rows_the_recipe_leaves_out_get_no_prediction(table: Table) -> None:
    recipe = Recipe("drop", (Step("drop_missing_rows", "all"), Step("one_hot", "text")))
    made = train(table, recipe, ModelChoice("boosting")).probability(table)
    np.testing.assert_array_equal(np.isnan(made), table.frame["age"].isna())


def test_recipes_that_see_the_test_rows_are_called_out(table: Table) -> None:
    trained = train(table, recipe_named("article"), ModelChoice("forest-article"))
    assert any("has seen something of the test rows" in str(warning) for warning in trained.warnings)


def test_the_articles_split_of_repeated_patients_is_called_out(frame: pd.DataFrame) -> None:
    frame = frame.assign(id=np.arange(400) // 2)
    roles = {**dict.fromkeys(frame.columns, "feature"), "need": "need", "id": "patient id"}
    trained = train(Table(frame, roles, Source("t", "0")), DEFAULT, ModelChoice("forest-article"))
    assert any("The article's split is by row" in str(warning) for warning in trained.warnings)


def test_need_is_never_touched_by_the_recipe(table: Table) -> None:
    trained = train(table, recipe_named("default"), ModelChoice("logistic"))
    np.testing.assert_array_equal(trained.test_need, table.frame["need"].to_numpy()[trained.split.test])


def test_a_test_part_with_one_answer_is_refused(frame: pd.DataFrame) -> None:
    # All rows in need belong to one patient, who can be on one side only.
    need = (np.arange(400) < 20).astype(int)
    frame = frame.assign(need=need, id=np.where(need == 1, 0, np.arange(400)))
    roles = {**dict.fromkeys(frame.columns, "feature"), "need": "need", "id": "patient id"}
    with pytest.raises(InputError, match="holds one answer only"):
        train(Table(frame, roles, Source("t", "0")), DEFAULT, ModelChoice("logistic"))


def test_a_curve_learned_from_some_of_many_rows_is_as_true_as_from_all(monkeypatch: pytest.MonkeyPatch) -> None:
    large = as_table(patients(2000))
    choice = ModelChoice("svm")
    of_all = train(large, recipe_named("default"), choice)
    monkeypatch.setattr(training, "ONE_FOLD_FROM", 100)
    of_one = train(large, recipe_named("default"), choice)
    monkeypatch.setattr(training, "ASIDE_FROM", 100)
    monkeypatch.setattr(training, "ASIDE", 300)
    set_aside = train(large, recipe_named("default"), choice)
    for made in (of_one, set_aside):
        assert made.test_probability.mean() == pytest.approx(made.test_need.mean(), abs=0.05)
        assert made.scores().brier == pytest.approx(of_all.scores().brier, abs=0.01)


def test_a_curve_is_learned_of_rows_that_the_models_of_their_folds_have_not_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = []

    def curve(scores, need, *asked):
        judged.append((scores, need))
        return fit_calibrator(scores, need, *asked)

    # a tree knows by heart whatever it has seen, and there is nothing else to know
    monkeypatch.setattr(training, "new_model", lambda _choice, _rows: ScikitModel(DecisionTreeClassifier()))
    monkeypatch.setattr(training, "fit_calibrator", curve)
    frame = patients()
    train(
        as_table(frame.assign(need=frame["need"].sample(frac=1, random_state=1).tolist())),
        DEFAULT,
        ModelChoice("logistic"),
    )
    ((scores, need),) = judged
    assert roc_auc_score(need, scores) == pytest.approx(0.5, abs=0.1)


def test_one_model_of_many_rows_is_trained_and_judged_on_rows_it_has_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "ASIDE_FROM", 100)
    monkeypatch.setattr(training, "ASIDE", 300)
    learnt, judged = [], []

    class Watched(ScikitModel):
        def fit(self, prepared, encoded, rows, need, weight=None):
            learnt.append(rows)
            return super().fit(prepared, encoded, rows, need, weight)

    def curve(scores, need, *asked):
        judged.append(len(scores))
        return fit_calibrator(scores, need, *asked)

    monkeypatch.setattr(training, "new_model", lambda _choice, _rows: Watched(LogisticRegression()))
    monkeypatch.setattr(training, "fit_calibrator", curve)
    frame = patients(2000).assign(person=np.arange(2000) // 4)
    table = as_table(frame).with_roles({"person": "patient id"})
    found = gather(table, DEFAULT)
    fit_on(found, DEFAULT, ModelChoice("logistic"), found.known)
    assert len(learnt) == 1 and len(learnt[0]) + judged[0] == 2000 and 250 < judged[0] < 400
    aside = np.setdiff1d(found.known, learnt[0])
    assert not set(frame["person"][aside]) & set(frame["person"][learnt[0]])
