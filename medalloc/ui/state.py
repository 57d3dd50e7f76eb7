"""Everything a visitor has chosen: JSON-able data that survives page switches, refreshes and lost connections."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from medalloc.jobs.pool import JobPool
from medalloc.ui.choices import Choices

T = TypeVar("T")
MAY_BE_NONE = ("encoding", "delimiter", "sheet", "budget", "epidemic_population", "epidemic_base")
"""Choices for which "none" is an answer."""

TOLD = 3
"""Runs of a script in which a new control is told its value. [count]"""

TOKEN = "visit"
"""Name of the query parameter that finds a visit again."""


@dataclass(frozen=True, eq=False)
class Same:
    """A key that is equal only to a key of the very same object, and keeps that object alive."""

    thing: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


@dataclass
class Visit:
    """One visitor's choices and what was computed from them."""

    token: str
    choices: Choices
    computed: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)
    restored: bool = False
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


@st.cache_resource(show_spinner=False)
def jobs() -> JobPool:
    """Return the one pool of workers all visitors share."""
    return JobPool()


def get() -> Choices:
    """Return what the visitor has chosen."""
    return visit().choices


def visit() -> Visit:
    """Return the visit of this session, restored from its token after a refresh."""
    if "visit" not in st.session_state:
        token = re.sub(r"[^\w-]", "", st.query_params.get(TOKEN, "")) or secrets.token_urlsafe(16)
        saved = _saved(token)
        known = json.loads(saved.read_text(encoding="utf-8")) if saved.exists() else None
        choices = choices_from_json(known) if known else Choices()
        st.session_state["visit"] = Visit(token, choices, restored=known is not None)
    found: Visit = st.session_state["visit"]
    return found


def change(**chosen: Any) -> None:
    """Replace choices by name, save them, and let their controls start from the new values."""
    for name in chosen:
        st.session_state.pop(f"choice_{name}", None)
    _store(chosen)


def _store(chosen: Mapping[str, Any]) -> None:
    now = visit()
    now.choices = replace(now.choices, **chosen)
    path = _saved(now.token)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(now.choices)), encoding="utf-8")


def bound(name: str) -> dict[str, Any]:
    """Return the arguments that tie a control to a choice: its key, its start value and its callback."""
    return {"key": started(f"choice_{name}", getattr(get(), name)), "on_change": _adopt, "args": (name,)}


def started(key: str, value: Any) -> str:
    """Have a control start from what is chosen now, and stay as the visitor then sets it; return its key.

    A control whose code the browser is still fetching misses the first message, starts from its own default and sends
    that back as a choice. Therefore the value is told in the first `TOLD` runs, unless the control answers before.
    """
    now, language = visit(), get().language
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


def _adopt(name: str) -> None:
    # another control that was touched at the same time may have started everything over
    value = answered(f"choice_{name}")
    if value is None and (f"choice_{name}" not in st.session_state or name not in MAY_BE_NONE):
        # nothing was chosen: the control goes on from the choice that stands
        st.session_state.pop(f"choice_{name}", None)
        return
    _store({name: tuple(value) if isinstance(value, list) else value})


def bound_to_one_of(name: str, options: tuple[str, ...]) -> dict[str, Any]:
    """Return `bound` for a choice whose options vary; one that is no longer offered becomes the first."""
    if getattr(get(), name) not in options:
        change(**{name: options[0]})
    return bound(name)


def has_widget(key: str) -> bool:
    """Whether a control was on the screen in the last run."""
    return key in st.session_state


def widget(key: str) -> Any:
    """Return the value of a control that is not tied to a choice, inside its callback."""
    return st.session_state[key]


def remember(name: str, key: Hashable, compute: Callable[[], T]) -> T:
    """Return what was computed for this key, or compute it; one value a name is kept, in this session only."""
    computed = visit().computed
    if name not in computed or computed[name][0] != key:
        computed[name] = (key, compute())
    value: T = computed[name][1]
    return value


def keep_file(content: bytes) -> str:
    """Keep an uploaded file for this server's lifetime and return its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = kept_file(sha256)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)
    return sha256


def kept_file(sha256: str) -> Path:
    """Return where an uploaded file is kept."""
    return jobs().root / "files" / Path(sha256).name


def keep_token_in_address() -> None:
    """Put the visit's token into the address, so that a refresh finds the visit again."""
    if st.query_params.get(TOKEN) != visit().token:
        st.query_params[TOKEN] = visit().token


def choices_from_json(read: Mapping[str, Any]) -> Choices:
    """Return choices from JSON; names that are no longer known are left out."""
    known = {each.name for each in fields(Choices)}
    values = {name: _frozen(value) for name, value in read.items() if name in known}
    return Choices(**values)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _saved(token: str) -> Path:
    return jobs().root / "visits" / f"{Path(token).name}.json"
