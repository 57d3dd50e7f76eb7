"""What seeing the test rows changes about them, by hand."""

import numpy as np
import pandas as pd
import pytest

from medalloc.preparation.encoding import encode
from medalloc.preparation.leak import leak_of
from medalloc.preparation.recipe import Recipe, Step

TRAINING, TEST = np.arange(40), np.arange(40, 50)
SCALED = Recipe("x", (Step("min_max_scale", "numeric"), Step("one_hot", "text")))


def frame_of(**columns: np.ndarray) -> pd.DataFrame:
    draw = np.random.default_rng(2)
    beside = {"age": draw.normal(50, 9, 50), "far": np.where(np.arange(50) < 40, 1.0, 30.0) * draw.normal(5, 1, 50)}
    return pd.DataFrame({**beside, **columns})


def test_the_column_that_seeing_the_test_rows_changes_most_is_named_with_how_much() -> None:
    # one that is the same in all training rows has no spread to measure by, and a level that is new no counterpart
    frame = frame_of(same=np.where(np.arange(50) < 40, 1.0, 7.0), kind=np.where(np.arange(50) < 45, "old", "new"))
    found = leak_of(SCALED, encode(frame, list(frame)), TRAINING, TEST)
    far = frame["far"].to_numpy()
    alone, whole = ((far - far[rows].min()) / np.ptp(far[rows]) for rows in (TRAINING, np.arange(50)))
    assert found is not None and found.column == "far"
    assert found.size == pytest.approx(np.abs(alone - whole)[TEST].mean() / alone[TRAINING].std(), rel=1e-4)


def test_where_no_column_is_the_same_in_both_nothing_is_said() -> None:
    frame = pd.DataFrame({"same": [1.0] * 40 + [2.0] * 10})
    assert leak_of(SCALED, encode(frame, ["same"]), TRAINING, TEST) is None
