"""Everything a visitor has chosen: JSON-able data that survives page switches, refreshes and lost connections."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, overload

import streamlit as st

from medalloc.errors import MedallocError
from medalloc.jobs.pool import JobPool
from medalloc.saved import read_form, write_form
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.files import KeptFiles
from medalloc.study.step import Long
from medalloc.study.study import PART_OF
from medalloc.study.tickets import Ticket, with_ticket
from medalloc.tables.table import Table
from medalloc.ui.choices import Choices, at
from medalloc.ui.lesson import LearnChoices
from medalloc.ui.look import Look

__all__ = ["at"]

T = TypeVar("T")
MAY_BE_NONE = ("encoding", "delimiter", "sheet", "budget", "epidemic_population", "epidemic_base")
"""Choices for which "none" is an answer."""

TOLD = 3
"""Runs of a script in which a new control is told its value. [count]"""

TOKEN = "visit"
"""Name of the query parameter that finds a visit again."""


@dataclass
class Visit:
    """One visitor's choices and what was computed from them."""

    token: str
    choices: Choices
    last: dict[str, Any] = field(default_factory=dict)
    """What parts of screens saw in their last run, by name, to tell what is new."""
    editors: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """What each editor said last, with its table and its turn."""
    answers: Answers | None = None
    """What follows from the choices, as far as it was asked."""
    restored: bool = False
    """Whether the choices are those of an earlier session; said once."""
    lost: str | None = None
    """Why what was saved of this visit could not be read."""
    to_tell: dict[str, int] = field(default_factory=dict)
    """Runs in which each control is still told its value, by key. [count]"""
    shown_in: dict[str, str] = field(default_factory=dict)
    """Language in which each control was last shown, by key."""
    fault: str | None = None
    """Why the last upload was refused; shown until the next one."""
    population_fault: str | None = None
    """Why the last table of population by age and sex was refused."""
    regions_fault: str | None = None
    """Why the last table of regions was refused."""
    resources_fault: str | None = None
    """Why the last table of resources was refused."""
    recipe_fault: str | None = None
    """Why the last change of the recipe was refused."""
    futures_faults: tuple[str, ...] = ()
    """What is wrong with the last file of futures."""
    counts_faults: tuple[str, ...] = ()
    """What is wrong with the last file of counts."""
    by_hand_faults: tuple[str, ...] = ()
    """Why the last number set by hand was refused."""
    counts_regions_faults: tuple[str, ...] = ()
    """What is wrong with the last table of the regions that are counted."""


@cache
def jobs() -> JobPool:
    """Return the one pool of workers all visitors share; no visitor can clear it as they could a cache of streamlit."""
    return JobPool()


def get() -> Choices:
    """Return everything that is kept of the visit."""
    return visit().choices


def study() -> Study:
    """Return what the visitor has chosen."""
    return get().study


def look() -> Look:
    """Return what the visitor looks at."""
    return get().look


def learn() -> LearnChoices:
    """Return what the Learn screen shows."""
    return get().learn


def visit() -> Visit:
    """Return the visit of this session, restored from its token after a refresh."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = _begun(re.sub(r"[^\w-]", "", st.query_params.get(TOKEN, ""))[:100])
    found: Visit = st.session_state["visit"]
    return found


def _begun(token: str) -> Visit:
    """Return the visit that was saved under this token, or a new one under a token that nobody else can know."""
    if token and _saved(token).exists():
        try:
            return Visit(token, read_form(_saved(token), Choices, sentence("visit")), restored=True)
        except MedallocError as error:
            return Visit(secrets.token_urlsafe(16), Choices(), lost=str(error))
    return Visit(secrets.token_urlsafe(16), Choices())


def answers() -> Answers:
    """Return what follows from the choices as they stand."""
    now, chosen = visit(), get()
    if now.answers is None:
        now.answers = Answers(chosen.study, files(), jobs(), chosen.tickets)
    elif now.answers.study is not chosen.study or now.answers.tickets is not chosen.tickets:
        now.answers = now.answers.after(chosen.study, chosen.tickets)
    return now.answers


def begin() -> None:
    """Begin a run of a page: what jobs have ended meanwhile is seen."""
    now, chosen = visit(), get()
    if now.answers is not None:
        now.answers = now.answers.after(chosen.study, chosen.tickets)


@overload
def ask(step: Long[T]) -> T | None: ...
@overload
def ask(step: Callable[..., T | None]) -> T | None: ...
def ask(step: Any) -> Any:
    """Return the answer of a step of the visitor's study; None where something before it is missing."""
    return answers()(step)


def sure(step: Callable[..., T]) -> T:
    """Return the answer of a step that nothing can be missing for."""
    answer: T | None = answers()(step)
    if answer is None:
        raise RuntimeError(f"Something is missing for {step.__name__}.")
    return answer


