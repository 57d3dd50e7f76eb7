from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import mean_absolute_error, mean_gamma_deviance, mean_poisson_deviance, mean_squared_error

from medalloc.need.measures.amounts import AmountScores, amount_intervals, amount_scores, deciles, unit_deviance

PEERS: dict[str, Any] = {
    "poisson": mean_poisson_deviance,
    "gamma": mean_gamma_deviance,
    "squared": mean_squared_error,
}
PAIRS = st.lists(st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)), min_size=2, max_size=30)


@given(st.sampled_from(tuple(PEERS)), PAIRS)
def test_deviances_are_those_of_scikit_learn_and_least_where_everything_is_expected_as_it_comes(
    family: str, pairs: list[tuple[float, float]]
) -> None:
    came, said = np.array(pairs).T
    assert unit_deviance(came, said, family).mean() == pytest.approx(PEERS[family](came, said), rel=1e-6, abs=1e-9)
    assert unit_deviance(came, came, family) == pytest.approx(0, abs=1e-9)


@given(st.sampled_from(tuple(PEERS)), st.lists(st.floats(0.01, 100), min_size=3, max_size=30, unique=True))
def test_the_mean_of_all_explains_nothing_and_perfect_answers_everything(family: str, values: list[float]) -> None:
    came = np.array(values)
    mean = amount_scores(came, np.full(len(came), came.mean()), family)
    assert mean.explained == pytest.approx(0, abs=1e-6) and mean.ratio == pytest.approx(1)
    assert amount_scores(came, came, family).explained == pytest.approx(1)


@given(PAIRS)
def test_errors_are_those_of_scikit_learn_and_the_ratio_that_of_the_sums(pairs: list[tuple[float, float]]) -> None:
    came, said = np.array(pairs).T
    found = amount_scores(came, said, "squared")
    assert found.mae == pytest.approx(mean_absolute_error(came, said))
    assert found.rmse == pytest.approx(mean_squared_error(came, said) ** 0.5)
    assert found.ratio == pytest.approx(came.sum() / said.sum())


def test_intervals_hold_their_scores_and_narrow_with_the_rows() -> None:
    draw = np.random.default_rng(3)
    said = draw.gamma(2, 1, 4000)
    came = draw.poisson(said).astype(float)
    scores = amount_scores(came, said, "poisson")
    wide, narrow = (amount_intervals(came[:n], said[:n], "poisson") for n in (250, 4000))
    for each in fields(AmountScores):
        assert narrow[each.name].low < getattr(scores, each.name) < narrow[each.name].high
        assert narrow[each.name].high - narrow[each.name].low < wide[each.name].high - wide[each.name].low


def test_deciles_keep_every_row_and_sum() -> None:
    draw = np.random.default_rng(4)
    said, came = draw.gamma(2, 1, 1003), draw.gamma(2, 1, 1003)
    found = deciles(came, said)
    assert len(found) == 10 and sum(each.rows for each in found) == 1003
    assert sum(each.rows * each.observed for each in found) == pytest.approx(came.sum())
    assert [each.expected for each in found] == sorted(each.expected for each in found)
    (whole,) = deciles(came, np.ones(1003))
    error = 1.96 * came.std(ddof=1) / 1003**0.5
    assert (whole.low, whole.high) == pytest.approx((came.mean() - error, came.mean() + error))
