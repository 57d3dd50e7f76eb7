import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from medalloc.need.splitting import article_split, folds, patient_groups, split
from medalloc.tables.table import Source, Table

CASES = st.tuples(st.integers(40, 200), st.floats(0.1, 0.9), st.integers(0, 10**6))


def cases(case: tuple[int, float, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows, share, seed = case
    draw = np.random.default_rng(seed)
    return np.arange(rows), (draw.random(rows) < share).astype(np.int8), draw.integers(0, rows // 3, rows)


@given(CASES, st.floats(0.05, 0.5))
@settings(max_examples=40)
def test_a_split_parts_every_row_once_and_keeps_the_share_of_need(case: tuple[int, float, int], share: float) -> None:
    rows, need, _ = cases(case)
    parts = split(rows, need, None, share=share, seed=case[2])
    assert sorted([*parts.train, *parts.test]) == rows.tolist()
    assert abs(len(parts.test) - share * len(rows)) <= 2
    assert abs(need[parts.test].sum() - share * need.sum()) <= 1


@given(CASES)
@settings(max_examples=40)
def test_a_patients_rows_are_on_one_side(case: tuple[int, float, int]) -> None:
    rows, need, groups = cases(case)
    parts = split(rows, need, groups, share=0.2, seed=case[2])
    assert not set(groups[parts.train]) & set(groups[parts.test])
    assert len(parts.train) + len(parts.test) == len(rows)
    fold = folds(rows, need, groups, seed=case[2])
    assert all(len(set(fold[groups == group])) == 1 for group in set(groups))


@given(CASES)
@settings(max_examples=40)
def test_folds_are_of_like_size_and_need(case: tuple[int, float, int]) -> None:
    rows, need, _ = cases(case)
    fold = folds(rows, need, None, seed=case[2])
    for answer in (0, 1):
        counts = np.bincount(fold[need == answer], minlength=5)
        assert counts.max() - counts.min() <= 1


def test_the_seed_decides() -> None:
    rows, need, _ = cases((100, 0.5, 1))
    one, same, other = (split(rows, need, None, share=0.2, seed=seed).test.tolist() for seed in (1, 1, 2))
    assert one == same != other


def test_the_articles_split_is_scikit_learns() -> None:
    ours = article_split(np.arange(103), share=0.2, seed=42)
    train, test = train_test_split(np.arange(103), test_size=0.2, random_state=42)
    assert (ours.train.tolist(), ours.test.tolist()) == (train.tolist(), test.tolist())


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([1, 2, 3], None),
        ([1, None, None], None),
        (["a", "b", "a"], [0, 1, 0]),
        (["a", None, "a", None], [0, 1, 0, 2]),
    ],
)
def test_only_repeated_patients_are_groups(ids: list[object], expected: list[int] | None) -> None:
    table = Table(pd.DataFrame({"id": ids}), {"id": "patient id"}, Source("t", "0"))
    found = patient_groups(table)
    assert (None if found is None else found.tolist()) == expected


def test_without_an_id_there_are_no_groups() -> None:
    assert patient_groups(Table(pd.DataFrame({"x": [1]}), {"x": "feature"}, Source("t", "0"))) is None
