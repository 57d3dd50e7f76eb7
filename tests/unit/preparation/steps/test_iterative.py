import numpy as np
import pandas as pd
import pytest
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer

from medalloc.preparation.encoding import encode
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import Recipe, Step

RECIPE = Recipe("x", (Step("impute_iterative", "numeric", {"indicator": False}),))


def related(rows: int = 200, seed: int = 3) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    age = draw.normal(50, 10, rows)
    frame = pd.DataFrame(
        {"age": age, "pressure": 80 + age + draw.normal(0, 1, rows), "income": draw.normal(0, 1e5, rows)}
    )
    return frame.mask(draw.random(frame.shape) < 0.15)


def fitted(frame: pd.DataFrame, rows: int) -> FittedRecipe:
    return fit_recipe(RECIPE, encode(frame, list(frame)), np.arange(rows))


def filled(made: FittedRecipe, frame: pd.DataFrame) -> np.ndarray:
    return np.column_stack([each.values for each in made.states(encode(frame, list(frame)), np.arange(len(frame)))])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_it_fills_what_scikit_learns_imputer_fills_in_new_rows_too() -> None:
    frame = related()
    train = frame[:150]
    shift, unit = train.mean(), train.std(ddof=0)
    scaled = (frame - shift) / unit
    limits = {"min_value": scaled[:150].min().to_numpy(), "max_value": scaled[:150].max().to_numpy()}
    imputer = IterativeImputer(initial_strategy="median", random_state=0, **limits).fit(scaled[:150].to_numpy())
    expected = imputer.transform(scaled.to_numpy()) * unit.to_numpy() + shift.to_numpy()
    np.testing.assert_allclose(filled(fitted(frame, 150), frame), expected, rtol=1e-6, atol=1e-6)


def test_a_value_is_filled_by_what_the_other_columns_say() -> None:
    frame = related()
    lacking = frame["pressure"].isna().to_numpy() & frame["age"].notna().to_numpy()
    made = filled(fitted(frame, 200), frame)
    assert np.abs(made[lacking, 1] - 80 - frame["age"].to_numpy()[lacking]).max() < 6


def test_what_is_filled_in_lies_within_what_was_seen() -> None:
    frame = related()
    far = pd.DataFrame({"age": [-1e4, 1e4], "pressure": [np.nan, np.nan], "income": [0.0, 0.0]})
    made = filled(fitted(frame, 200), far)
    assert made[:, 1].tolist() == pytest.approx([frame["pressure"].min(), frame["pressure"].max()])


def test_columns_without_values_spread_or_others_are_filled_all_the_same() -> None:
    frame = pd.DataFrame({"a": [1.0, np.nan, 3.0], "empty": [np.nan] * 3, "same": [2.0, 2.0, np.nan]})
    made = filled(fitted(frame, 3), frame)
    assert np.isfinite(made).all()
    assert made[:, 1].tolist() == [0, 0, 0] and made[:, 2].tolist() == [2, 2, 2]
    alone = frame[["a"]]
    assert filled(fitted(alone, 3), alone)[:, 0].tolist() == [1, 2, 3]
