from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from medalloc.need.explanation.contributions import contributions
from medalloc.need.explanation.subject import Subject, as_cells
from tests.unit.need.explanation.conftest import as_subject, patients

Subjects = Callable[[str], Subject]


@pytest.mark.parametrize("kind", ["logistic", "svm", "forest", "boosting"])
def test_one_row_alone_is_given_the_probability_it_has_among_all(subject: Subjects, kind: str) -> None:
    model = subject(kind)
    every = model.probability(model.cells)
    for row in model.test[:8]:
        assert model.probability(model.cells.iloc[[row]])[0] == pytest.approx(every[row], abs=1e-6)


def test_every_value_of_one_row_may_be_missing(subject: Subjects) -> None:
    model = subject("boosting")
    cells = model.cells.iloc[[model.test[0]]]
    for name in model.features:
        cells = model.with_values(cells, name, [None])
    assert 0 < model.probability(cells)[0] < 1


def test_columns_of_mixed_type_are_taken_as_the_model_took_them() -> None:
    frame = patients()
    frame["smokes"] = pd.Series([True, None, False] * 100, dtype=object)
    frame["code"] = pd.Series([1, "a", 2] * 100, dtype=object)
    model = as_subject(frame, "logistic")
    row = model.test[0]
    one = model.cells.iloc[[row]]
    assert model.probability(one)[0] == pytest.approx(model.probability(model.cells)[row])
    assert 0 < model.probability(model.with_values(one, "smokes", [None]))[0] < 1
    assert len(contributions(model, one).parts) == len(model.features)


def test_whole_numbers_may_become_fractions_and_gaps() -> None:
    made = as_cells([1.5, None], pd.Series([1, 2]), pd.RangeIndex(2))
    assert made[0] == 1.5
    assert np.isnan(made[1])
