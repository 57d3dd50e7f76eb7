import numpy as np
import pandas as pd

from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.boosted_trees import BoostedTrees, histogram_trees
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import DEFAULT


def test_the_stand_in_without_lightgbm_is_as_good(frame: pd.DataFrame) -> None:
    encoded, rows = encode(frame, ["age", "gender", "visits", "noise"]), np.arange(len(frame))
    prepared = fit_recipe(DEFAULT, encoded, rows)
    need, matrix = frame["need"].to_numpy().astype(np.int8), prepared.matrix(encoded, rows)
    choice = ModelChoice("boosting")
    ours = BoostedTrees(choice).fit(prepared, encoded, rows, need).raw(matrix)
    theirs = histogram_trees(choice).fit(matrix, need).predict_proba(matrix)[:, 1]
    assert abs(roc_auc(need, ours) - roc_auc(need, theirs)) < 0.03


def test_more_trees_fit_the_training_rows_more_closely(frame: pd.DataFrame) -> None:
    encoded, rows = encode(frame, ["age", "gender", "visits", "noise"]), np.arange(len(frame))
    prepared = fit_recipe(DEFAULT, encoded, rows)
    need, matrix = frame["need"].to_numpy().astype(np.int8), prepared.matrix(encoded, rows)
    few, many = (
        BoostedTrees(ModelChoice("boosting", options={"trees": trees})).fit(prepared, encoded, rows, need).raw(matrix)
        for trees in (5, 200)
    )
    assert np.mean((many - need) ** 2) < np.mean((few - need) ** 2)
