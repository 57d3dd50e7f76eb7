import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.need.evaluation.intervals import auc_interval, wilson
from medalloc.need.measures.scores import roc_auc


@given(st.integers(1, 500).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows))))
def test_an_end_of_wilsons_interval_is_a_share_just_so_many_standard_errors_away(pair: tuple[int, int]) -> None:
    successes, rows = pair
    z = 1.959963984540054
    share = successes / rows
    for (end,) in wilson(np.array([float(successes)]), np.array([float(rows)])):
        # squared, because a root is not to be trusted beside 0 and 1
        assert (share - end) ** 2 == pytest.approx(z * z * end * (1 - end) / rows, abs=1e-12)


def test_another_program_finds_the_same_interval_of_wilson() -> None:
    # statsmodels computes the same interval by its own code
    from statsmodels.stats.proportion import proportion_confint

    low, high = wilson(np.array([0.0, 8.0, 30.0]), np.array([12.0, 10.0, 30.0]), 0.9)
    for place, (successes, rows) in enumerate(((0, 12), (8, 10), (30, 30))):
        expected = proportion_confint(successes, rows, alpha=0.1, method="wilson")
        assert (low[place], high[place]) == pytest.approx(expected, abs=1e-12)


@given(st.floats(0, 1), st.integers(2, 200), st.integers(2, 200))
def test_an_end_of_newcombes_interval_is_an_area_just_so_many_standard_errors_away(
    auc: float, positives: int, negatives: int
) -> None:
    low, high = (
        float(end[0])
        for end in auc_interval(np.array([auc]), np.array([float(positives)]), np.array([float(negatives)]))
    )
    assert 0 <= low <= auc <= high <= 1
    more = (positives + negatives) / 2 - 1
    for end in (low, high):
        error = np.sqrt(
            end * (1 - end) * (1 + more * (1 - end) / (2 - end) + more * end / (1 + end)) / (positives * negatives)
        )
        assert abs(auc - end) == pytest.approx(1.959963984540054 * error, abs=1e-6)


def test_an_area_of_one_among_few_rows_is_not_taken_for_certain() -> None:
    few, many = (auc_interval(np.array([1.0]), np.array([n]), np.array([n]))[0][0] for n in (5.0, 500.0))
    assert few < 0.85
    assert few < many < 1


def test_the_interval_of_an_area_holds_the_true_area_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(3)
    true, held, rounds = 0.760250, 0, 800  # normal scores one standard deviation apart: Phi(1 / sqrt 2)
    need = np.repeat([1.0, 0.0], [25, 40])
    for _ in range(rounds):
        auc = roc_auc(need, draw.normal(0, 1, 65) + need)
        low, high = auc_interval(np.array([auc]), np.array([25.0]), np.array([40.0]), 0.9)
        held += bool(low[0] <= true <= high[0])
    assert 0.87 < held / rounds < 0.95


def test_nothing_is_said_of_a_share_of_no_rows_or_an_area_that_is_not_defined() -> None:
    assert np.isnan(wilson(np.array([0.0]), np.array([0.0]))).all()
    assert np.isnan(auc_interval(np.array([np.nan]), np.array([0.0]), np.array([4.0]))).all()
