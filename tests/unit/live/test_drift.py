import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.live.drift import (
    Fit,
    Shifted,
    fit_of,
    ordinary_shift,
    shifted,
)
from medalloc.live.judged import KEPT, Judged, Said
from medalloc.live.telling_drift import drift_json, fit_said, inside_said, shifted_said

YEAR, WEEKS = 52, 69


def counts(mean: float, seed: int, *, regions: int = 60, weeks: int = WEEKS) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, (regions, weeks)).astype(float)


def shift(values: np.ndarray, ordinary: float = np.nan) -> Shifted:
    found = shifted(values, "week", YEAR, ordinary)
    assert found is not None
    return found


@settings(deadline=None, max_examples=20)
@given(mean=st.sampled_from([0.0, 0.3, 4.0, 300.0]), seed=st.integers(0, 10_000), gaps=st.sampled_from([0.0, 0.3]))
def test_where_nothing_has_shifted_none_is_said_however_small_counts_are(mean: float, seed: int, gaps: float) -> None:
    values = counts(mean, seed)
    values[np.random.default_rng(seed).random(values.shape) < gaps] = np.nan
    assert shift(values).word == "no"


@pytest.mark.parametrize("factor", [0.5, 1.6])
def test_a_level_that_has_moved_is_a_strong_shift_and_a_season_that_comes_back_is_none(factor: float) -> None:
    values = counts(20, 1)
    assert shift(values * np.where(np.arange(WEEKS) >= WEEKS - 13, factor, 1)).word == "strongly"
    season = 1 + 0.9 * np.sin(2 * np.pi * np.arange(WEEKS) / YEAR)
    assert shift(np.random.default_rng(2).poisson(20 * season, values.shape).astype(float)).word == "no"


def test_the_distance_is_that_of_kolmogorov_and_smirnov_on_the_parts() -> None:
    values = np.tile(np.arange(WEEKS, dtype=float), (3, 1))
    found = shift(values)
    assert found.distance == pytest.approx(0.8, abs=0.02) and found.stability > 1


def test_what_ones_own_history_shows_one_time_in_ten_is_no_shift() -> None:
    wild = np.random.default_rng(3).lognormal(0, 1.5, (5, 1)) * np.exp(
        np.cumsum(np.random.default_rng(4).normal(0, 0.4, (1, 300)), axis=1)
    )
    ordinary = ordinary_shift(wild, "week", YEAR)
    assert ordinary > 0.25
    assert shift(wild[:, :200], ordinary).word == "no" or shift(wild[:, :200]).stability > ordinary
    assert np.isnan(ordinary_shift(wild[:, :70], "week", YEAR))


def test_a_short_past_is_not_compared_and_that_is_said() -> None:
    assert shifted(counts(5, 1, weeks=60), "week", YEAR) is None
    assert "not known" in str(shifted_said(None)) and "not known" in str(fit_said(None)) and inside_said(None) is None
    assert drift_json(None, None) == {"counts": None, "forecasts": None}


@pytest.mark.parametrize(
    ("observed", "inside", "word"),
    [(100, 0.8, "no"), (109, 0.75, "no"), (115, 0.8, "somewhat"), (85, 0.8, "somewhat"), (130, 0.8, "strongly"),
     (100, 0.68, "somewhat"), (100, 0.5, "strongly"), (100, np.nan, "no")],
)  # fmt: skip
def test_counts_that_go_away_from_their_forecasts_are_said_by_the_marks(
    observed: int, inside: float, word: str
) -> None:
    assert Fit(observed, 100, inside, 50).word == word
    assert ("somewhat" in str(fit_said(Fit(observed, 100, inside, 50)))) and Fit(3, 0, inside, 1).word == "strongly"


def test_what_was_forecast_first_stands_however_often_a_count_is_told_and_old_periods_go() -> None:
    judged = Judged()
    rows = np.array([1])
    for period, count, mean in ((7, 5.0, 4.0), (7, 9.0, 8.0), (8, 2.0, 2.0)):
        said = Said(np.array([mean]), np.array([mean - 1]), np.array([mean + 1]))
        judged = judged.heard(rows, np.array([count]), period, said, 2)
    assert judged.periods == (7, 8)
    assert judged.observed[:, 1].tolist() == [9, 2] and judged.predicted[:, 1].tolist() == [4, 2]
    found = fit_of(judged)
    assert found == Fit(11, 6, 0.5, 2)
    for period in range(9, 40):
        judged = judged.heard(rows, np.array([1.0]), period, said, 2)
    assert len(judged.periods) == KEPT and judged.periods[-1] == 39
    assert fit_of(Judged()) is None
