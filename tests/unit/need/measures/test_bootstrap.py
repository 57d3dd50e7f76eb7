import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.measures.bootstrap import Interval, percentile_interval, resampled, score_intervals, weights
from medalloc.need.measures.scores import scores

CASES = st.tuples(st.integers(12, 60), st.integers(0, 10**6), st.booleans())


def case(what: tuple[int, int, bool]) -> tuple[np.ndarray, np.ndarray]:
    rows, seed, tied = what
    draw = np.random.default_rng(seed)
    probability = draw.random(rows)
    return (draw.random(rows) < 0.5).astype(float), probability.round(1) if tied else probability


def test_the_interval_of_a_constant_is_a_point() -> None:
    assert percentile_interval(np.full(500, 0.7)) == Interval(0.7, 0.7)
    need = np.array([0, 1] * 20)
    found = score_intervals(need, need * 0.8 + 0.1)
    for name in ("accuracy", "balanced_accuracy", "roc_auc", "average_precision", "sensitivity", "precision"):
        assert found[name] == Interval(1.0, 1.0)
    assert found["brier"].low == pytest.approx(found["brier"].high)


@given(CASES, st.floats(0.1, 0.9))
@settings(max_examples=25)
def test_a_resample_scores_as_the_rows_it_repeats(what: tuple[int, int, bool], threshold: float) -> None:
    need, probability = case(what)
    order = np.argsort(probability, kind="stable")
    (counts,) = weights(len(need), None, resamples=5, seed=what[1])
    found = resampled(need, probability, threshold, patients=None, seed=what[1], resamples=5)
    for place, count in enumerate(counts):
        # the slow way: repeat the rows and score them
        rows = np.repeat(order, count.astype(int))
        if len(np.unique(need[rows])) < 2:
            continue
        slow = scores(need[rows], probability[rows], threshold)
        for name, value in vars(slow).items():
            assert found[name][place] == pytest.approx(value), name


@given(CASES)
@settings(max_examples=25)
def test_an_interval_is_in_order_and_in_the_unit_range(what: tuple[int, int, bool]) -> None:
    for each in score_intervals(*case(what), resamples=60).values():
        assert np.isnan(each.low) or 0 <= each.low <= each.high <= 1 + 1e-12


def test_repeating_every_patient_ten_times_is_no_new_evidence() -> None:
    need, probability = case((80, 3, False))
    own = np.arange(80)
    once = score_intervals(need, probability)["roc_auc"]
    again = np.repeat(own, 10)
    by_patient = score_intervals(need[again], probability[again], patients=again)["roc_auc"]
    by_row = score_intervals(need[again], probability[again])["roc_auc"]
    assert by_patient.high - by_patient.low == pytest.approx(once.high - once.low, rel=0.15)
    assert by_row.high - by_row.low < 0.5 * (once.high - once.low)


def test_more_rows_never_widen_the_interval_much_and_it_holds_the_score() -> None:
    widths = []
    for rows in (100, 400, 1600):
        need, probability = case((rows, 5, False))
        each = score_intervals(need, probability)["brier"]
        assert each.low < scores(need, probability).brier < each.high
        widths.append(each.high - each.low)
    assert widths == sorted(widths, reverse=True)


def test_one_answer_only_has_no_auc_and_no_interval_of_it() -> None:
    found = score_intervals(np.zeros(30), np.linspace(0, 1, 30))
    assert np.isnan(found["roc_auc"].low) and np.isnan(found["sensitivity"].high)
    assert found["accuracy"].low < found["accuracy"].high


def test_the_same_seed_gives_the_same_interval() -> None:
    need, probability = case((50, 1, True))
    one, same, other = (score_intervals(need, probability, seed=seed) for seed in (1, 1, 2))
    assert one == same != other


@given(st.integers(1, 12), st.integers(0, 12), st.booleans(), st.integers(0, 99))
def test_resamples_after_those_somebody_else_scores_are_the_rest(
    rows: int, after: int, repeat: bool, seed: int
) -> None:
    patients = np.arange(rows) // 2 if repeat else None
    every = np.concatenate(list(weights(rows, patients, resamples=12, seed=seed)))
    rest = list(weights(rows, patients, resamples=12, seed=seed, after=after))
    np.testing.assert_array_equal(np.concatenate([every[:0], *rest]), every[after:])


def test_an_interval_stands_on_at_least_half_of_the_resamples() -> None:
    assert percentile_interval(np.array([0.5, np.nan])) == Interval(0.5, 0.5)
    for each in ([0.5, np.nan, np.nan], [np.nan], []):
        found = percentile_interval(np.array(each))
        assert np.isnan(found.low) and np.isnan(found.high)
