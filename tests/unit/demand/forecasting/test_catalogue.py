from dataclasses import replace

import pytest

from medalloc.demand.forecasting.catalogue import (
    FEWEST_PERIODS,
    MEAN_OF,
    MODELS,
    NAIVE,
    QUICK,
    candidates,
    made,
    name,
    remarks,
    unsupported,
)
from medalloc.demand.forecasting.origins import planned
from medalloc.demand.forecasting.seasons import fewest_periods
from medalloc.errors import InputError


@pytest.mark.parametrize("model", MODELS)
def test_both_naive_ones_are_always_compared(model):
    found = candidates([model])
    assert set(NAIVE) <= set(found)
    assert model in found


def test_automatic_compares_the_quick_ones_and_a_network_is_compared_with_boosting():
    assert candidates(["auto"]) == QUICK
    assert candidates(["all"]) == MODELS
    assert "boosting" in candidates(["cnn"])
    assert candidates(["auto", "lstm"]) == (*QUICK, "lstm")
    assert set(candidates(["mean"])) == {*NAIVE, *MEAN_OF, "mean"}


def test_an_unknown_forecaster_is_refused_with_those_there_are():
    for asked in (lambda: candidates(["prophet"]), lambda: made("prophet", 1, 0)):
        with pytest.raises(InputError, match="“prophet” is no forecaster; use one of: auto, naive"):
            asked()


def test_every_forecaster_has_a_name_of_its_own():
    assert len({str(name(each, "week")) for each in MODELS}) == len(MODELS)


def test_a_short_history_supports_only_what_it_can_and_says_why(weeks):
    panel = weeks(regions=2, length=24)
    origins = planned(24, 2, "week")
    reasons = {each: unsupported(each, panel, origins, 2) for each in QUICK}
    assert reasons["naive"] is None
    assert "it needs 52" in str(reasons["seasonal"])
    assert reasons["boosting"] is not None
    assert reasons["boosting"].template.startswith("Left out is {model}")


def test_a_long_history_supports_everything(weeks):
    panel = weeks(regions=12, length=200)
    origins = planned(200, 4, "week")
    assert all(unsupported(each, panel, origins, 4) is None for each in MODELS)
    said = remarks(["ets"], weeks(length=400), planned(400, 4, "week"))
    assert str(said[0]).startswith("Smoothing and Theta use a season in 5 of 5 regions")
    assert "compared without a season" in str(remarks(["theta"], panel.until(140), planned(140, 4, "week"))[0])
    assert remarks(["damped"], panel, origins) == []


def test_of_what_the_mean_is_taken_here_is_said(weeks):
    said = remarks(["naive", "theta", "ridge", "mean"], weeks(length=120), planned(120, 4, "week"))
    assert str(said[-1]) == "In the mean of several each of these counts as much: Theta, ridge regression."


@pytest.mark.parametrize("model", ["seasonal", *FEWEST_PERIODS])
def test_a_forecaster_is_left_out_up_to_the_period_from_which_on_it_has_enough_to_learn_from(weeks, model):
    panel, origins = weeks(regions=60, length=200), planned(200, 4, "week")
    needed = 52 if model == "seasonal" else FEWEST_PERIODS[model] + 4
    enough, short = (
        unsupported(model, panel, replace(origins, compared=(learned - 1, 150)), 4) for learned in (needed, needed - 1)
    )
    assert enough is None
    assert short is not None and f"there are {needed - 1} weeks only; it needs {needed}." in str(short)


def test_that_no_season_is_used_is_said_up_to_the_period_from_which_on_it_is_tested(weeks):
    panel, origins, needed = weeks(length=200), planned(200, 4, "week"), fewest_periods(52)
    for learned in (needed - 1, needed):
        (said,) = remarks(["ets"], panel, replace(origins, compared=(learned - 1, 150)))
        assert ("are compared without a season" in str(said)) == (learned < needed)
