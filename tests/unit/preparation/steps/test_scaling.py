from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from medalloc.errors import InputError
from medalloc.preparation.state import ColumnState
from medalloc.preparation.steps.scaling import Clip, Log1p, Stretch

NUMBERS = ColumnState("x", np.array([1.0, np.nan, 3.0]))
EMPTY = ColumnState("x", np.array([np.nan, np.nan]))
Learn = Callable[..., Any]


@pytest.mark.parametrize("name", ["standard_scale", "min_max_scale", "robust_scale"])
def test_constant_and_empty_columns_are_never_divided_by_nought(learn: Learn, name: str) -> None:
    assert learn(name, ColumnState("x", np.array([4.0, 4.0]))) == Stretch(4.0, 1.0)
    assert learn(name, EMPTY) == Stretch(0.0, 1.0)


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=30).filter(lambda each: np.ptp(each) > 1e-3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(values=[0.0, 0.0, 0.0, 1.0, 3.3e-224])
def test_scales_are_those_of_scikit_learn(learn: Learn, values: list[float]) -> None:
    column = np.array([*values, np.nan])
    theirs = {"standard_scale": StandardScaler(), "min_max_scale": MinMaxScaler(), "robust_scale": RobustScaler()}
    for name, scaler in theirs.items():
        ours = learn(name, ColumnState("x", column)).apply(ColumnState("x", column)).values
        expected = scaler.fit_transform(column[:, np.newaxis])[:, 0]
        np.testing.assert_allclose(ours, expected, rtol=1e-7, atol=1e-7)


def test_outliers_are_clipped_at_quantiles(learn: Learn) -> None:
    assert learn("clip_outliers", ColumnState("x", np.arange(101.0)), low=0.1, high=0.9) == Clip(10.0, 90.0)


def test_numbers_are_stretched_clipped_and_logged() -> None:
    np.testing.assert_array_equal(Stretch(1.0, 2.0).apply(NUMBERS).values, [0, np.nan, 1])
    np.testing.assert_array_equal(Clip(1.5, 2.5).apply(NUMBERS).values, [1.5, np.nan, 2.5])
    np.testing.assert_allclose(Log1p().apply(NUMBERS).values, np.log([2, np.nan, 4]))


def test_the_logarithm_names_values_it_cannot_take() -> None:
    with pytest.raises(InputError, match=r"holds -1, .* \(values like this: 2\)"):
        Log1p().apply(ColumnState("x", np.array([-1.0, -3.0, 2.0])))
