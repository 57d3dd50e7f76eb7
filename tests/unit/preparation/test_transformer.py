from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import parametrize_with_checks

from medalloc.errors import InputError
from medalloc.preparation.recipe import ARTICLE, DEFAULT, Recipe, Step
from medalloc.preparation.transformer import RecipeTransformer, pipeline


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@parametrize_with_checks([RecipeTransformer(), RecipeTransformer(Recipe("min-max", (Step("min_max_scale", "all"),)))])
def test_it_keeps_scikit_learns_contract(estimator: Any, check: Any) -> None:
    if "array_api" in check.func.__name__:
        # The check needs an optional setting of scipy and only matters to estimators that promise array API support.
        assert not estimator.__sklearn_tags__().array_api_support
    else:
        check(estimator)


def test_it_names_its_columns_and_works_in_a_pipeline() -> None:
    frame = pd.DataFrame({"age": [20.0, 30.0, 60.0, 70.0], "gender": ["male", "female", None, "male"]})
    made = pipeline(DEFAULT, LogisticRegression()).fit(frame, [0, 0, 1, 1])
    assert list(made[:-1].get_feature_names_out()) == ["age", "gender = female", "gender = male", "gender (missing)"]
    assert made.predict(frame).tolist() == [0, 0, 1, 1]


def test_a_recipe_that_leaves_out_rows_is_refused() -> None:
    with pytest.raises(InputError, match="leaves out rows"):
        RecipeTransformer(ARTICLE).fit(np.ones((3, 2)))
