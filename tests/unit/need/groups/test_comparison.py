import json

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame, false_negative_rate, selection_rate
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, roc_auc_score

from medalloc.errors import InputError
from medalloc.need.evaluation.intervals import auc_interval, wilson
from medalloc.need.groups.comparison import compare_groups
from medalloc.need.measures.scores import roc_auc
from medalloc.tables.table import Source, Table


def as_table(frame: pd.DataFrame) -> Table:
    return Table(frame, dict.fromkeys(frame.columns, "feature"), Source("test", "0" * 64))


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_every_number_of_a_group_is_what_counting_by_hand_gives(seed: int, threshold: float) -> None:
    draw = np.random.default_rng(seed)
    n = int(draw.integers(5, 120))
    place, need, said = draw.choice(["甲", "乙", "丙"], n), draw.integers(0, 2, n), draw.random(n).round(2)
    found = compare_groups(as_table(pd.DataFrame({"地区": place})), "地区", need, said, threshold=threshold)
    assert sorted(each.group for each in found.groups) == sorted(set(place))
    for each in found.groups:
        mine = place == each.group
        yes, called = need[mine] == 1, said[mine] > threshold
        assert each.rows == mine.sum()
        assert each.in_need == yes.sum()
        assert each.predicted == pytest.approx(said[mine].sum())
        assert each.accuracy == pytest.approx((yes == called).mean())
        assert each.selection_rate == pytest.approx(called.mean())
        assert each.auc == pytest.approx(roc_auc(need[mine], said[mine]), nan_ok=True)
        missed = (yes & ~called).sum() / yes.sum() if yes.any() else np.nan
        assert each.false_negative_rate == pytest.approx(missed, nan_ok=True)
        if said[mine].sum() > 0:
            assert each.ratio == pytest.approx(yes.sum() / said[mine].sum())
            assert each.ratio_interval[0] <= each.ratio <= each.ratio_interval[1]
        assert each.small == (mine.sum() < 20)
        json.dumps(each.to_json(), allow_nan=False)


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.8, 0.95]))
def test_every_interval_is_that_of_as_many_rows_alike_as_the_weights_of_a_group_tell(seed: int, level: float) -> None:
    draw = np.random.default_rng(seed)
    n = int(draw.integers(12, 60))
    place, need, said = draw.choice(list("ab"), n), draw.integers(0, 2, n), draw.uniform(0.1, 0.9, n)
    weight = draw.choice([1.0, 2.5, 7.0], n)
    frame = pd.DataFrame({"place": place, "persons": weight})
    table = Table(frame, {"place": "feature", "persons": "weight"}, Source("test", "0" * 64))

    def alike(rows: np.ndarray) -> float:
        return weight[rows].sum() ** 2 / (weight[rows] ** 2).sum() if rows.any() else np.nan

    def share(hit: np.ndarray, among: np.ndarray) -> tuple[float, float]:
        found = weight[hit & among].sum() / weight[among].sum() if among.any() else np.nan
        ends = wilson(np.array([found * alike(among)]), np.array([alike(among)]), level)
        return float(ends[0][0]), float(ends[1][0])

    for each in compare_groups(table, "place", need, said, level=level).groups:
        mine, yes, called = place == each.group, need == 1, said > 0.5
        area = auc_interval(*(np.array([one]) for one in (each.auc, alike(mine & yes), alike(mine & ~yes))), level)
        predicted = (weight * said)[mine].sum()
        assert each.auc_interval == pytest.approx((area[0][0], area[1][0]), nan_ok=True)
        assert each.accuracy_interval == pytest.approx(share(yes == called, mine))
        assert each.false_negative_interval == pytest.approx(share(~called, mine & yes), nan_ok=True)
        assert each.selection_interval == pytest.approx(share(called, mine))
        expected = [end * weight[mine].sum() / predicted for end in share(yes, mine)]
        assert each.ratio_interval == pytest.approx(expected)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fairlearns_metric_frame_finds_the_same_numbers(seed: int) -> None:
    draw = np.random.default_rng(seed)
    place, need, said = draw.choice(list("abcd"), 300), draw.integers(0, 2, 300), draw.random(300)
    found = compare_groups(as_table(pd.DataFrame({"place": place})), "place", need, said, threshold=0.4)
    frame = MetricFrame(
        metrics={"accuracy": accuracy_score, "missed": false_negative_rate, "selected": selection_rate},
        y_true=need,
        y_pred=(said > 0.4).astype(int),
        sensitive_features=place,
    )
    ranked = MetricFrame(metrics=roc_auc_score, y_true=need, y_pred=said, sensitive_features=place)
    assert [each.group for each in found.groups] == frame.by_group.index.tolist()
    for each, (_, row), auc in zip(found.groups, frame.by_group.iterrows(), ranked.by_group, strict=True):
        expected = (row["accuracy"], row["missed"], row["selected"], auc)
        assert (each.accuracy, each.false_negative_rate, each.selection_rate, each.auc) == pytest.approx(expected)
    gaps = frame.difference()
    assert found.false_negative_gap == pytest.approx(gaps["missed"])
    assert found.selection_gap == pytest.approx(gaps["selected"])


