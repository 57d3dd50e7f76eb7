"""One visit: everything chosen, as JSON-able data that survives page switches, refreshes and lost connections."""

import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from medalloc.errors import MedallocError, SourceError
from medalloc.jobs.pool import JobPool
from medalloc.saved import read_form, write_form
from medalloc.sentences import Sentence, sentence
from medalloc.study import Answers
from medalloc.study.files import KeptFiles
from medalloc.study.kept import Kept
from medalloc.ui.choices import Choices

TOKEN = "visit"
"""Name of the query parameter that finds a visit again."""


@dataclass
class Visit:
    """One visitor's choices and what was computed from them."""

    token: str
    choices: Choices
    kept: Kept = field(default_factory=Kept)
    """What was worked out, under what it was worked out from."""
    answers: Answers | None = None
    """What follows from the choices, as far as it was asked."""
    last: dict[str, Any] = field(default_factory=dict)
    """What parts of screens saw in their last run, by name, to tell what is new."""
    editors: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """What each editor said last, with its table and its turn."""
    refused: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """Why what a control gave last was refused, by the control; shown until it gives something else."""
    restored: bool = False
    """Whether the choices are those of an earlier session; said once."""
    lost: str | None = None
    """Why what was saved of this visit could not be read."""
    counted_in: str | None = None
    """What demand is counted in, in the plural, as the run of a page found it; None for persons."""
    not_kept: Sentence | None = None
    """What could not be written down, and why; everything goes on from what is in memory."""
    to_tell: dict[str, int] = field(default_factory=dict)
    """Runs in which each control is still told its value, by key. [count]"""
    shown_in: dict[str, str] = field(default_factory=dict)
    """Language in which each control was last shown, by key."""


@cache
def jobs() -> JobPool:
    """Return the one pool of workers all visitors share; no visitor can clear it as they could a cache of streamlit."""
    return JobPool()


@cache
def files() -> KeptFiles:
    """Return where uploads are kept for this server's lifetime."""
    return KeptFiles(jobs().root / "files")


def drawn_boundaries() -> Path:
    """Return where boundaries lie that somebody brought, as maps draw them."""
    return jobs().root / "boundaries"


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


def chosen() -> Choices:
    """Return everything that is kept of the visit."""
    return visit().choices


def choose(choices: Choices) -> None:
    """Have these choices stand from now on, and save them."""
    now = visit()
    now.choices, now.not_kept = choices, None
    try:
        write_form(_saved(now.token), choices, private=True)
    except SourceError as error:
        now.not_kept = sentence(
            "What you choose is in use but not saved, and is lost when this page is loaded again: {reason}",
            reason=error.said,
        )


def keep_token_in_address() -> None:
    """Put the visit's token into the address, so that a refresh finds the visit again."""
    if st.query_params.get(TOKEN) != visit().token:
        st.query_params[TOKEN] = visit().token


def _saved(token: str) -> Path:
    return jobs().root / "visits" / f"{Path(token).name}.json"
