from dataclasses import replace

import numpy as np
import pytest

from medalloc.demand.forecasting.quantiles import spread_of
from medalloc.demand.forecasting.scoring import TOLD, interval_scores, scores, yardstick
from medalloc.demand.forecasting.trial import tried


@pytest.fixture
def found(weeks):
    panel = weeks()
    trial = tried("naive", panel, (100, 110, 120, 130), 3)
    yard = yardstick(panel, 100)
    return panel, trial, yard, scores([trial], panel, yard)


def test_the_yardstick_is_the_mean_step_of_the_history_before(weeks):
    panel = weeks()
    steps = [
        abs(series[week + 1] - series[week])
        for series in panel.values[:1, :101]
        for week in range(100)
        if np.isfinite(series[week : week + 2]).all()
    ]
    assert yardstick(panel, 100)[0] == pytest.approx(np.mean(steps))


def test_a_region_that_never_changed_is_measured_by_the_others(weeks):
    panel = weeks(missing=0)
    panel.values[0] = 7.0
    yard = yardstick(panel, 100)
    assert yard[0] == pytest.approx(yard[1:].mean())
    panel.values[:] = 7.0
    assert yardstick(panel, 100).tolist() == [1.0] * 5


def test_scores_are_those_of_their_definitions_cell_by_cell(found):
    _, trial, yard, made = found
    for ahead in range(3):
        errors, relative, counts = [], [], []
        for place in range(4):
            for region in range(5):
                actual = trial.actual[place, region, ahead]
                if np.isfinite(actual):
                    error = abs(actual - trial.predicted[place, region, ahead])
                    errors.append(error)
                    relative.append(error / yard[region])
                    counts.append(actual)
        score = made.by_horizon[ahead]
        assert score.mase == pytest.approx(np.mean(relative))
        assert score.mae == pytest.approx(np.mean(errors))
        assert score.wape == pytest.approx(sum(errors) / sum(counts))
        assert score.wis >= 0
    assert made.overall.mase == pytest.approx(np.mean([each.mase for each in made.by_horizon]))


def test_the_interval_score_is_that_of_the_intervals_and_the_median(weeks):
    """The weighted interval score by its definition: width, and what lies outside over half the chance of it."""
    trial = tried("naive", weeks(), tuple(range(80, 140, 5)), 2)
    spread = spread_of(trial.predicted[:6], trial.actual[:6])
    for origin, region in ((7, 0), (9, 3), (11, 4)):
        actual = trial.actual[origin, region, 1]
        bounds = spread.quantiles(trial.predicted[origin], TOLD)[:, region, 1]
        if np.isfinite(actual):
            by_hand = abs(actual - bounds[3])
            for outside, low, high in ((0.1, *bounds[[0, 6]]), (0.2, *bounds[[1, 5]]), (0.5, *bounds[[2, 4]])):
                beyond = max(low - actual, 0) + max(actual - high, 0)
                by_hand += outside * (high - low) + 2 * beyond
            assert interval_scores(trial)[origin, region, 1] == pytest.approx(by_hand / 7)


def test_regions_and_seasons_are_told_apart(found):
    panel, trial, yard, made = found
    assert made.by_region.shape == (5,)
    assert made.by_origin.shape == (4,)
    relative = np.abs(trial.error) / yard[:, None]
    np.testing.assert_allclose(made.by_region, np.nanmean(relative, axis=(0, 2)))
    months = {"12": "12-02", "01": "12-02", "02": "12-02", "03": "03-05", "04": "03-05", "05": "03-05"}
    months |= {"06": "06-08", "07": "06-08", "08": "06-08", "09": "09-11", "10": "09-11", "11": "09-11"}
    cells = {name: [] for name in months.values()}
    for place, origin in enumerate(trial.origins):
        for ahead in range(3):
            date = panel.calendar.date(origin + 1 + ahead).strftime("%m")
            cells[months[date]].extend(relative[place, :, ahead])
    for name, score in made.by_season.items():
        assert score.mase == pytest.approx(np.nanmean(cells[name]))


def test_several_seeds_are_told_as_they_are_and_averaged(found):
    panel, trial, yard, made = found
    worse = type(trial)(trial.model, 1, trial.origins, trial.predicted + 50, trial.actual)
    both = scores([trial, worse], panel, yard)
    assert len(both.overall.seeds) == 2
    assert both.overall.seeds[0] == pytest.approx(made.overall.mase)
    assert both.overall.mase == pytest.approx(np.mean(both.overall.seeds))


def test_where_nothing_was_counted_there_is_no_score(found):
    panel, trial, yard, _ = found
    nothing = type(trial)(trial.model, 0, trial.origins, trial.predicted, np.full_like(trial.actual, np.nan))
    made = scores([nothing], panel, yard)
    assert np.isnan(made.overall.mase)
    assert made.by_season == {}


@pytest.mark.parametrize(
    ("counted", "said", "wape"), [(0.0, 2.0, np.inf), (0.0, 0.0, 0.0), (0.5, 2.0, 3.0), (1.0, 2.0, 1.0)]
)
def test_beside_nothing_any_error_is_infinitely_large(weeks, counted, said, wape):
    panel = weeks()
    actual, predicted = np.zeros((4, 5, 1)), np.zeros((4, 5, 1))
    actual[0, 0], predicted[0, 0] = counted, said
    trial = replace(tried("naive", panel, (100, 110, 120, 130), 1), actual=actual, predicted=predicted)
    assert scores([trial], panel, np.ones(5)).by_horizon[0].wape == wape
