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
from medalloc.preparation.state import Target

FRAME = pd.DataFrame(
    {
        "age": [40.1, np.nan, 60.7, 1e-17, 33.3],
        "gender": ["male", "female", None, "male", "female"],
        "income": [1.0, 20.0, 300.0, 4000.0, np.nan],
        "code": ["a", "b", "a", "b", "a"],
        "visits": [1.0, np.nan, 3.0, 4.0, 7.0],
        "ward": ["x", "x", "x", "x", "x"],
        "size": ["small", "large", None, "small", "large"],
    }
)
EVERY = Recipe(
    "every step",
    (
        Step("missing_indicator", ("code", "age")),
        Step("impute_median", ("age", "income"), {"indicator": True}),
        Step("clip_outliers", ("income",)),
        Step("log1p", ("income",)),
        Step("min_max_scale", ("income",)),
        Step("standard_scale", ("age",)),
        Step("impute_most_frequent", "text", {"indicator": True}),
        Step("missing_indicator", ("income", "age")),
        Step("impute_iterative", ("income", "age", "visits"), {"indicator": True}),
        Step("map_values", ("code",), {"values": {"a": 0, "b": 2.5}}),
        Step("group_rare", ("gender", "ward")),
        Step("one_hot", ("gender",), {"min_share": 0.45}),
        Step("target_encode", ("ward",)),
        Step("ordinal", ("size",), {"order": ("small", "large")}),
    ),
)


def fitted(recipe: Recipe = EVERY) -> FittedRecipe:
    target = Target(np.array([0.0, 1.0, 1.0, 0.0, 1.0]), np.arange(5))
    return fit_recipe(recipe, encode(FRAME, list(FRAME)), np.arange(len(FRAME)), target)


def test_a_fitted_recipe_comes_back_from_json_and_does_exactly_the_same() -> None:
    before = fitted()
    assert {type(each.operation) for each in before.done} == set(OPERATIONS.values())
    after = fitted_from_json(json.loads(json.dumps(fitted_json(before), allow_nan=False)))
    assert (after.recipe, after.done, after.sources, after.kinds, after.columns) == (
        before.recipe,
        before.done,
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
        {"does": "mean_need", "means": {"x": 1e300}, "otherwise": 0.0},
        {"does": "mean_need", "means": {"x": 0.5}, "otherwise": 0.0, "crossed": None},
        {"does": "fill_by_others", "shift": [0.0, 0.0]},
        {},
        None,
    ],
)
def test_operations_that_are_none_are_refused(change: dict[str, object] | None) -> None:
    data = fitted_json(fitted())
    with pytest.raises(InputError, match="missing or damaged"):
        fitted_from_json({**data, "done": [None if change is None else {"number": 1, "columns": ["age"], **change}]})
    data["columns"][0]["operations"] = [change]
    with pytest.raises(InputError, match="missing or damaged"):
        fitted_from_json(data)


@pytest.mark.parametrize("where", [{"columns": ["nobody"]}, {"columns": []}, {"columns": "age"}, {"number": "1"}, {}])
def test_a_step_on_columns_that_are_not_there_is_refused(where: dict[str, object]) -> None:
    data = fitted_json(fitted())
    stretch = {"does": "stretch", "shift": 1.0, "unit": 1.0}
    with pytest.raises(InputError, match="missing or damaged"):
        fitted_from_json(
            {**data, "done": [{**({"number": 1, "columns": ["age"]} if where else {}), **where, **stretch}]}
        )


def test_a_fitted_recipe_of_before_steps_could_share_columns_is_still_read() -> None:
    recipe = Recipe(
        "old", (Step("impute_median", "numeric"), Step("standard_scale", "numeric"), Step("one_hot", "text"))
    )
    old = {
        "recipe": recipe.to_json(),
        "columns": [
            {
                "name": "age",
                "kind": "number",
                "operations": [
                    {"does": "fill_number", "fill": 40.0, "indicator": True},
                    {"does": "stretch", "shift": 40.0, "unit": 10.0},
                ],
            },
            {
                "name": "code",
                "kind": "text",
                "operations": [{"does": "one_hot", "kept": ["a"], "other": False}],
            },
        ],
    }
    made = fitted_from_json(old)
    matrix = made.matrix(encode(FRAME, ["age", "code"]), np.arange(2))
    assert [each.name for each in made.columns] == ["age", "age (missing)", "code = a"]
    np.testing.assert_allclose(matrix, [[0.01, 0, 1], [0, 1, 0]], atol=1e-6)
    assert fitted_from_json(fitted_json(made)).done == made.done


@pytest.mark.parametrize(("name", "value"), [("kind", "picture"), ("name", 3), ("operations", None)])
def test_columns_that_are_none_are_refused(name: str, value: object) -> None:
    data = fitted_json(fitted())
    data["columns"][0][name] = value
    with pytest.raises(InputError, match="missing or damaged"):
        fitted_from_json(data)
