import json

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitted_json import OPERATIONS, fitted_from_json, fitted_json
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import Recipe, Step, recipe_named

FRAME = pd.DataFrame(
    {
        "age": [40.1, np.nan, 60.7, 1e-17, 33.3],
        "gender": ["male", "female", None, "male", "female"],
        "income": [1.0, 20.0, 300.0, 4000.0, np.nan],
        "code": ["a", "b", "a", "b", "a"],
    }
)
EVERY = Recipe(
    "every step",
    (
        Step("impute_median", "numeric", {"indicator": True}),
        Step("clip_outliers", ("income",)),
        Step("log1p", ("income",)),
        Step("min_max_scale", ("income",)),
        Step("standard_scale", ("age",)),
        Step("impute_most_frequent", "text", {"indicator": True}),
        Step("map_values", ("code",), {"values": {"a": 0, "b": 2.5}}),
        Step("one_hot", ("gender",), {"min_share": 0.45}),
    ),
)


def fitted(recipe: Recipe = EVERY) -> FittedRecipe:
    return fit_recipe(recipe, encode(FRAME, list(FRAME)), np.arange(len(FRAME)))


def test_a_fitted_recipe_comes_back_from_json_and_does_exactly_the_same() -> None:
    before = fitted()
    assert {type(each) for column in before.operations for each in column} == set(OPERATIONS.values())
    after = fitted_from_json(json.loads(json.dumps(fitted_json(before), allow_nan=False)))
    assert (after.recipe, after.operations, after.sources, after.kinds, after.columns) == (
        before.recipe,
        before.operations,
        before.sources,
        before.kinds,
        before.columns,
    )
    new = encode(FRAME.assign(gender=["other", None, "male", "female", "x"]), list(FRAME))
    np.testing.assert_array_equal(before.matrix(new, np.arange(5)), after.matrix(new, np.arange(5)))


def test_the_default_recipe_comes_back_too() -> None:
    before = fitted(recipe_named("default"))
    assert fitted_from_json(fitted_json(before)).columns == before.columns


@pytest.mark.parametrize(
    "change",
    [
        {"does": "run"},
        {"does": "stretch", "shift": 1.0},
        {"does": "stretch", "shift": "1", "unit": 1.0},
        {"does": "stretch", "shift": float("inf"), "unit": 1.0},
        {"does": "stretch", "shift": True, "unit": 1.0},
        {"does": "fill_number", "fill": "x", "indicator": False},
        {"does": "fill_text", "fill": 1.0, "indicator": False},
        {"does": "fill_number", "fill": 1.0, "indicator": 1},
        {"does": "one_hot", "kept": [1], "other": False},
        {"does": "replace_text", "numbers": [1]},
        {"does": "stretch", "shift": 1.0, "unit": 1.0, "more": 1},
        {},
        None,
    ],
)
def test_operations_that_are_none_are_refused(change: dict[str, object] | None) -> None:
    data = fitted_json(fitted())
    data["columns"][0]["operations"] = [change]
    with pytest.raises(InputError, match="lacks or garbles"):
        fitted_from_json(data)


@pytest.mark.parametrize(("name", "value"), [("kind", "picture"), ("name", 3), ("operations", None)])
def test_columns_that_are_none_are_refused(name: str, value: object) -> None:
    data = fitted_json(fitted())
    data["columns"][0][name] = value
    with pytest.raises(InputError, match="lacks or garbles"):
        fitted_from_json(data)
