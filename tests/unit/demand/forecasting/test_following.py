from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.catalogue import made
from medalloc.demand.forecasting.following import Followed, followed
from tests.unit.demand.forecasting.conftest import _weeks

HORIZON, LEARNED, LENGTH, REGIONS = 4, 130, 150, 4
PANEL = _weeks(REGIONS, LENGTH, missing=0.0)
FITTED = {
    model: made(model, HORIZON, 0).fit(PANEL.until(LEARNED))
    for model in ("naive", "seasonal", "damped", "ets", "theta", "median", "ridge")
}
EVERY = np.arange(REGIONS)


def heard_all(found: Followed, values: np.ndarray, draw: np.random.Generator) -> Followed:
    """Region by region in any order, some of them told wrongly first."""
    for period in range(LEARNED, LENGTH):
        for row in draw.permutation(np.flatnonzero(np.isfinite(values[:, period]))):
            for count in ([values[row, period] + 40] if draw.random() < 0.3 else []) + [values[row, period]]:
                found = found.heard(np.array([row]), np.array([count]), period)
    return found


@pytest.mark.parametrize("model", FITTED)
@settings(deadline=None, max_examples=12)
@given(seed=st.integers(0, 10_000), gaps=st.sampled_from([0.0, 0.2, 0.8]))
def test_from_count_to_count_it_says_what_the_whole_past_read_again_would_say(
    model: str, seed: int, gaps: float
) -> None:
    draw = np.random.default_rng(seed)
    values = np.where(draw.random(PANEL.values.shape) < gaps, np.nan, PANEL.values)
    values[:, :100] = PANEL.values[:, :100]
    values[0, :60] = np.nan  # a young region
    panel = replace(PANEL, values=values)
    found = heard_all(followed(FITTED[model], panel.until(LEARNED)), values, draw)
    said = found.ahead(EVERY, HORIZON, LENGTH - 1)
    assert said == pytest.approx(FITTED[model].predict(HORIZON, panel), rel=1e-6, abs=1e-6)
    some = np.array([2, 0])
    assert found.ahead(some, HORIZON, LENGTH - 1) == pytest.approx(said[some])


def test_what_one_region_tells_changes_no_other_and_leaves_what_was_before_as_it_was() -> None:
    begun = followed(FITTED["median"], PANEL.until(LEARNED))
    before = begun.ahead(EVERY, HORIZON, LEARNED)
    after = begun.heard(np.array([1]), np.array([500.0]), LEARNED).ahead(EVERY, HORIZON, LEARNED)
    assert (after[1] > before[1]).all() and (np.delete(after, 1, 0) == np.delete(before, 1, 0)).all()
    assert (begun.ahead(EVERY, HORIZON, LEARNED) == before).all()


def test_a_count_older_than_what_is_known_is_left_out_and_a_region_without_any_begins_with_its_first() -> None:
    values = PANEL.until(LEARNED).values.copy()
    values[3] = np.nan
    begun = followed(FITTED["naive"], replace(PANEL, values=values))
    assert begun.heard(np.array([0]), np.array([999.0]), LEARNED - 3).ahead(EVERY, 1, LEARNED - 1)[0] < 900
    first = followed(FITTED["theta"], replace(PANEL, values=values)).heard(np.array([3]), np.array([7.0]), LEARNED)
    assert np.isfinite(first.ahead(EVERY, HORIZON, LEARNED)).all()


@pytest.mark.parametrize("counts", [0, 1, 2])
@pytest.mark.parametrize("model", ["naive", "damped", "theta"])
def test_of_a_region_with_few_counts_or_none_it_says_what_the_fitted_forecaster_says(model: str, counts: int) -> None:
    values = PANEL.values[:, :LEARNED].copy()
    values[3, : LEARNED - counts] = np.nan
    panel = replace(PANEL.until(LEARNED), values=values)
    said = followed(FITTED[model], panel).ahead(EVERY, HORIZON, LEARNED - 1)
    assert said == pytest.approx(FITTED[model].predict(HORIZON, panel), rel=1e-6, abs=1e-6)
