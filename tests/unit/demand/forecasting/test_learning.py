from dataclasses import replace

import numpy as np
import pytest

from medalloc.demand.forecasting.boosting import BoostingOnLags
from medalloc.demand.forecasting.panel import Covariate
from medalloc.demand.forecasting.ridge import RidgeOnLags

BOTH = [RidgeOnLags, BoostingOnLags]


@pytest.mark.parametrize("make", BOTH)
def test_the_same_seed_gives_the_same_forecast(weeks, make):
    panel = weeks(regions=8)
    first, second = (make(3, seed=7, most_rows=300).fit(panel).predict(3) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert (first != make(3, seed=8, most_rows=300).fit(panel).predict(3)).any()


@pytest.mark.parametrize("make", BOTH)
def test_a_longer_panel_is_continued_from_its_own_end_without_learning_from_it(weeks, make):
    panel = weeks()
    learned = make(2).fit(panel.until(120))
    before = learned.predict(2)
    after = learned.predict(2, panel)
    assert after.shape == before.shape == (5, 2)
    assert (after != before).any()
    np.testing.assert_array_equal(learned.predict(2), before)


@pytest.mark.parametrize("make", BOTH)
def test_many_horizons_share_models(weeks, make):
    learned = make(13).fit(weeks())
    assert len({id(each) for each in learned.models_.values()}) == 6
    assert np.isfinite(learned.predict(13)).all()


@pytest.mark.parametrize("make", BOTH)
def test_counts_follow_what_is_known_in_advance(weeks, make):
    panel = weeks(regions=8, missing=0)
    draw = np.random.default_rng(3)
    holiday = (draw.random((8, panel.length + 2)) < 0.3).astype(float)
    values = np.where(holiday[:, : panel.length] > 0, 3 * panel.values + 20, panel.values)
    holiday[:, -2:] = [0, 1]
    told = replace(panel, values=values, covariates=(Covariate("holiday", holiday),))
    found = make(2).fit(told).predict(2)
    plain = make(2).fit(replace(told, covariates=())).predict(2)
    assert (found[:, 1] > 1.3 * plain[:, 1]).mean() > 0.7
    assert (found[:, 1] > 1.3 * found[:, 0]).mean() > 0.7


@pytest.mark.parametrize("make", BOTH)
def test_a_region_that_never_changes_stays_as_it_is(weeks, make):
    panel = weeks(missing=0)
    values = panel.values.copy()
    values[0], values[1] = 0.0, 17.0
    found = make(2).fit(replace(panel, values=values)).predict(2)
    assert np.abs(found[0]).max() < 1
    assert np.abs(found[1] - 17).max() < 4


@pytest.mark.parametrize("make", BOTH)
def test_a_region_that_begins_after_learning_is_forecast_at_its_own_height(weeks, make):
    panel = weeks(missing=0)
    values = panel.values.copy()
    values[1, :130] = np.nan
    young = replace(panel, values=values)
    said = make(2).fit(young.until(128)).predict(2, young)[1]
    assert (np.abs(said - values[1, -5:].mean()) < 0.5 * values[1, -5:].mean()).all()
