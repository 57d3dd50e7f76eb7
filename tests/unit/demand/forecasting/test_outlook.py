from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.errors import InputError


@given(st.integers(0, 10**6), st.sampled_from(("day", "week", "month")), st.integers(1, 6), st.integers(8, 90))
@settings(max_examples=15)
def test_the_forecast_used_is_never_worse_on_the_past_than_the_better_naive_one(seed, every, regions, length):
    draw = np.random.default_rng(seed)
    drift = np.exp(np.cumsum(draw.normal(0, draw.uniform(0, 0.5), (regions, length)), axis=1))
    values = draw.poisson(np.minimum(draw.uniform(0, 50, (regions, 1)) * drift, 1e6)).astype(float)
    values[draw.random(values.shape) < draw.uniform(0, 0.4)] = np.nan
    values[:, -1] = draw.poisson(10, regions)
    names = tuple(f"R{number}" for number in range(regions))
    panel = Panel(names, Calendar(every, pd.Timestamp("2020-03-01")), values)
    found = outlook(panel, Question(min(3, length // 2), ("ridge", "boosting")))
    error = {model: each.overall.mase for model, each in found.compared.items()}
    naive = [error[each] for each in ("naive", "seasonal") if each in error and np.isfinite(error[each])]
    if naive:
        assert error[found.verdict.chosen] <= min(naive)
    for numbers in (found.forecast.point, found.forecast.mean, found.forecast.quantiles):
        assert np.isfinite(numbers).all()
        assert (numbers >= 0).all()


def test_real_counts_are_forecast_better_than_by_either_naive_one(boston):
    found = outlook(boston, Question(4, ("boosting",)))
    assert found.verdict.chosen == "boosting"
    last = {model: each.overall.mase for model, each in found.kept.items()}
    assert last["boosting"] < last["naive"]
    assert len(found.origins.compared) >= 12
    assert found.forecast.dates[0] == pd.Timestamp("2026-05-10")
    held = found.coverage.counts
    assert set(held) == {0.5, 0.8, 0.9} and held[0.5] < held[0.8] < held[0.9]
    assert f"held {round(100 * held[0.8])}%" in str(found.verdict.said[-1])


def test_on_the_season_kept_aside_the_better_naive_one_of_that_season_is_stood_beside(weeks):
    """Counts that treble in it are foretold badly by last year's, which was the better one before."""
    values = weeks(length=156).values.copy()
    values[:, 104:] *= 3
    found = outlook(replace(weeks(length=156), values=values), Question(2, ("ets",)))
    last = {model: each.overall.mase for model, each in found.kept.items()}
    assert set(last) >= {"naive", "seasonal"}
    better = min(last["naive"], last["seasonal"])
    told = next(str(each) for each in found.verdict.said if "kept aside" in str(each))
    assert f"{better:.2f}" in told
    assert told.startswith("Beware") == (last[found.verdict.chosen] > better)


def test_the_chosen_one_does_not_depend_on_the_season_kept_aside(weeks):
    panel = weeks(length=220)
    changed = panel.values.copy()
    changed[:, -52:] = np.random.default_rng(1).permutation(changed[:, -52:].T).T
    first, second = (
        outlook(each, Question(2, ("ridge", "boosting"))) for each in (panel, replace(panel, values=changed))
    )
    assert first.verdict.chosen == second.verdict.chosen
    assert {k: v.overall for k, v in first.compared.items()} == {k: v.overall for k, v in second.compared.items()}


def test_a_network_is_compared_with_several_seeds(weeks):
    found = outlook(weeks(regions=10, length=80), Question(2, ("cnn",), seeds=3))
    assert len(found.compared["cnn"].overall.seeds) == 3
    assert len(set(found.compared["cnn"].overall.seeds)) == 3
    assert "seeds" in " ".join(map(str, found.verdict.said)) or found.verdict.chosen == "cnn"


def test_a_short_history_is_forecast_by_what_it_supports_and_the_reasons_are_told(weeks):
    found = outlook(weeks(regions=1, length=14), Question(2, ("auto",)))
    assert set(found.compared) == {"naive"}
    assert found.verdict.chosen == "naive"
    assert str(found.verdict.said[0]) == "Nothing but the last value suits this history; it is used."
    said = " ".join(map(str, found.notes))
    assert said.count("Left out is") == 8
    assert "is short" in said
    assert found.kept == {}


def test_everything_wrong_with_a_question_is_told_at_once(weeks):
    with pytest.raises(InputError) as raised:
        outlook(weeks(length=20), Question(11, ("prophet", "cnn"), seeds=1))
    assert len(raised.value.faults) == 3


def test_two_periods_are_too_few(weeks):
    with pytest.raises(InputError, match="at least 4"):
        outlook(weeks(length=3), Question(1))


def test_progress_is_told_for_every_forecaster(weeks):
    seen = set()
    outlook(weeks(length=120), Question(1, ("ridge",)), told=lambda model, _done, _all: seen.add(model))
    assert seen == {"naive", "seasonal", "ridge"}


def test_intervals_that_rest_on_few_errors_are_told_to(weeks):
    found = outlook(weeks(regions=1, length=4), Question(1))
    assert "rest on only" in str(found.notes[-1]) or "rest on only" in " ".join(map(str, found.notes))
    assert found.forecast.quantiles[0, 0, 0] <= found.forecast.point[0, 0] <= found.forecast.quantiles[2, 0, 0]


def test_counts_that_never_change_lie_within_their_intervals(weeks):
    panel = weeks(regions=2, length=80, missing=0)
    panel.values[:] = 7.0
    assert outlook(panel, Question(2)).coverage.counts == {0.5: 1.0, 0.8: 1.0, 0.9: 1.0}


def worlds(seed: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return counts of 156 weeks and what comes next in three worlds in which last year misleads."""
    draw, time = np.random.default_rng(seed), np.arange(158)
    year = (50 + 30 * np.sin(2 * np.pi * time / 52)) * np.array([[1.0], [2.0], [0.5]])
    shifted = np.where(time >= 130, 3 * year, year)
    growth = np.tile(np.exp(0.03 * time) + 5, (3, 1))
    found = {name: draw.poisson(height).astype(float) for name, height in (("shift", shifted), ("growth", growth))}
    young = draw.poisson(year).astype(float)
    young[1, :126] = np.nan
    truth = {"shift": shifted, "growth": growth, "young": year}
    return {name: (counts[:, :156], truth[name][:, 156:]) for name, counts in {**found, "young": young}.items()}


@pytest.mark.parametrize("world", ["shift", "growth", "young"])
def test_where_last_year_misleads_the_forecast_is_no_worse_than_the_last_value(world):
    ours, last = [], []
    for seed in range(4):
        counts, truth = worlds(seed)[world]
        panel = Panel(("A", "B", "C"), Calendar("week", pd.Timestamp("2021-01-03")), counts)
        found = outlook(panel, Question(2, ("damped", "ets", "theta", "median")))
        ours.append(np.abs(found.forecast.point / truth - 1))
        last.append(np.abs(panel.filled[:, -1:] / truth - 1))
    assert np.max(ours) < 0.35
    assert np.mean(ours) <= np.mean(last) + 0.02


@pytest.mark.parametrize(
    ("models", "seeds", "few"), [(("cnn",), 2, True), (("cnn",), 3, False), (("naive",), 1, False)]
)
def test_only_a_network_is_asked_for_several_seeds(weeks, models, seeds, few):
    with pytest.raises(InputError) as raised:
        outlook(weeks(length=20), Question(11, models, seeds=seeds))
    assert ["number of seeds" in str(each) for each in raised.value.faults] == [False, True][: 1 + few]
