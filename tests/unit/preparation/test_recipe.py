import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.recipe import (
    ARTICLE,
    BUILT_IN,
    DEFAULT,
    Recipe,
    Step,
    describe,
    order_faults,
    recipe_named,
    step_faults,
)

OPTIONS = {
    "map_values": {"values": {"low": 0, "high": 1.5}},
    "one_hot": {"min_share": 0.1, "max_levels": 4},
    "rename": {"to": "years"},
    "ratio": {"to": "a by b", "per": 1000},
    "filter_rows": {"keep": "one of", "texts": ("a", "b")},
    "ordinal": {"order": ("low", "high")},
}


def steps() -> st.SearchStrategy[Step]:
    def columns(name: str) -> st.SearchStrategy[object]:
        limits = STEP_KINDS[name].names
        if limits is None:
            return st.sampled_from(["all", ("age",), ("age", "income")])
        return st.just(("age", "income")[: max(limits[0], min(limits[1], 2))])

    return st.sampled_from(list(STEP_KINDS)).flatmap(
        lambda name: st.builds(Step, st.just(name), columns(name), st.just(OPTIONS.get(name, {})))
    )


@given(st.lists(steps(), max_size=6), st.sampled_from(["training part", "whole table"]))
@settings(max_examples=40)
def test_a_recipe_survives_json(made: list[Step], fitted_on: str) -> None:
    recipe = Recipe("mine", tuple(sorted(made, key=lambda step: STEP_KINDS[step.name].stage)), fitted_on)
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_recipes_survive_json_and_describe_themselves(name: str) -> None:
    recipe = recipe_named(name)
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe
    assert all(str(describe(step)).endswith(".") for step in recipe.steps)


@pytest.mark.parametrize("name", STEP_KINDS)
def test_every_step_says_which_columns_it_works_on(name: str) -> None:
    columns = ("age", "income")[: min((STEP_KINDS[name].names or (1, 2))[1], 2)]
    said = str(describe(Step(name, columns, OPTIONS.get(name, {}))))
    assert all(column in said for column in columns)


def test_every_fault_of_a_recipe_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Recipe(
            "bad",
            (
                Step("wash", "all"),
                Step("impute_median", "text", {"speed": 3}),
                Step("rename", ("a", "b"), {"to": " "}),
                Step("filter_rows", ("a",), {"keep": "one of"}),
                Step("target_encode", "text", {"extra_rows": -1}),
                Step("one_hot", "text", {"min_share": 2}),
                Step("map_values", ("gender",)),
                Step("clip_outliers", "numeric", {"low": 0.9, "high": 0.1}),
                Step("drop_missing_rows", "all"),
                Step("log1p", ()),
            ),
            "the moon",
        )
    said = str(caught.value)
    for words in (
        "moon",
        "wash",
        "“text” cannot",
        "“speed”",
        "min_share",
        "“values”",
        "low",
        "front",
        "option “to” is ' '",
        "name this many columns, each once: 1",
        "Step 4 (filter_rows) changes the table after",
        "must name at least one text",
        "“extra_rows” must not be below 0",
        "at least one column",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "version 2"),
        ({"steps": "none"}, "“steps” is .none.; it must be a list"),
        ({"steps": [{"name": "log1p"}]}, r"missing: steps\[0\].columns. It must be text or a list"),
        (
            {"steps": [{"name": "one_hot", "columns": "text", "options": {"min_share": 2, "speed": 1}}]},
            r"In “steps\[0\]”: “speed” is not an option.*In “steps\[0\]”: option “min_share” is 2",
        ),
        ({"colour": "red"}, "no entry called: colour"),
        ({"name": None}, "“name” is None; it must be text"),
    ],
)
def test_json_that_is_no_recipe_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        Recipe.from_json({**recipe_named("default").to_json(), **change})


def test_an_unknown_name_lists_the_recipes_there_are() -> None:
    with pytest.raises(InputError, match="default, article"):
        recipe_named("secret")


@pytest.mark.parametrize("recipe", [DEFAULT, ARTICLE], ids=lambda recipe: recipe.name)
def test_the_built_in_recipes_have_no_fault(recipe: Recipe) -> None:
    assert order_faults(recipe) == [fault for step in recipe.steps for fault in step_faults(step)] == []
