import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.need.persistence.drift import ColumnFit, Watch, chance_of_shift, stability_index
from medalloc.need.persistence.profile import profile
from medalloc.preparation.encoding import encode
from tests.unit.need.conftest import as_table

COUNTS = st.lists(st.integers(0, 500), min_size=2, max_size=8)
DRAW = np.random.default_rng(3)


def fit(trained: object, new: object, pieces: int = 1) -> ColumnFit:
    frame = pd.DataFrame({"x": trained})
    (column,) = profile(as_table(frame.assign(need=0)), encode(frame, ["x"]), np.arange(len(frame)))
    watch = Watch(column)
    for part in np.array_split(np.arange(len(pd.Series(new))), pieces):
        watch.add(encode(pd.DataFrame({"x": pd.Series(new).iloc[part]}), ["x"])[0])
    return watch.fit(1)


@given(COUNTS, st.integers(1, 20))
def test_equal_shares_have_nearly_no_index_and_no_shift(counts: list[int], times: int) -> None:
    expected = np.array(counts) + 1
    assert chance_of_shift(expected, expected * times) == pytest.approx(1)
    assert 0 <= stability_index(expected, expected * times) < 0.05 * len(counts)


@given(COUNTS, st.randoms())
def test_the_index_is_symmetric_and_never_negative(counts: list[int], _random: object) -> None:
    first, second = np.array(counts), np.array(counts[::-1])
    assert stability_index(first, second) == pytest.approx(stability_index(second, first))
    assert stability_index(first, second) >= 0


def test_the_chance_is_that_of_the_chi_square_test() -> None:
    from scipy.stats import chi2_contingency

    table = np.array([[20, 30, 50], [30, 25, 20]])
    assert chance_of_shift(*table) == pytest.approx(chi2_contingency(table, correction=False).pvalue)


def test_pieces_are_counted_as_the_whole() -> None:
    trained, new = DRAW.normal(size=500), DRAW.normal(0.5, size=900)
    assert fit(trained, new, 7) == fit(trained, new)


def test_a_constant_column_shifts_only_when_it_changes() -> None:
    assert fit([1.0] * 50, [1.0] * 40).shifted == "no"
    changed = fit([1.0] * 50, [2.0] * 40)
    assert (changed.above, changed.below) == (40, 0)


def test_a_column_that_was_always_missing_shifts_when_values_come() -> None:
    assert fit([np.nan] * 50, [np.nan] * 40).shifted == "no"
    assert fit([np.nan] * 50, [1.0] * 40).shifted == "strongly"


def test_a_small_file_is_not_called_shifted_by_chance() -> None:
    trained = DRAW.normal(size=2000)
    assert [fit(trained, DRAW.normal(size=30)).shifted for _ in range(30)].count("no") == 30


def test_unseen_categories_are_not_counted_where_some_were_left_out() -> None:
    many = [f"t{number}" for number in range(1500)] * 5
    assert fit(many, ["new"] * 50).unseen == 0
    assert fit([each for each in many if len(each) < 4], ["new"] * 50).unseen == 50
    assert fit(["a"] * 50 + ["b"], ["new"] * 50).unseen == 0
