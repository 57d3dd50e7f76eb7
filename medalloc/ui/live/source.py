"""Where numbers come from: counts played again, or a folder that the server's owner allows."""

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic, time

import streamlit as st

from medalloc.allocation.problem import Array, Problem
from medalloc.demand.forecasting.panel import Panel
from medalloc.live.feeds import FolderFeed
from medalloc.live.heard import State, heard, polled
from medalloc.live.watch import Watch, begun_at, frame, ordered, watch_of
from medalloc.study.entries import entries
from medalloc.study.parts import Limits, Live
from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.data import file_choice
from medalloc.ui.home.stories import STORIES, choices_of
from medalloc.ui.kit import numbers, palette, samples
from medalloc.ui.kit.words import _

ALLOWED = "MEDALLOC_FEEDS"
"""Variable that names the folder whose folders may be watched."""

BEFORE, LAST = 16, 52
"""Periods that must come before what is played again, and most that are played. [periods]"""

SECONDS = 1.0
"""How often it is looked whether there is something new. [s]"""


@dataclass
class _Watched:
    """A folder that all visitors who watch it share: it is read once for all."""

    state: State = field(default_factory=State)
    lock: Lock = field(default_factory=Lock)
    asked: float = -SECONDS


@cache
def _watched(folder: Path, regions: tuple[str, ...]) -> _Watched:  # noqa: ARG001 -- one for each
    return _Watched()


def folders() -> tuple[str, ...]:
    """Return the names of the folders that may be watched."""
    allowed = os.environ.get(ALLOWED)
    if not allowed or not Path(allowed).is_dir():
        return ()
    return tuple(sorted(each.name for each in Path(allowed).iterdir() if each.is_dir() and each.name[0] != "."))


def of_folder(name: str, regions: tuple[str, ...]) -> State:
    """Return what a folder says, read at most once a second however many look."""
    folder = Path(os.environ[ALLOWED]) / Path(name).name
    now = _watched(folder, regions)
    with now.lock:
        if monotonic() - now.asked >= SECONDS:
            now.state = polled(now.state, FolderFeed(folder), regions, datetime.now(UTC).isoformat())
            now.asked = monotonic()
        return now.state


def start_of(panel: Panel) -> int:
    """Return the period from which counts are played again."""
    return max(min(BEFORE, panel.length - 1), panel.length - LAST)


def of_replay(panel: Panel, name: str, played: int) -> State:
    """Return what would have been heard after so many periods."""
    start, found = start_of(panel), State()
    for period in range(start, start + played):
        message = frame(panel, period, name)
        # a period in which nothing was counted at all is no message
        found = heard(found, message, panel.regions, message.at) if message.numbers else found
    return found


def begun(panel: Panel, known: Problem | None, limits: Limits, periods: float) -> tuple[Problem, Array] | None:
    """Return the problem and plan with which the replay begins; None while nobody has said what is placed."""
    problem = known
    if problem is None or set(problem.regions) != set(panel.regions):
        resources = entries(resources=limits.resources or ()).resources
        if not resources:
            return None
        policy = plans.policy_in_use(limits.policy, limits.alpha)
        demand = panel.filled[:, 0]
        problem = Problem(
            panel.regions, demand, resources, budget=limits.budget, common_floor=limits.floor, policy=policy
        )
    return begun_at(panel, problem, start_of(panel), periods)


def watch_before(panel: Panel, chosen: Live, begun: tuple[Problem, Array], periods: float) -> Watch:
    """Return what is watched in the replay; alarms are learnt from what came before all that is played."""
    return watch_of(chosen, *begun, panel.until(start_of(panel)), periods)


def watch_until(watch: Watch, panel: Panel, played: int) -> Watch:
    """Return a watch whose history goes on for so many periods."""
    return replace(watch, history=ordered(panel.until(start_of(panel) + played), watch.problem.regions))


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