def test_a_model_that_calls_nobody_in_need_gets_a_warning_and_no_fairness_score() -> None:
    table = as_table(pd.DataFrame({"sex": ["f", "m"] * 30}))
    need = np.tile([0, 1, 1, 0], 15)
    for said, word in ((np.full(60, 0.3), "nobody"), (np.full(60, 0.7), "everybody")):
        found = compare_groups(table, "sex", need, said)
        assert found.selection_gap is None
        assert found.false_negative_gap is None
        assert any(f"calls {word} in need" in str(each) for each in found.warnings)


def test_where_nobody_is_expected_there_is_no_ratio() -> None:
    table = as_table(pd.DataFrame({"place": list("aabb")}))
    none, some = compare_groups(table, "place", [0, 1, 0, 1], [0.0, 0.0, 0.4, 0.6]).groups
    assert np.isnan([none.ratio, *none.ratio_interval]).all() and some.ratio == 1


def test_the_largest_difference_leaves_small_groups_out() -> None:
    place = ["large"] * 40 + ["other"] * 40 + ["tiny"] * 4
    said = np.concatenate((np.tile([0.2, 0.8], 20), np.tile([0.2, 0.2, 0.2, 0.8], 10), np.full(4, 0.9)))
    found = compare_groups(as_table(pd.DataFrame({"place": place})), "place", np.tile([1, 1, 0, 1], 21), said)
    assert found.selection_gap == pytest.approx(0.25)
    assert [each.small for each in found.groups] == [False, False, True]
    assert any("fewer than 20 rows: 1" in str(each) for each in found.warnings)


def test_rows_without_a_known_need_or_a_probability_do_not_count() -> None:
    table = as_table(pd.DataFrame({"place": ["a", "a", "a", "b", "b"]}))
    found = compare_groups(table, "place", [1, -1, 0, 0, 1], [0.9, 0.9, np.nan, 0.2, 0.4])
    assert [(each.group, each.rows) for each in found.groups] == [("a", 1), ("b", 2)]
    with pytest.raises(InputError, match="No row has both"):
        compare_groups(table, "place", [-1] * 5, [0.5] * 5)


def test_a_column_of_names_is_refused_and_so_is_one_that_is_not_there() -> None:
    table = as_table(pd.DataFrame({"id": [f"P{number}" for number in range(400)]}))
    with pytest.raises(InputError, match="400 different values"):
        compare_groups(table, "id", np.ones(400), np.ones(400))
    with pytest.raises(InputError, match="no column “region”"):
        compare_groups(table, "region", np.ones(400), np.ones(400))
