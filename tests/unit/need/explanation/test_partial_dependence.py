from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from medalloc.need.explanation.partial_dependence import POINTS, partial_dependence
from medalloc.need.explanation.subject import Subject

Subjects = Callable[[str], Subject]


@pytest.mark.parametrize("kind", ["logistic", "boosting", "svm"])
@pytest.mark.parametrize("column", ["age", "性别", "visits", "diabetic", "seen", "same"])
def test_every_curve_is_what_asking_row_by_row_gives(subject: Subjects, kind: str, column: str) -> None:
    model = subject(kind)
    found = partial_dependence(model, column, rows=12)
    assert found.curves.shape == (12, len(found.values)) == (len(found.rows), len(found.inside))
    for place, value in enumerate(found.values):
        if place % 7:
            continue
        frame = model.table.frame.iloc[found.rows].copy()
        frame[column] = pd.Series([value] * len(frame), index=frame.index)
        slow = model.predict(type(model.table)(frame, model.table.roles, model.table.source))
        np.testing.assert_allclose(found.curves[:, place], slow, atol=1e-9)
    np.testing.assert_allclose(found.mean, found.curves.mean(axis=0))


def test_a_logistic_regression_has_curves_that_only_rise_where_its_coefficient_does(subject: Subjects) -> None:
    found = partial_dependence(subject("logistic"), "age")
    assert (np.diff(found.curves, axis=1) > 0).all()
    assert not found.centred()[:, 0].any()
    np.testing.assert_allclose(found.centred()[:, -1], found.curves[:, -1] - found.curves[:, 0])


def test_the_ends_beyond_the_quantiles_are_marked_and_inside_is_not(subject: Subjects) -> None:
    model = subject("logistic")
    found = partial_dependence(model, "age")
    trained = model.cells["age"].iloc[model.train].dropna()
    assert len(found.values) in (POINTS, POINTS + 1, POINTS + 2)
    assert (found.values[0], found.values[-1]) == (trained.min(), trained.max())
    for value, inside in zip(found.values, found.inside, strict=True):
        assert inside == (
            trained.quantile(0.01, interpolation="lower") <= value <= trained.quantile(0.99, interpolation="lower")
        )
    assert not found.inside[0]
    assert not found.inside[-1]


@pytest.mark.parametrize("column", ["age", "性别", "visits", "diabetic", "seen", "same"])
def test_the_density_counts_every_training_row_with_a_value(subject: Subjects, column: str) -> None:
    model = subject("logistic")
    found = partial_dependence(model, column, rows=3)
    assert found.density["rows"].sum() == model.cells[column].iloc[model.train].notna().sum()


def test_held_out_rows_only_are_asked_and_the_seed_decides_which(subject: Subjects) -> None:
    model = subject("logistic")
    first, again = (partial_dependence(model, "age", rows=10, seed=5) for _ in range(2))
    assert set(first.rows) <= set(model.test)
    assert first.rows.tolist() == again.rows.tolist()
    assert first.held_out == len(model.test)
