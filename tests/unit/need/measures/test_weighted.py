from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.need.evaluation.conformal import conformal_levels, conformal_sets
from medalloc.need.evaluation.costs import cheapest_threshold, mean_cost
from medalloc.need.evaluation.decision import decision_curve, worth
from medalloc.need.evaluation.reliability import reliability
from medalloc.need.groups.comparison import compare_groups
from medalloc.need.measures.amounts import amount_scores, deciles
from medalloc.need.measures.calibration import fit_calibrator
from medalloc.need.measures.scores import calibration_curve, confusion, roc_curve_points
from medalloc.tables.table import Source, Table


@given(st.integers(0, 10_000), st.integers(2, 40))
def test_a_row_that_counts_so_often_is_told_like_as_many_rows(seed: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    often, need = draw.integers(1, 5, count), draw.integers(0, 2, count)
    need[:2] = 0, 1
    said, many = draw.integers(1, 20, count) / 20, np.repeat(np.arange(count), often)
    weight = often / often.mean()
    for heavy, rows in (
        (roc_curve_points(need, said, weight), roc_curve_points(need[many], said[many])),
        (decision_curve(need, said, weight=weight), decision_curve(need[many], said[many])),
    ):
        for one, other in zip(vars(heavy).values(), vars(rows).values(), strict=True):
            np.testing.assert_allclose(one, other, atol=1e-9)
    assert astuple(confusion(need, said, 0.5, weight=weight * often.mean())) == pytest.approx(
        astuple(confusion(need[many], said[many], 0.5))
    )
    one, other = reliability(need, said, weight), reliability(need[many], said[many])
    assert (one.brier, one.gap) == pytest.approx((other.brier, other.gap))
    heavy, rows = calibration_curve(need, said, weight=weight), calibration_curve(need[many], said[many])
    np.testing.assert_allclose([heavy.predicted, heavy.observed], [rows.predicted, rows.observed], atol=1e-9)
    costs = {"missed": 3.0, "false": 1.0}
    assert mean_cost(need, said, 0.5, **costs, weight=weight) == pytest.approx(
        mean_cost(need[many], said[many], 0.5, **costs)
    )
    assert cheapest_threshold(need, said, **costs, weight=weight).cost == pytest.approx(
        cheapest_threshold(need[many], said[many], **costs).cost
    )
    assert worth(need, said, 0.3, weight=weight).gain == pytest.approx(worth(need[many], said[many], 0.3).gain)


@given(st.integers(0, 10_000), st.sampled_from(["poisson", "gamma", "squared"]))
def test_an_amount_that_counts_so_often_is_told_like_as_many(seed: int, family: str) -> None:
    draw = np.random.default_rng(seed)
    often, amount, expected = draw.integers(1, 5, 30), draw.gamma(2, 1, 30) + 0.1, draw.integers(1, 9, 30) / 2
    many, weight = np.repeat(np.arange(30), often), often / often.mean()
    np.testing.assert_allclose(
        astuple(amount_scores(amount, expected, family, weight)),
        astuple(amount_scores(amount[many], expected[many], family)),
    )
    heavy, rows = deciles(amount, expected, weight=weight), deciles(amount[many], expected[many])
    np.testing.assert_allclose(
        [(each.expected, each.observed) for each in heavy], [(each.expected, each.observed) for each in rows]
    )


@given(st.integers(0, 10_000), st.integers(20, 60))
def test_curves_and_sets_of_rows_that_count_so_often_are_those_of_as_many_rows(seed: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    often, said = draw.integers(1, 5, count), draw.integers(1, 20, count) / 20
    need = (draw.random(count) < said).astype(np.int8)
    need[:2] = 0, 1
    many, weight, new = np.repeat(np.arange(count), often), often.astype(float), np.linspace(0.01, 0.99, 50)
    for shape in ("sigmoid", "isotonic"):
        heavy, rows = fit_calibrator(said, need, shape, weight), fit_calibrator(said[many], need[many], shape)
        np.testing.assert_allclose(heavy(new), rows(new), atol=1e-6)
    for level in (0.5, 0.8, 0.9):
        heavy_sets = conformal_sets(need, said, new, level, weight)
        np.testing.assert_array_equal(heavy_sets, conformal_sets(need[many], said[many], new, level))
    fold = np.arange(count) % 3
    for one, other in zip(
        conformal_levels(need, said, fold, levels=(0.5, 0.6), weight=weight),
        conformal_levels(need[many], said[many], fold[many], levels=(0.5, 0.6)),
        strict=True,
    ):
        for name in ("coverage", "either", "neither", "in_need", "not_in_need"):
            assert getattr(one, name) == pytest.approx(getattr(other, name))


@given(st.integers(0, 10_000))
def test_a_group_of_rows_that_count_so_often_has_the_numbers_of_as_many_rows(seed: int) -> None:
    draw = np.random.default_rng(seed)
    often, said, need = draw.integers(1, 5, 90), draw.integers(1, 20, 90) / 20, draw.integers(0, 2, 90)
    frame = pd.DataFrame({"place": draw.choice(["a", "b", "c"], 90), "stands": often})
    many = np.repeat(np.arange(90), often)
    heavy = compare_groups(Table(frame, {"stands": "weight"}, Source("t", "0")), "place", need, said).groups
    rows = compare_groups(Table(frame.iloc[many], {}, Source("t", "0")), "place", need[many], said[many]).groups
    names = ("persons", "in_need", "need", "predicted", "auc", "accuracy", "false_negative_rate", "selection_rate")
    for one, other in zip(heavy, rows, strict=True):
        for name in (*names, "ratio"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True)
        # fewer rows know less, however much they count
        assert np.diff(one.accuracy_interval) >= np.diff(other.accuracy_interval) - 1e-9
    alike = compare_groups(Table(frame.assign(stands=3), {"stands": "weight"}, Source("t", "0")), "place", need, said)
    plain = compare_groups(Table(frame, {}, Source("t", "0")), "place", need, said)
    for one, other in zip(alike.groups, plain.groups, strict=True):
        assert one.accuracy_interval == pytest.approx(other.accuracy_interval)
        assert one.ratio_interval == pytest.approx(other.ratio_interval, nan_ok=True)
        assert one.auc_interval == pytest.approx(other.auc_interval, nan_ok=True)