def keep(function: Callable[..., T], *inputs: Any, **named: Any) -> T:
    """Return what a function gives for these inputs, worked out once in this visit."""
    return answers().kept.answer(function, *inputs, **named)


def submit(step: Long[Any]) -> None:
    """Hand a long step to the jobs."""
    ticket = answers().submit(step)
    if ticket is not None:
        adopt(ticket)


def adopt(ticket: Ticket) -> None:
    """Keep a run beside those before it."""
    _save(replace(get(), tickets=with_ticket(get().tickets, ticket)))


def forget(*tasks: str) -> None:
    """Keep no run of these tasks any longer."""
    _save(replace(get(), tickets=tuple(each for each in get().tickets if each.task not in tasks)))


def newest(task: str) -> Ticket | None:
    """Return the newest run of a task."""
    return next((each for each in get().tickets if each.task == task), None)


def change(**chosen: Any) -> None:
    """Replace choices by name, save them, and let their controls start from the new values."""
    for name in chosen:
        st.session_state.pop(f"choice_{name}", None)
    _store(chosen)


def _store(chosen: Mapping[str, Any]) -> None:
    _save(get().changed(chosen))


def _save(choices: Choices) -> None:
    now = visit()
    now.choices = choices
    write_form(_saved(now.token), choices, private=True)


def _same(value: Any) -> Any:
    return value


def bound(name: Any, *, shown: Callable[[Any], Any] = _same, read: Callable[[Any], Any] = _same) -> dict[str, Any]:
    """Return the arguments that tie a control to a choice: its key, its start value and its callback.

    Parameters
    ----------
    name : str
        Of the choice, as `at` gives it.
    shown, read : callable
        From the choice to what the control shows, and back.
    """
    return {
        "key": started(f"choice_{name}", shown(get().choice(name))),
        "on_change": _adopt,
        "args": (name, read),
    }


def started(key: str, value: Any) -> str:
    """Have a control start from what is chosen now, and stay as the visitor then sets it; return its key.

    A control whose code the browser is still fetching misses the first message, starts from its own default and sends
    that back as a choice. Therefore the value is told in the first `TOLD` runs, unless the control answers before.
    """
    now, language = visit(), look().language
    # a control knows its value by the words it showed; in another language it starts from the choice again
    if key not in st.session_state or now.shown_in.get(key) != language:
        now.to_tell[key], now.shown_in[key] = TOLD, language
    if now.to_tell.get(key, 0):
        now.to_tell[key] -= 1
        st.session_state[key] = value
    return key


def answered(key: str) -> Any:
    """Return what the visitor set a started control to, inside its callback; None where that is nothing."""
    visit().to_tell.pop(key, None)
    return st.session_state.get(key)


def start_over(key: str) -> None:
    """Let a control start from its value again."""
    st.session_state.pop(key, None)


def _adopt(name: str, read: Callable[[Any], Any]) -> None:
    # another control that was touched at the same time may have started everything over
    value = answered(f"choice_{name}")
    if value is None and (f"choice_{name}" not in st.session_state or name not in MAY_BE_NONE):
        # nothing was chosen: the control goes on from the choice that stands
        st.session_state.pop(f"choice_{name}", None)
        return
    _store({name: read(tuple(value) if isinstance(value, list) else value)})


def bound_to_one_of(name: Any, options: tuple[str, ...]) -> dict[str, Any]:
    """Return `bound` for a choice whose options vary; one that is not offered shows as the first.

    What is only looked at becomes that; what answers follow from stays as chosen: a step says what holds instead.
    """
    if name not in PART_OF and get().choice(name) not in options:
        change(**{name: options[0]})
    return bound(name, shown=lambda chosen: chosen if chosen in options else options[0])


def has_widget(key: str) -> bool:
    """Whether a control was on the screen in the last run."""
    return key in st.session_state


def widget(key: str) -> Any:
    """Return the value of a control that is not tied to a choice, inside its callback."""
    return st.session_state[key]


@cache
def files() -> KeptFiles:
    """Return where uploads are kept for this server's lifetime."""
    return KeptFiles(jobs().root / "files")


def table_in(upload: Any) -> Table:
    """Return the table in what was uploaded, to see whether it can be used."""
    return files().trial(upload.getvalue(), upload.name)


def keep_file(content: bytes) -> str:
    """Keep an uploaded file and return its SHA-256."""
    return files().keep(content)


def uploaded(sha256: str) -> Path:
    """Return where an uploaded file is kept."""
    return files().folder / Path(sha256).name


def keep_token_in_address() -> None:
    """Put the visit's token into the address, so that a refresh finds the visit again."""
    if st.query_params.get(TOKEN) != visit().token:
        st.query_params[TOKEN] = visit().token


def _saved(token: str) -> Path:
    return jobs().root / "visits" / f"{Path(token).name}.json"
