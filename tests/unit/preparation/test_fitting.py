import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from medalloc.errors import InputError
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitting import fit_recipe, kept_rows
from medalloc.preparation.recipe import ARTICLE, DEFAULT, Recipe, Step


def patients(rows: int = 60, seed: int = 1) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.normal(50, 10, rows).round(),
            "gender": draw.choice(["male", "female"], rows),
            "visits": draw.poisson(3, rows),
        }
    )
    frame["age"] = frame["age"].mask(draw.random(rows) < 0.1)
    frame["gender"] = frame["gender"].mask(draw.random(rows) < 0.1)
    return frame


def fitted(frame: pd.DataFrame, recipe: Recipe = DEFAULT, rows: int | None = None) -> tuple[FittedRecipe, np.ndarray]:
    encoded = encode(frame, list(frame.columns))
    made = fit_recipe(recipe, encoded, np.arange(rows or len(frame)))
    return made, made.matrix(encoded, np.arange(len(frame)))


@given(st.integers(0, 1000))
@settings(max_examples=15, deadline=None)
def test_the_default_recipe_is_what_scikit_learn_does_step_by_step(seed: int) -> None:
    frame = patients(seed=seed)
    made, matrix = fitted(frame, rows=40)
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="most_frequent", missing_values=np.nan), OneHotEncoder(sparse_output=False)
    )
    theirs = make_column_transformer((numbers, ["age", "visits"]), (texts, ["gender"]))
    text = frame.assign(gender=frame["gender"].astype(object))
    expected = theirs.fit(text.iloc[:40]).transform(text)
    names = [column.name for column in made.columns]
    ours = matrix[:, [names.index(name) for name in ("age", "visits", "gender = female", "gender = male")]]
    np.testing.assert_allclose(ours, expected, atol=1e-6)


def test_nothing_is_learned_from_the_test_rows() -> None:
    frame = patients()
    changed = frame.copy()
    changed.loc[40:, "visits"] = 10_000
    changed.loc[40:, "gender"] = "martian"
    one, _ = fitted(frame, rows=40)
    other, _ = fitted(changed, rows=40)
    assert one.done == other.done


def test_every_matrix_column_knows_the_column_it_was_made_from() -> None:
    made, _ = fitted(patients())
    assert [(c.name, c.source) for c in made.columns] == [
        ("age", "age"),
        ("age (missing)", "age"),
        ("gender = female", "gender"),
        ("gender = male", "gender"),
        ("gender (missing)", "gender"),
        ("visits", "visits"),
    ]
    assert [list(places) for places in made.groups()] == [[0, 1], [2, 3, 4], [5]]


def test_blocks_put_together_are_the_matrix() -> None:
    frame = patients()
    made, matrix = fitted(frame)
    blocks = list(made.blocks(encode(frame, list(frame.columns)), np.arange(len(frame)), size=7))
    np.testing.assert_array_equal(np.concatenate([block for _, block in blocks]), matrix)
    assert matrix.dtype == np.float32


def test_the_articles_recipe_is_the_articles_arithmetic() -> None:
    frame = patients()
    data = frame.dropna()
    data = data.assign(
        age=(data["age"] - np.mean(data["age"])) / np.std(data["age"]),
        gender=data["gender"].map({"male": 0, "female": 1}),
    )
    data = (data - data.min()) / (data.max() - data.min())
    encoded = encode(frame, list(frame.columns))
    rows = kept_rows(ARTICLE, encoded, np.arange(len(frame)))
    assert rows.tolist() == data.index.tolist()
    np.testing.assert_array_equal(fit_recipe(ARTICLE, encoded, rows).matrix(encoded, rows), data.astype(np.float32))


def test_every_fault_is_said_at_once() -> None:
    frame = pd.DataFrame({"gender": ["Male", "Female"], "town": ["a", "b"]})
    with pytest.raises(InputError) as caught:
        fitted(frame, ARTICLE)
    said = str(caught.value)
    assert "no feature “age”" in said
    assert "“Female”, “Male”, but the recipe knows only “male”, “female”" in said
    assert "“town” still holds text" in said


def test_a_recipe_that_leaves_no_row_says_so() -> None:
    frame = pd.DataFrame({"age": [1.0, np.nan], "gender": [None, "male"]})
    encoded = encode(frame, list(frame.columns))
    with pytest.raises(InputError, match="leaves no row"):
        fit_recipe(ARTICLE, encoded, kept_rows(ARTICLE, encoded, np.arange(2)))


def test_a_step_cannot_work_on_a_named_column_of_the_other_kind() -> None:
    with pytest.raises(InputError, match="step log1p works on numbers, and the column holds text"):
        fitted(patients(), Recipe("x", (Step("log1p", ("gender",)),)))


def test_a_column_that_changed_its_kind_is_refused() -> None:
    frame = patients()
    made, _ = fitted(frame)
    with pytest.raises(InputError, match="“age” held numbers when the recipe was fitted and now holds text"):
        made.matrix(encode(frame.assign(age="old"), list(frame.columns)), np.arange(3))


def test_faults_found_in_a_block_are_all_said() -> None:
    frame = pd.DataFrame({"a": [0.0, -5.0], "b": [0.0, -7.0]})
    encoded = encode(frame, ["a", "b"])
    made = fit_recipe(Recipe("x", (Step("log1p", "all"),)), encoded, np.arange(1))
    with pytest.raises(InputError) as caught:
        made.matrix(encoded, np.arange(2))
    assert len(caught.value.faults) == 2
