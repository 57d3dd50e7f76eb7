from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.lessons.sample import Sample, few, halves, numbers_of, standardised
from medalloc.tables.table import Table


def test_only_numbers_that_vary_and_patients_without_gaps_are_taken(table: Table) -> None:
    frame = table.frame.assign(same=1.0)
    frame.loc[3, "age"] = np.nan
    found = numbers_of(Table(frame, {**table.roles, "same": "feature"}, table.source))
    assert found.columns == ("age", "visits")
    assert len(found.need) == len(frame) - 1


def test_a_table_with_one_number_says_what_is_missing(table: Table) -> None:
    with pytest.raises(InputError, match="at least 2"):
        numbers_of(replace(table, roles={**table.roles, "age": "ignored"}))


def test_columns_come_in_the_order_they_are_asked_for(two: Sample) -> None:
    turned = two.of(("visits", "age"))
    assert np.array_equal(turned.values, two.values[:, ::-1])


@given(st.integers(2, 150), st.integers(0, 99))
def test_an_even_draw_holds_as_many_in_need_as_not(patients: int, seed: int) -> None:
    need = (np.arange(400) % 3 == 0).astype(np.int8)
    drawn = few(Sample(("a",), np.arange(400.0)[:, None], need), patients, seed=seed, even=True)
    assert drawn.need.sum() * 2 == len(drawn.need) == patients // 2 * 2
    assert len(np.unique(drawn.values)) == len(drawn.need)


def test_halves_share_nobody_and_lose_nobody(two: Sample) -> None:
    numbered = Sample(("a",), np.arange(len(two.need), dtype=float)[:, None], two.need)
    train, test = halves(numbered, share=0.3, seed=5)
    assert sorted([*train.values[:, 0], *test.values[:, 0]]) == list(range(len(two.need)))


def test_standardised_columns_have_mean_0_and_deviation_1_and_a_constant_stays_finite() -> None:
    made = standardised([[1.0, 5.0], [3.0, 5.0]], by=[[1.0, 5.0], [3.0, 5.0]])
    assert made.tolist() == [[-1.0, 0.0], [1.0, 0.0]]
