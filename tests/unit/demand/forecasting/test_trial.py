from dataclasses import replace

import numpy as np
import pytest

from medalloc.demand.forecasting.trial import counted, mean_trial, tried


@pytest.mark.parametrize("model", ["naive", "seasonal", "ets", "ridge", "boosting"])
def test_a_trial_does_not_change_with_what_was_counted_after_its_origins(weeks, model):
    panel = weeks(regions=4, length=130)
    changed = panel.values.copy()
    changed[:, 101:] = 9999.0
    first, second = (tried(model, each, (90, 100), 3) for each in (panel, replace(panel, values=changed)))
    np.testing.assert_array_equal(first.predicted, second.predicted)


def test_a_mean_that_is_tried_says_the_mean_of_what_its_members_say_when_they_are_tried(weeks):
    panel, past = weeks(regions=4, length=130), (90, 95, 100)
    mean_of = ("naive", "median", "ridge")
    whole = tried("mean", panel, past, 3, mean_of=mean_of)
    found = mean_trial([tried(each, panel, past, 3) for each in mean_of])
    np.testing.assert_allclose(whole.predicted, found.predicted)
    assert (whole.model, whole.origins) == (found.model, found.origins)


def test_what_was_counted_is_that_of_the_periods_after_the_origin(weeks):
    panel = weeks(missing=0)
    found = counted(panel, (100, 158), 3)
    np.testing.assert_array_equal(found[0], panel.values[:, 101:104])
    np.testing.assert_array_equal(found[1, :, 0], panel.values[:, 159])
    assert np.isnan(found[1, :, 1:]).all()


def test_a_region_that_had_not_begun_is_not_scored(weeks):
    panel = weeks()
    values = panel.values.copy()
    values[1, :110] = np.nan
    late = replace(panel, values=values)
    assert np.isnan(counted(late, (100,), 20)[0, 1]).all()
    assert np.isfinite(counted(late, (115,), 20)[0, 1]).any()


def test_progress_is_told_and_what_it_raises_ends_the_trial(weeks):
    seen = []
    tried("naive", weeks(), (90, 100), 2, told=lambda *what: seen.append(what))
    assert seen == [("naive", 1, 2), ("naive", 2, 2)]

    def stop(*_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        tried("naive", weeks(), (90, 100), 2, told=stop)
