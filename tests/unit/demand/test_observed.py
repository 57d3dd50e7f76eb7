"""What came true beside what was expected, by region."""

import numpy as np
import pandas as pd
import pytest

from medalloc.demand.observed import Known, known_rows, unlike_the_model
from medalloc.tables.table import Source, Table


def told(z: list[float]) -> list[str]:
    """Return what is said of regions whose need lies so many standard deviations from what the model says."""
    predicted, variance = np.full(len(z), 50.0), np.full(len(z), 25.0)
    sums = {"observed": 50 + 5 * np.array(z), "predicted": predicted, "predicted_variance": variance}
    return [str(each) for each in unlike_the_model([f"R{place}" for place in range(len(z))], sums)]  # type: ignore[arg-type]


def test_regions_are_named_that_lie_beyond_chance_the_farthest_first_and_five_of_them_at_most() -> None:
    (said,) = told([0.5, 2.5, -4, 1.9, -2.2])
    assert said.endswith(": 3. Observed over predicted: R2 0.60 (z -4.0), R1 1.25 (z +2.5), R4 0.78 (z -2.2).")
    assert "about 0.2 of 5 would" in said
    assert told([1.9, -1.9, np.nan]) == []
    for count, ends in ((5, "R4 1.60 (z +6.0)."), (6, "R4 1.60 (z +6.0), ….")):
        (said,) = told([*np.linspace(10, 6, 5), *[3.0] * (count - 5)])
        assert said.endswith(ends) and f": {count}. " in said


def test_sums_are_those_of_the_rows_whose_need_is_known_and_where_there_is_none_there_is_no_sum() -> None:
    frame = pd.DataFrame({"sick": [1, 0, None, 1, 1], "who": ["a", "a", "b", "c", "d"]})
    table = Table(frame, {"sick": "need", "who": "patient id"}, Source("t", "0"))
    codes, chance, weight = np.array([0, 0, 1, 2, 2]), np.linspace(0.1, 0.9, 5), np.array([1.0, 2, 3, 4, 5])
    known = known_rows(table, codes, np.array([True, True, True, True, False]), chance, weight)
    assert known.need.tolist() == [1, 0, 1] and known.region.tolist() == [0, 0, 2]
    assert known.patient is not None and len(set(known.patient.tolist())) == 2
    sums = known.sums(3)
    assert sums["observed"] == pytest.approx([1, np.nan, 4], nan_ok=True)
    assert sums["predicted"] == pytest.approx([0.1 + 2 * 0.3, np.nan, 4 * 0.7], nan_ok=True)
    assert sums["predicted_variance"] == pytest.approx([0.09 + 4 * 0.21, np.nan, 16 * 0.21], nan_ok=True)
    nobody = known_rows(table, codes, np.zeros(5, dtype=bool), chance, weight)
    assert nobody.effects(3) is None and known.effects(3) is not None


def test_a_row_that_counts_for_several_is_so_many_in_every_sum() -> None:
    several = Known(
        np.zeros(2, int),
        np.array([1, 0], np.int8),
        np.array([0.2, 0.6]),
        np.array([2.0, 3.0]),
        None,
        np.array([3.0, 2.0]),
    )
    alone = Known(
        np.zeros(5, int),
        np.array([1, 1, 1, 0, 0], np.int8),
        np.array([0.2] * 3 + [0.6] * 2),
        np.array([2.0] * 3 + [3.0] * 2),
        None,
    )
    for name, value in alone.sums(1).items():
        assert several.sums(1)[name] == pytest.approx(value)  # type: ignore[literal-required]
