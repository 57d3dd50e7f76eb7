"""What was heard outlasts the process that heard it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.live import days
from medalloc.live.days import Days
from medalloc.live.heard import State, heard
from medalloc.live.message import Message
from medalloc.live.watch import Watch, listened, listened_to_all, watch_of
from medalloc.saved import Objects
from medalloc.study.parts import Live

REGIONS = ("North", "South")
CALENDAR = Calendar("week", pd.Timestamp("2026-01-04"))
LATER = "2030-01-01T00:00:00+00:00"


def begun() -> Watch:
    counts = np.random.default_rng(1).poisson(30, (2, 40)).astype(float)
    plan = solve(Problem(REGIONS, counts[:, -1], (Resource("beds", 20.0, 1.0),)))
    return watch_of(Live(), plan.problem, plan.units, Panel(REGIONS, CALENDAR, counts))


def messages() -> list[Message]:
    """Return what comes in: some weeks in several messages, some of one region alone, one week of nothing."""
    drawn, found = np.random.default_rng(2), []
    for week, names in ((40, REGIONS), (41, REGIONS[:1]), (41, REGIONS[1:]), (42, REGIONS), (44, REGIONS[:1])):
        at = f"{CALENDAR.date(week).date().isoformat()}T0{len(found)}:00:00+00:00"
        found.append(Message(at, "feed", {name: float(drawn.poisson(30)) for name in names}, f"{len(found)}"))
    return found


def test_a_watch_that_begins_again_at_any_moment_knows_what_one_that_went_on_knows(tmp_path: Path) -> None:
    watch, state, kept = begun(), State(), Days(Objects(tmp_path), "days")
    for message in messages():
        state = heard(state, message, REGIONS, LATER)
        watch = listened(watch, state)
        kept.keep(state)
        known = Days(Objects(tmp_path), "days").known()
        assert known[-1] == state
        again = listened_to_all(begun(), known)
        assert again.past is not None and watch.past is not None
        np.testing.assert_array_equal(again.past.values, watch.past.values)
        assert again.past.last == watch.past.last


def dates(kept: Days) -> list[str]:
    return [known.at[:10] for known in kept.known()]  # noqa: PD008 -- no table


def test_the_newest_days_are_kept_and_a_damaged_one_was_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "LAST", 3)
    kept, state = Days(Objects(tmp_path), "days"), State()
    for message in messages():
        state = heard(state, message, REGIONS, LATER)
        kept.keep(state)
    assert dates(kept) == [CALENDAR.date(week).date().isoformat() for week in (41, 42, 44)]
    sorted((tmp_path / "days").iterdir())[1].write_bytes(b"{")
    assert dates(kept) == [CALENDAR.date(week).date().isoformat() for week in (41, 44)]
