"""A run of a job on a screen: how far it is, a button that stops it, and how it ended."""

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st

from medalloc.errors import SourceError
from medalloc.jobs.protocol import Task
from medalloc.jobs.run import Status
from medalloc.study.step import Long
from medalloc.study.tickets import Ticket
from medalloc.ui import asking, state, visit
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

T = TypeVar("T")
POLL_SECONDS = 1.0
TOO_SOON = 2.0
"""Time before which nothing tells how long a run will take. [s]"""


def submit(step: Long[Any]) -> None:
    """Hand a long step to the jobs."""
    asking.submit(step)


def hand_over(name: str, task: Task[Any], of: Mapping[str, Any]) -> None:
    """Hand a task that is no step to the jobs, with a note of what it is given."""
    try:
        state.required("change")
        state.adopt(Ticket(name, visit.jobs().submit(task), of))
    except SourceError as error:
        visit.visit().not_kept = error.said


def last_done(task: str) -> Ticket | None:
    """Return the newest run of a task that has an answer."""
    own = (each for each in visit.chosen().tickets if each.task == task)
    return next((each for each in own if asking.answers().status_of(each).state == "done"), None)


def result(run: Ticket, task: type[Task[T]]) -> T:
    """Return what a run that is done answered."""
    found: T = state.keep(_result, run.id, task)
    return found


def _result(run: str, task: type[Task[T]]) -> T:
    return visit.jobs().result(run, task)


def status(task: str) -> Status | None:
    """Return how far the newest run of a task was when this run of the page began; None before the first one."""
    ticket = state.newest(task)
    return None if ticket is None else asking.answers().status_of(ticket)


def is_busy(task: str) -> bool:
    """Whether a run of this task waits or goes on."""
    now = status(task)
    return now is not None and not now.ended


def show(task: str, *, cancelled: str, lost: str, more: Callable[[Status], None] | None = None) -> None:
    """Show how far a run is, or how it ended where that is not as it should be; nothing when it is done."""
    now = status(task)
    if now is None:
        return
    if not now.ended:
        _progress(task, more)
    elif now.state == "failed":
        st.error(words.say(now.stage))
    elif now.state in ("cancelled", "lost"):
        # a run knows why it was lost, unless it is gone with its server
        st.info(cancelled if now.state == "cancelled" else words.say(now.stage) or lost)


def _time_left(now: Status) -> str:
    """Say how long a run will still take, once there is something to tell it by."""
    gone = time.time() - now.since
    if now.state != "running" or gone < TOO_SOON or not 0 < now.fraction < 1:
        return ""
    left = max(1.0, round(gone * (1 - now.fraction) / now.fraction))
    return _("About {seconds} s left.").format(seconds=words.number(left, 0))


@st.fragment(run_every=POLL_SECONDS)
def _progress(task: str, more: Callable[[Status], None] | None) -> None:
    """Show how far a run is, without running the rest of the page."""
    ticket = state.newest(task)
    now = None if ticket is None else visit.jobs().status(ticket.id)
    if now is None or now.ended or ticket is None:
        st.rerun()
    st.progress(now.fraction, text=f"{words.say(now.stage)} {_time_left(now)}".strip())
    if more is not None:
        more(now)
    st.button(
        _("Cancel"),
        icon=":material/stop:",
        key=f"{task}_cancel",
        on_click=visit.jobs().cancel,
        args=(ticket.id,),
        disabled=state.locked(),
    )
