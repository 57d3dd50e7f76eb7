import numpy as np
import pandas as pd

from medalloc.preparation.comparison import before_and_after
from medalloc.preparation.recipe import ARTICLE, DEFAULT, Recipe, Step

FRAME = pd.DataFrame(
    {
        "age": [20.0, 40.0, np.nan, 60.0],
        "gender": ["male", None, "female", "male"],
        "day": pd.to_datetime(["2026-01-01"] * 4),
    }
)


def test_scaled_columns_have_mean_nought_and_deviation_one() -> None:
    age = before_and_after(FRAME, DEFAULT).columns[0]
    assert age.before is not None and age.after is not None
    assert (age.before.mean, age.before.low, age.before.high) == (40, 20, 60)
    assert abs(age.after.mean) < 1e-6
    assert abs(age.after.sd - 1) < 1e-6


def test_levels_have_names_and_no_numbers() -> None:
    gender = before_and_after(pd.concat([FRAME] * 5, ignore_index=True), DEFAULT).columns[1]
    assert (gender.before, gender.after, gender.missing_before, gender.missing_after) == (None, None, 5, 0)
    assert gender.becomes == ("gender = female", "gender = male", "gender (missing)")


def test_what_is_left_missing_is_counted() -> None:
    age = before_and_after(FRAME, Recipe("x", (Step("standard_scale", "all"),)), columns=["age"]).columns[0]
    assert age.missing_after == 1


def test_rows_left_out_are_counted() -> None:
    found = before_and_after(FRAME, ARTICLE, columns=["age", "gender"])
    assert (found.rows_before, found.rows_after) == (4, 2)


def test_an_empty_column_has_no_numbers_to_show() -> None:
    (column,) = before_and_after(pd.DataFrame({"x": [np.nan, np.nan]}), DEFAULT).columns
    assert column.before is not None
    assert np.isnan(column.before.mean)


def test_what_is_learned_can_be_kept_to_some_rows() -> None:
    found = before_and_after(FRAME, DEFAULT, columns=["age"], fitted_rows=np.array([0, 1])).columns[0]
    assert found.after is not None
    assert found.after.high == 3.0
