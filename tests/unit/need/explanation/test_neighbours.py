from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from medalloc.need.explanation.neighbours import nearest
from medalloc.need.explanation.subject import Subject

Subjects = Callable[[str], Subject]


def slow_distance(model: Subject, one: int, other: int) -> float:
    """Compare two rows column by column of the table, filled as the recipe fills them."""
    frame, total = model.cells, 0.0
    for name in model.features:
        trained = frame[name].iloc[model.train]
        a, b = frame[name].iloc[one], frame[name].iloc[other]
        if any(column.source == name and "missing" in column.name for column in model.prepared.columns):
            total += 0.5 * (pd.isna(a) != pd.isna(b))
        if name == "性别":
            most = trained.value_counts().idxmax()
            total += (most if pd.isna(a) else a) != (most if pd.isna(b) else b)
            continue
        if name == "seen":
            trained, a, b = ((each - pd.Timestamp("2024-01-01")) / pd.Timedelta(days=1) for each in (trained, a, b))
        middle = float(trained.astype(float).median())
        x, y = (middle if pd.isna(value) else float(value) for value in (a, b))
        deviation = float(trained.astype(float).fillna(middle).std(ddof=0)) or 1.0
        total += ((x - y) / deviation) ** 2
    return float(np.sqrt(total))


@pytest.mark.parametrize("kind", ["logistic", "boosting"])
def test_the_nearest_are_those_that_comparing_all_by_hand_finds(subject: Subjects, kind: str) -> None:
    model = subject(kind)
    for row in model.test[:3]:
        found = nearest(model, model.cells.iloc[[row]], 6)
        by_hand = np.array([slow_distance(model, row, other) for other in model.train])
        np.testing.assert_allclose(found.distance, np.sort(by_hand)[:6], atol=1e-3)
        np.testing.assert_allclose(
            [slow_distance(model, row, other) for other in found.rows], found.distance, atol=1e-3
        )
        assert set(found.rows) <= set(model.train)


def test_a_training_row_is_its_own_nearest(subject: Subjects) -> None:
    model = subject("logistic")
    row = model.train[17]
    found = nearest(model, model.cells.iloc[[row]], 1)
    assert found.distance[0] == 0


def test_no_more_are_found_than_there_are(subject: Subjects) -> None:
    model = subject("logistic")
    assert len(nearest(model, model.cells.iloc[[model.test[0]]], 10_000).rows) == len(model.train)
