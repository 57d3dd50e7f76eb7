import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import TargetEncoder

from medalloc.errors import InputError
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import Recipe, Step
from medalloc.preparation.state import Target

RECIPE = Recipe("x", (Step("target_encode", "text", {"extra_rows": 10}),))


def drawn(levels: int, rows: int, seed: int) -> tuple[pd.DataFrame, Target]:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame({"ward": [f"w{each}" for each in draw.integers(0, levels, rows)]})
    return frame, Target(draw.integers(0, 2, rows).astype(float), np.arange(rows) % 5)


def encoded(frame: pd.DataFrame, target: Target | None, *, learning: bool) -> tuple[FittedRecipe, np.ndarray]:
    columns, rows = encode(frame, list(frame)), np.arange(len(frame))
    made = fit_recipe(RECIPE, columns, rows, target)
    return made, made.matrix(columns, rows, learning=learning)[:, 0]


@given(st.integers(0, 200))
@settings(max_examples=10, deadline=None)
def test_with_need_at_random_a_row_that_is_learned_from_is_told_nothing_of_its_own(seed: int) -> None:
    frame, target = drawn(levels=60, rows=1500, seed=seed)
    _, crossed = encoded(frame, target, learning=True)
    _, seen = encoded(frame, target, learning=False)
    assert 0.4 < roc_auc_score(target.values, crossed) < 0.56
    assert roc_auc_score(target.values, seen) > 0.58  # what a row is told that saw its own need


@given(st.integers(0, 200))
@settings(max_examples=10, deadline=None)
def test_new_rows_are_told_what_scikit_learns_encoder_tells_them(seed: int) -> None:
    frame, target = drawn(levels=6, rows=120, seed=seed)
    theirs = TargetEncoder(smooth=10, target_type="continuous").fit(frame[["ward"]], target.values)
    _, ours = encoded(frame, target, learning=False)
    often = frame.groupby("ward")["ward"].transform("size") >= 5
    np.testing.assert_allclose(ours[often], theirs.transform(frame[["ward"]])[often, 0], rtol=1e-5)


def test_a_row_that_is_learned_from_is_told_what_rows_of_other_folds_say() -> None:
    frame, target = drawn(levels=3, rows=100, seed=1)
    _, crossed = encoded(frame, target, learning=True)
    for row in range(0, 100, 7):
        others = (target.fold != target.fold[row]) & (frame["ward"] == frame["ward"][row])
        mean = target.values[target.fold != target.fold[row]].mean()
        expected = (target.values[others].sum() + 10 * mean) / (others.sum() + 10)
        assert crossed[row] == pytest.approx(expected, rel=1e-5)


def test_a_text_of_few_rows_or_never_seen_is_told_the_mean_and_its_name_is_not_kept() -> None:
    frame, target = drawn(levels=2, rows=60, seed=2)
    frame.loc[0, "ward"] = "somebody"
    made, values = encoded(frame, target, learning=False)
    assert "somebody" not in made.done[0].operation.means
    assert values[0] == pytest.approx(target.values.mean())
    new = encode(pd.DataFrame({"ward": ["never", None]}), ["ward"])
    found = made.matrix(new, np.arange(2))[:, 0]
    assert found[0] == pytest.approx(target.values.mean()) and np.isnan(found[1])


def test_weights_count() -> None:
    frame, target = drawn(levels=3, rows=90, seed=4)
    weights = np.where(np.arange(90) < 30, 3.0, 1.0)
    repeated = np.repeat(np.arange(90), weights.astype(int))
    many = Target(target.values[repeated], target.fold[repeated])
    one, _ = encoded(frame, Target(target.values, target.fold, weights), learning=False)
    other, _ = encoded(frame.iloc[repeated].reset_index(drop=True), many, learning=False)
    for name, mean in one.done[0].operation.means.items():
        assert other.done[0].operation.means[name] == pytest.approx(mean)


def test_without_knowing_who_was_in_need_it_says_so() -> None:
    frame, _ = drawn(levels=2, rows=20, seed=1)
    with pytest.raises(InputError, match="needs to know who was in need"):
        encoded(frame, None, learning=False)
