"""Recipes that shape tables and learn from need, from training to a new file."""

import io

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.fit_warnings import fit_warnings
from medalloc.need.persistence.kept_model import KeptModel, keep_model
from medalloc.need.persistence.model_file import model_bytes, model_from_bytes
from medalloc.need.persistence.scoring import PROBABILITY, Scoring, score_pieces
from medalloc.need.training.fitted import predict
from medalloc.need.training.patients import gather
from medalloc.need.training.training import fit_on, split_patients, train
from medalloc.preparation.recipe import Recipe, Step
from medalloc.preparation.shaping import shape_table
from tests.unit.need.conftest import as_table, patients

RECIPE = Recipe(
    "own",
    (
        Step("rename", ("visits",), {"to": "calls"}),
        Step("ratio", ("calls", "age"), {"to": "calls by age", "per": 100}),
        Step("filter_rows", ("noise",), {"keep": "at least", "number": -0.5}),
        Step("impute_iterative", "numeric"),
        Step("target_encode", ("ward",)),
        Step("ordinal", ("gender",)),
        Step("robust_scale", "numeric"),
    ),
)


def admitted(rows: int, seed: int) -> pd.DataFrame:
    frame = patients(rows, seed)
    return frame.assign(ward=np.random.default_rng(seed).choice([f"w{each}" for each in range(8)], rows))


@pytest.fixture(scope="module")
def model() -> KeptModel:
    table = shape_table(as_table(admitted(800, 1)), RECIPE).table
    kept = keep_model(train(table, RECIPE, ModelChoice("logistic")), table)
    return model_from_bytes(model_bytes(kept))


def scored(model: KeptModel, frame: pd.DataFrame, pieces: int = 3) -> tuple[Scoring, pd.DataFrame]:
    out = io.StringIO()
    places = np.array_split(np.arange(len(frame)), pieces)
    # the cells of a text file arrive as text
    cells = [frame.iloc[each].reset_index(drop=True).astype("str").replace("nan", None) for each in places]
    found = score_pieces(
        model,
        cells,
        region="ward",
        sink=lambda part, first: part.to_csv(out, header=first, index=False),
    )
    out.seek(0)
    return found, pd.read_csv(out)


def test_a_new_file_goes_through_the_same_steps_as_the_table_did(model: KeptModel) -> None:
    frame = admitted(300, 2)
    found, written = scored(model, frame.drop(columns="need"))
    expected = predict(model.fitted, shape_table(as_table(frame), RECIPE).table)
    np.testing.assert_allclose(written[PROBABILITY], expected, atol=1e-6)
    left_out = int((frame["noise"] < -0.5).sum())
    assert (found.rows, found.left_out, found.without_prediction) == (300, left_out, left_out)
    assert sum(each.rows for each in found.regions) == 300 - left_out
    assert sum(each.expected for each in found.regions) == pytest.approx(expected.sum(), abs=1e-4)
    said = [str(each) for each in fit_warnings(model, found)]
    assert f"Rows left out by the model's recipe, without a prediction: {left_out} of 300." in said
    assert not any("value is missing" in each for each in said)


def test_a_file_of_which_no_row_is_left_has_no_prediction(model: KeptModel) -> None:
    frame = admitted(60, 3).assign(noise=-9.0)
    found, written = scored(model, frame, pieces=2)
    assert (found.rows, found.left_out, len(written)) == (60, 60, 0) and np.isnan(found.mean)


def test_rows_left_out_are_told_with_the_scores() -> None:
    frame = admitted(400, 1)
    made = gather(shape_table(as_table(frame), RECIPE).table, RECIPE)
    out = int((frame["noise"] < -0.5).sum())
    assert f"Rows left out by the recipe: {out} of 400." in str(made.warnings[0])
    assert len(made.need) == 400 - out


def test_target_encoding_of_need_at_random_teaches_a_model_nothing() -> None:
    draw = np.random.default_rng(8)
    rows = 2000
    frame = pd.DataFrame({"ward": draw.integers(0, 150, rows).astype(str), "need": draw.integers(0, 2, rows)})
    frame["ward"] = "w" + frame["ward"]
    table, recipe = as_table(frame), Recipe("x", (Step("target_encode", "text"),))
    found = gather(table, recipe)
    parts = split_patients(found, ModelChoice("logistic"))
    fitted = fit_on(found, recipe, ModelChoice("logistic"), parts.train)
    for rows_, learning in ((parts.train, True), (parts.test, False)):
        area = roc_auc_score(found.need[rows_], fitted.raw(found.features, rows_, learning=learning))
        assert 0.42 < area < 0.58


def test_one_patients_rows_stand_in_one_fold_of_target_encoding() -> None:
    frame = admitted(400, 4).assign(person=np.arange(400) // 4)
    table, recipe = as_table(frame, person="patient id"), Recipe("x", (Step("target_encode", ("ward",)),))
    recipe = Recipe("x", (*recipe.steps, Step("ordinal", ("gender",)), Step("impute_median", "numeric")))
    found = gather(table, recipe)
    rows = split_patients(found, ModelChoice("logistic")).train
    crossed = fit_on(found, recipe, ModelChoice("logistic"), rows).prepared.done[0].operation.crossed
    shown = pd.DataFrame({"person": frame["person"][rows], "ward": frame["ward"][rows], "told": crossed[rows]})
    told = shown.groupby(["person", "ward"])["told"]
    assert (told.max() == told.min()).all()
