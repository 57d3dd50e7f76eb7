"""Laws that hold for every step that learns."""

import json

import numpy as np
import pandas as pd
import pytest

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.comparison import before_and_after
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.preparation.fitted_json import fitted_from_json, fitted_json
from medalloc.preparation.fitting import fit_recipe, kept_rows
from medalloc.preparation.kind import LEARNS, SHAPES
from medalloc.preparation.recipe import Recipe, Step
from medalloc.preparation.state import Target

OPTIONS = {"map_values": {"values": {"male": 0, "female": 1, "x": 2}}, "clip_outliers": {"low": 0.1, "high": 0.9}}
LEARNING = [name for name, kind in STEP_KINDS.items() if kind.stage == LEARNS]
TRAINING = 60


def patients(seed: int = 1) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.normal(50, 10, 90).round(),
            "visits": draw.poisson(3, 90).astype(float),
            "gender": draw.choice(["male", "female"], 90),
        }
    )
    return frame.mask(draw.random(frame.shape) < 0.1)


def recipe_of(name: str) -> Recipe:
    steps = [Step(name, STEP_KINDS[name].works_on, OPTIONS.get(name, {}))]
    if not STEP_KINDS[name].becomes:
        steps.append(Step("one_hot", "text"))
    return Recipe(name, tuple(steps))


def encoded(frame: pd.DataFrame) -> tuple[EncodedColumn, ...]:
    return encode(frame, list(frame))


def target(seed: int = 2) -> Target:
    fold = np.where(np.arange(90) < TRAINING, np.arange(90) % 5, -1)
    return Target(np.random.default_rng(seed).integers(0, 2, 90).astype(float), fold)


@pytest.mark.parametrize("name", LEARNING)
def test_changing_test_rows_changes_no_fitted_number(name: str) -> None:
    frame, answers = patients(), target()
    changed, values = frame.copy(), answers.values.copy()
    changed.loc[TRAINING:, ["age", "visits"]] = [10_000, np.nan]
    changed.loc[TRAINING:, "gender"] = "x"
    values[TRAINING:] = 1 - values[TRAINING:]
    rows = np.arange(TRAINING)
    one = fit_recipe(recipe_of(name), encoded(frame), rows, answers)
    other = fit_recipe(recipe_of(name), encoded(changed), rows, Target(values, answers.fold))
    assert fitted_json(one) == fitted_json(other)
    np.testing.assert_array_equal(
        one.matrix(encoded(frame), rows, learning=True), other.matrix(encoded(changed), rows, learning=True)
    )


@pytest.mark.parametrize("name", LEARNING)
def test_read_back_from_json_it_prepares_exactly_the_same(name: str) -> None:
    recipe = Recipe.from_json(json.loads(json.dumps(recipe_of(name).to_json())))
    one = fit_recipe(recipe_of(name), encoded(patients()), np.arange(TRAINING), target())
    other = fit_recipe(recipe, encoded(patients()), np.arange(TRAINING), target())
    back = fitted_from_json(json.loads(json.dumps(fitted_json(other), allow_nan=False)))
    new = encoded(patients(seed=5))
    np.testing.assert_array_equal(one.matrix(new, np.arange(90)), back.matrix(new, np.arange(90)))
    assert one.columns == back.columns


@pytest.mark.parametrize("name", LEARNING)
def test_the_effect_of_a_step_is_what_a_reader_would_count(name: str) -> None:
    frame = patients()
    found = before_and_after(frame, recipe_of(name), target=target(), fitted_rows=np.arange(TRAINING))
    effect = found.effects[0]
    # a cell that was missing and now is not is filled, in a column that is still one
    still = [each for each in found.columns if STEP_KINDS[name].works_on in ("all", _scope(each.kind))]
    if STEP_KINDS[name].becomes != "levels" and name != "missing_indicator":
        one_hot = {each.name for each in found.columns if each.kind == "text" and not STEP_KINDS[name].becomes}
        expected = sum(each.missing_before - each.missing_after for each in still if each.name not in one_hot)
        of_text = frame["gender"].isna().sum() if name in ("impute_most_frequent", "impute_constant") else 0
        assert effect.filled == expected + of_text
    assert (effect.rows_before, effect.rows_after) == (90, 90)
    assert {picture[0] for picture in effect.pictures} == set(effect.columns)
    assert str(effect.in_words()).endswith(".")


def _scope(kind: str) -> str:
    return "numeric" if kind == "number" else "text"


def test_steps_that_leave_out_rows_and_steps_without_effect_say_so() -> None:
    frame = patients().assign(gender="male")
    recipe = Recipe(
        "x", (Step("drop_missing_rows", ("age",)), Step("impute_median", ("age",)), Step("one_hot", "text"))
    )
    out, filled, made = (str(effect.in_words()) for effect in before_and_after(frame, recipe).effects)
    lacking = int(frame["age"].isna().sum())
    assert out == f"Rows left out: {lacking} of 90."
    assert filled == "Changes nothing in this table."
    assert made == "Columns gone: gender. New columns: 1 (gender = male)."
    assert len(kept_rows(recipe, encoded(frame), np.arange(90))) == 90 - lacking


def test_every_step_has_its_place_in_the_story() -> None:
    assert {name for name, kind in STEP_KINDS.items() if kind.stage == SHAPES} == {
        "drop",
        "rename",
        "parse",
        "ratio",
        "filter_rows",
        "long_from_wide",
    }
    assert all(str(kind.words) for kind in STEP_KINDS.values())
