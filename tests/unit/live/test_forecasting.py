from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.demand.forecasting.catalogue import made
from medalloc.demand.forecasting.expecting import expected
from medalloc.demand.forecasting.outlook import Outlook, outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.live.forecasting import Ahead, ahead_of, forecasting_of
from medalloc.live.heard import Number, State
from medalloc.live.levels import LevelRule
from medalloc.live.move import MoveLimits
from medalloc.live.past import past_of
from medalloc.live.watch import Watch, begun_at, listened, told, told_json, watch_of
from medalloc.study.parts import Live
from tests.unit.demand.forecasting.conftest import _weeks

PANEL = _weeks(4, 120, missing=0.0)
END, AHEAD = PANEL.length - 1, Ahead(3)
KNOWN = PANEL.until(END)
ORDER = ("R2", "R0", "R3", "R1")
"""Of the plan's regions, another one than that of the counts."""


@pytest.fixture(scope="module")
def found() -> Outlook:
    return outlook(KNOWN, Question(3, ("ets",)))


def problem() -> Problem:
    return Problem(ORDER, [50.0, 60, 70, 80], (Resource("nurses", 10, 0.1),))


def watching(outlook: Outlook | None = None, ahead: Ahead = AHEAD) -> Watch:
    forecasting = forecasting_of(KNOWN, ORDER, ahead, outlook)
    asked, placed = begun_at(KNOWN, problem(), ahead.periods, forecasting)
    return watch_of(Live(), asked, placed, KNOWN, periods=ahead.periods, forecasting=forecasting)


def heard(period: int = END, **counts: float) -> State:
    at = PANEL.calendar.date(period).isoformat() + "+00:00"
    return State(1, at, {name: Number(count, at, "test") for name, count in counts.items()})


def count(region: str) -> float:
    return float(PANEL.values[PANEL.regions.index(region), END])


def demands(watch: Watch, state: State) -> Mapping[str, float]:
    return dict(zip(ORDER, told(watch, state).replan.problem.demand.tolist(), strict=True))


def test_only_a_region_that_tells_something_new_is_forecast_again(found: Outlook) -> None:
    watch = watching(found)
    before = dict(zip(ORDER, watch.problem.demand.tolist(), strict=True))
    after = demands(watch, heard(R0=900.0))
    assert after["R0"] > 1.1 * before["R0"]
    assert {name: after[name] for name in ("R1", "R2", "R3")} == {name: before[name] for name in ("R1", "R2", "R3")}
    known = {name: float(KNOWN.values[row, -1]) for row, name in enumerate(KNOWN.regions)}
    assert demands(watch, heard(END - 1, **known)) == before


@pytest.mark.parametrize("period", [0, 2])
def test_it_is_the_forecast_of_the_study_as_if_the_demand_screen_had_the_new_counts(
    found: Outlook, period: int
) -> None:
    watch = watching(found, ahead_of(3, period))
    after = demands(watch, heard(**{name: count(name) for name in ORDER}))
    fitted = made(found.verdict.chosen, 3, 0).fit(KNOWN)
    later = replace(found.forecast, mean=found.forecast.spread.mean(fitted.predict(3, PANEL)))
    whole = expected(later, {}, horizon=period or None)
    assert after == pytest.approx(dict(zip(whole.regions, whole.said.tolist(), strict=True)), rel=1e-6)


def test_what_is_told_again_is_corrected_not_counted_twice(found: Outlook) -> None:
    watch = watching(found)
    wrong = listened(watch, heard(R1=800.0))
    assert demands(wrong, heard(R1=count("R1"))) == pytest.approx(demands(watch, heard(R1=count("R1"))))
    assert wrong.past is not None and wrong.past.last == END


def test_regions_that_tell_one_after_the_other_stand_in_the_same_period(found: Outlook) -> None:
    watch = watching(found)
    for name in ORDER:
        watch = listened(watch, heard(**{name: count(name)}))
    assert watch.past is not None
    assert watch.past.values[:, -1].tolist() == [count(name) for name in ORDER] and watch.past.last == END


def test_at_an_earlier_time_nothing_later_is_known_not_even_how_far_it_was_off(found: Outlook) -> None:
    early, later = KNOWN.until(70), replace(KNOWN, values=KNOWN.values * np.where(np.arange(END) < 70, 1, 9))
    of_later = outlook(later, Question(3, ("ets",)))
    one, other = (
        forecasting_of(early, ORDER, Ahead(3), replace(each, verdict=found.verdict)) for each in (found, of_later)
    )
    assert one is not None and other is not None
    assert (one.expected(np.arange(4), 69) == other.expected(np.arange(4), 69)).all()


def test_what_takes_long_to_learn_is_replaced_by_the_best_that_does_not_and_that_is_said(found: Outlook) -> None:
    network = replace(found, verdict=replace(found.verdict, chosen="lstm"))
    instead = forecasting_of(KNOWN, ORDER, Ahead(3), network)
    assert instead is not None and "the LSTM" in str(instead.said)
    assert instead.model == min(found.compared, key=lambda each: found.compared[each].overall.mase)


def test_without_a_compared_forecast_the_median_of_the_simple_ones_speaks_and_a_short_history_forecasts_nothing() -> (
    None
):
    watch = watching()
    assert watch.forecasting is not None and "no forecast was compared" in str(watch.forecasting.said)
    assert told_json(told(watch, heard(R0=900.0)))["forecast"]["by"] == "median"
    assert forecasting_of(KNOWN.until(5), ORDER, Ahead(3), None) is None


def test_a_feed_that_begins_long_after_the_counts_end_leaves_the_periods_between_unknown() -> None:
    past = past_of(KNOWN, ORDER)
    for period, known in ((END + 4, 1), (END + 5_000, 0)):
        later = past.with_counts(np.array([0]), np.array([7.0]), period)
        assert later.last == period and later.values[0, -1] == 7
        assert np.isfinite(later.values[1]).any() == bool(known)
        assert later.values.shape[1] <= 92
    old = past.with_counts(np.array([0]), np.array([7777.0]), 0)
    assert (old.values != 7777).all() and old.last == END - 1


def test_a_watch_without_a_history_takes_what_it_hears_as_the_demand() -> None:
    watch = Watch(problem(), np.zeros((4, 1)), MoveLimits(), LevelRule())
    assert demands(watch, heard(R0=7.0)) == {"R2": 50, "R0": 7, "R3": 70, "R1": 80}
    assert told_json(told(watch, heard(R0=7.0)))["forecast"] is None


def test_counts_of_other_regions_are_refused() -> None:
    with pytest.raises(Exception, match="different regions"):
        forecasting_of(Panel(("A",), KNOWN.calendar, KNOWN.values[:1]), ORDER, Ahead(1), None)
