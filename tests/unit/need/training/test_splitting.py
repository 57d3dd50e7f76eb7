import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from medalloc.need.training.splitting import (
    article_split,
    can_split,
    folds,
    patient_groups,
    plan_folds,
    split,
    time_split,
)
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


@given(CASES, st.sampled_from([0.125, 0.25, 0.5]))
@settings(max_examples=20)
def test_of_each_answer_the_share_is_set_aside_rounded_up(case: tuple[int, float, int], share: float) -> None:
    rows, need, _ = cases(case)
    test = split(rows, need, None, share=share, seed=case[2]).test
    for answer in (0, 1):
        assert (need[test] == answer).sum() == math.ceil(share * (need == answer).sum())


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


@given(CASES, st.integers(3, 40))
@settings(max_examples=40)
def test_in_order_of_time_nobody_learns_from_the_future(case: tuple[int, float, int], moments: int) -> None:
    rows, need, groups = cases(case)
    times = np.random.default_rng(case[2]).integers(0, moments, len(rows)).astype(float)
    for who in (None, groups):
        planned = plan_folds(rows, need, who, times, seed=1)
        assert planned.kind == "time"
        assert planned.of_row.min() == -1
        for number in range(planned.count):
            learnt, tested = planned.learnt(number), planned.tested(number)
            assert tested.any()
            if learnt.any():
                assert times[learnt].max() < times[tested].min()
            assert who is None or not set(who[learnt]) & set(who[tested])
        assert not (planned.learnt(-1) & planned.tested(-1)).any()
        parts = time_split(rows, times, who, share=0.3)
        assert len(parts.test) <= 0.3 * len(rows)
        if len(parts.test) and len(parts.train):
            assert times[parts.train].max() < times[parts.test].min()


def test_a_row_without_a_time_is_the_earliest() -> None:
    times = np.arange(100.0)
    times[50] = np.nan
    need = np.tile([0, 1], 50).astype(np.int8)
    planned = plan_folds(np.arange(100), need, None, times, seed=1)
    assert planned.of_row[50] == -1
    assert planned.count == 5
    assert np.bincount(planned.of_row + 1).tolist() == pytest.approx([17] * 6, abs=1)


def test_one_moment_or_too_few_answers_cannot_decide_the_split() -> None:
    rows, need = np.arange(120), np.tile([0, 1], 60).astype(np.int8)
    assert can_split(rows, need, None, np.arange(120.0))
    assert not can_split(rows, need, None, np.zeros(120))
    assert not can_split(rows, need, None, (np.arange(120) >= 60).astype(float))
    assert not can_split(rows, (np.arange(120) > 100).astype(np.int8), None, np.arange(120.0))
    # two later stretches are enough
    assert can_split(rows, need, None, np.arange(120) // 40 * 1.0)
    # only the first stretch has both answers, so that the later ones cannot tell of it
    assert not can_split(rows, need * (np.arange(120) < 20), None, np.arange(120.0))
    # the same patients at all times: nobody is left to learn from
    assert not can_split(rows, need, np.arange(120) % 20, np.arange(120.0))


def test_without_times_folds_go_by_patient_or_by_chance() -> None:
    rows, need, groups = cases((90, 0.5, 4))
    for who, kind in ((None, "chance"), (groups, "patient")):
        planned = plan_folds(rows, need, who, None, seed=3)
        assert (planned.kind, planned.count) == (kind, 5)
        np.testing.assert_array_equal(planned.of_row, folds(rows, need, who, seed=3))
        np.testing.assert_array_equal(planned.learnt(2), ~planned.tested(2))
