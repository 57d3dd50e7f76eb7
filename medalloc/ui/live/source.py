"""Where numbers come from: counts played again, or a folder that the server's owner allows."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic, time

import streamlit as st

from medalloc.allocation.problem import Array, Problem
from medalloc.demand.forecasting.panel import Panel
from medalloc.errors import SourceError
from medalloc.live.days import Days
from medalloc.live.feeds import FolderFeed
from medalloc.live.forecasting import Forecasting
from medalloc.live.heard import State, heard, polled
from medalloc.live.watch import Watch, begun_at, frame, listened_to_all, watch_of
from medalloc.study.entries import entries
from medalloc.study.parts import Limits, Live
from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.data import file_choice
from medalloc.ui.home.stories import STORIES, choices_of
from medalloc.ui.kept import workspace
from medalloc.ui.kit import numbers, palette, samples
from medalloc.ui.kit.words import _
from medalloc.workspace.workspace import HEARD

ALLOWED = "MEDALLOC_FEEDS"
"""Variable that names the folder whose folders may be watched."""

BEFORE, LAST = 16, 52
"""Periods that must come before what is played again, and most that are played. [periods]"""

SECONDS = 1.0
"""How often it is looked whether there is something new. [s]"""


@dataclass
class _Watched:
    """A folder that all visitors who watch it share: it is read once for all."""

    days: Days
    """Where it is kept what was known of each day, by this server or another."""

    earlier: tuple[State, ...] = ()
    """What was known at the end of days before."""

    state: State = field(default_factory=State)
    lock: Lock = field(default_factory=Lock)
    asked: float = -SECONDS

    def hear(self, found: State) -> None:
        """Take in what is known now, and keep it."""
        is_another_day, is_new = found.at[:10] != self.state.at[:10], found.digest != self.state.digest
        self.state = found
        # what cannot be kept is in memory at least
        with suppress(SourceError):
            if is_new:
                self.days.keep(found)
            if is_another_day:
                self.earlier = tuple(each for each in self.days.known() if each.at[:10] < found.at[:10])


@cache
def _watched(folder: Path, regions: tuple[str, ...]) -> _Watched:
    name = f"{folder.name}-{sha256(repr(regions).encode()).hexdigest()[:12]}"
    days = Days(workspace().objects, f"{HEARD}/{name}")
    known = days.known()
    return _Watched(days, known[:-1], known[-1]) if known else _Watched(days)


def folders() -> tuple[str, ...]:
    """Return the names of the folders that may be watched."""
    allowed = os.environ.get(ALLOWED)
    if not allowed or not Path(allowed).is_dir():
        return ()
    return tuple(sorted(each.name for each in Path(allowed).iterdir() if each.is_dir() and each.name[0] != "."))


def patients_folder(name: str) -> Path:
    """Return where patients arrive for a folder that is watched."""
    return Path(os.environ[ALLOWED]) / Path(name).name / "patients"


def of_folder(name: str, regions: tuple[str, ...]) -> tuple[tuple[State, ...], State]:
    """Return what a folder said on days before, and says now; it is read at most once a second however many look."""
    folder = Path(os.environ[ALLOWED]) / Path(name).name
    now = _watched(folder, regions)
    with now.lock:
        if monotonic() - now.asked >= SECONDS:
            now.hear(polled(now.state, FolderFeed(folder), regions, datetime.now(UTC).isoformat()))
            now.asked = monotonic()
        return now.earlier, now.state


def start_of(panel: Panel) -> int:
    """Return the period from which counts are played again."""
    return max(min(BEFORE, panel.length - 1), panel.length - LAST)


def of_replay(panel: Panel, name: str, played: int) -> State:
    """Return what would have been heard after so many periods."""
    found = State()
    for each in _states_of_replay(panel, name, played):
        found = each
    return found


def _states_of_replay(panel: Panel, name: str, played: int) -> Iterator[State]:
    start, found = start_of(panel), State()
    for period in range(start, start + played):
        message = frame(panel, period, name)
        # a period in which nothing was counted at all is no message
        if message.numbers:
            found = heard(found, message, panel.regions, message.at)
            yield found


def before(panel: Panel) -> Panel:
    """Return what had been counted when the replay begins."""
    return panel.until(start_of(panel))


def asked(before: Panel, known: Problem | None, limits: Limits) -> Problem | None:
    """Return what the plan of the replay answers; None while nobody has said what is placed."""
    if known is not None and set(known.regions) == set(before.regions):
        return known
    resources = entries(resources=limits.resources or ()).resources
    if not resources:
        return None
    policy = plans.policy_in_use(limits.policy, limits.alpha)
    demand = before.filled[:, 0]
    return Problem(before.regions, demand, resources, budget=limits.budget, common_floor=limits.floor, policy=policy)


def begun(before: Panel, asked: Problem, periods: float, forecasting: Forecasting | None) -> tuple[Problem, Array]:
    """Return the problem and plan with which the replay begins."""
    return begun_at(before, asked, periods, forecasting)


def watch_before(
    before: Panel, chosen: Live, begun: tuple[Problem, Array], periods: float, forecasting: Forecasting | None
) -> Watch:
    """Return what is watched in the replay; alarms are learnt from what came before all that is played."""
    return watch_of(chosen, *begun, before, periods=periods, forecasting=forecasting)


def watch_until(watch: Watch, panel: Panel, played: int) -> Watch:
    """Return a watch that has heard so many periods."""
    return listened_to_all(watch, _states_of_replay(panel, "", played))


def position(panel: Panel, speed: int) -> int:
    """Return how many periods have been played by now."""
    since: float = state.last("live begun", None) or 0.0
    ticks = int((time() - since) * speed) if since else 0
    return min(panel.length - start_of(panel), state.look().live_played + ticks)


def is_playing() -> bool:
    """Whether counts are being played."""
    return bool(state.last("live begun", None))


def controls(panel: Panel, speed: int) -> None:
    """Show the clock: play, pause, one further, from the beginning."""
    now, end = position(panel, speed), panel.length - start_of(panel)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_playing() and now < end:
            st.button(_("Pause"), key="live_pause", icon=":material/pause:", on_click=hold, args=(panel, speed))
        else:
            st.button(
                _("Play"),
                key="live_play",
                icon=":material/play_arrow:",
                type=palette.main_button(),
                on_click=_play,
                args=(panel, speed),
                disabled=now >= end,
            )
        st.button(
            _("One further"), key="live_next", icon=":material/skip_next:", on_click=_next, args=(panel, speed),
            disabled=now >= end,
        )  # fmt: skip
        st.button(_("From the beginning"), key="live_again", icon=":material/replay:", on_click=_again)
    st.progress(
        now / end,
        text=_("{day}: {played} of {all} periods").format(
            day=panel.calendar.date(start_of(panel) + max(0, now - 1)).date().isoformat(), played=now, all=end
        ),
    )


def settings(resources: str) -> None:
    """Show what may be moved, and what counts as high."""
    left, middle, right = st.columns(3)
    left.slider(
        _("Most that may move at once [percent of {resources}]").format(resources=resources),
        0,
        100,
        **state.bound(at.study.live.move_share),
    )
    with left:
        numbers.asked(_("and at most so many units of each"), at.study.live.move_units, low=0.0, step=1.0)
    with middle:
        numbers.asked(_("A move must serve more people by"), at.study.live.move_least, low=0.0, step=1.0)
        numbers.asked(_("and by, for each unit moved"), at.study.live.move_price, low=0.0, step=0.5)
    with right:
        numbers.asked(_("Raised from, times the usual"), at.study.live.raised_from, low=1.0, step=0.1)
        numbers.asked(_("High from, times the usual"), at.study.live.high_from, low=1.0, step=0.1)


def take_sample() -> None:
    """Take the counts of Boston with nurses to place, and start to play the last year again."""
    file_choice.start_over(samples.COUNTS, samples.COUNTS)
    state.change(live_from="replay", **choices_of(STORIES["counts"]))
    _again()
    state.last("live begun", time())


def hold(panel: Panel, speed: int) -> None:
    """Stop the clock where it is: who decides something decides on what stands there."""
    state.change(live_played=position(panel, speed))
    state.last("live begun", 0.0)


def _play(panel: Panel, speed: int) -> None:
    hold(panel, speed)
    state.last("live begun", time())


def _next(panel: Panel, speed: int) -> None:
    hold(panel, speed)
    state.change(live_played=min(panel.length - start_of(panel), state.look().live_played + 1))


def _again() -> None:
    state.last("live begun", 0.0)
    state.change(live_played=0, live_round=state.look().live_round + 1, live_looked={})
