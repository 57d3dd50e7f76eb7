"""One visit: everything chosen, as JSON-able data that survives page switches, refreshes and lost connections."""

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import streamlit as st

from medalloc.errors import InputError, MedallocError, SourceError
from medalloc.jobs.either import PoolOrCluster
from medalloc.saved import from_plain, to_plain
from medalloc.sentences import Sentence, sentence
from medalloc.study import Answers
from medalloc.study.files import KeptFiles
from medalloc.study.kept import Kept
from medalloc.ui import kept
from medalloc.ui.account import account
from medalloc.ui.choices import Choices, with_tickets_of
from medalloc.ui.kept import workspace
from medalloc.workspace import ChangedMeanwhile, Record
from medalloc.workspace.workspace import new_id

NOT_YOURS = sentence("You may look at this study and take its numbers along; planners change it.")
"""What somebody is told who would change a study and may not."""

OF_ANOTHER = sentence("This study is somebody else's; make a copy to change it.")
"""What a planner is told who would change it."""

TOKEN = "visit"
"""Name of the query parameter that finds a visit again."""

BROWSER = "medalloc_browser"
"""Name of the cookie by which a browser finds its own studies."""


@dataclass
class Visit:
    """One visitor's choices and what was computed from them."""

    token: str
    """Under which it is saved; made here, never taken from an address."""
    choices: Choices
    record: Record | None = None
    """The choices as they were saved last; None before the first time."""
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
    unknown: bool = False
    """Whether its address named something that is not kept here, until that was read."""
    parted: bool = False
    """Whether somebody else changed the same study, so that this visit goes on in a copy, until that was read."""
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
    pressed: Callable[[], None] | None = None
    """What a button asked for in a run that ended with it; done before the next one."""


CLUSTER = "MEDALLOC_CLUSTER"
"""Variable with the address of a scheduler of Dask that does what takes long."""


@cache
def jobs() -> PoolOrCluster:
    """Return the one pool of workers all visitors share; no visitor can clear it as they could a cache of streamlit."""
    here = workspace()
    return PoolOrCluster(here.runs, os.environ.get(CLUSTER, ""), here.objects.under(here.runs.name))


def close() -> None:
    """End what this server began, and remove what goes with it; the system may end it right after."""
    jobs().close()
    kept.remove()


def files() -> KeptFiles:
    """Return where uploads are kept."""
    return workspace().files


def called() -> str:
    """Return what the audit trail calls this visitor: the account, or what tells the browser from others."""
    return account().name or who()


def is_of_somebody_else() -> bool:
    """Whether the study that is open belongs to somebody else: it is looked at until a copy of it is made."""
    now = visit()
    return now.record is not None and bool(now.record.owner and who()) and now.record.owner != who()


def may_change() -> bool:
    """Whether who is here may change the study that is open."""
    return account().may("change") and not is_of_somebody_else()


def who() -> str:
    """Return what tells this visitor's browser from others; whoever reads it cannot pass for it."""
    said = account().name or st.context.cookies.get(BROWSER)
    # without a browser there is no text
    return hashlib.sha256(said.encode()).hexdigest()[:32] if isinstance(said, str) else ""


def visit() -> Visit:
    """Return the visit of this session, restored from its token after a refresh."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = _begun(st.query_params.get(TOKEN, ""))
    found: Visit = st.session_state["visit"]
    return found


def _begun(token: str) -> Visit:
    """Return the visit that was saved under this token, or a new one under a token that nobody else can know."""
    if not account().may("see"):
        return Visit(new_id(), Choices())
    try:
        record = workspace().find(token) if re.fullmatch(r"[A-Za-z0-9_-]{22}", token) else None
        if record is None:
            return Visit(new_id(), Choices(), unknown=bool(token))
        with suppress(SourceError):
            workspace().touch(record.id)
            workspace().note("opened", who=called(), study=record.id)
        return Visit(record.id, choices_of(record), record, restored=True)
    except MedallocError as error:
        return Visit(new_id(), Choices(), lost=str(error))


def choices_of(record: Record) -> Choices:
    """Return what was chosen in a kept study.

    Raises
    ------
    InputError
        If that is damaged.
    """
    return from_plain(Choices, record.form, sentence("visit"))


def begin_anew(token: str = "", choices: Choices | None = None, title: str = "") -> None:
    """Have this session go on with another study: a kept one by its token, or one of these choices."""
    before = visit()
    for control in before.shown_in:
        st.session_state.pop(control, None)
    now = st.session_state["visit"] = _begun(token)
    # whoever goes on with a study goes on in their own language
    language = {"language": before.choices.look.language}
    now.choices = now.choices.changed(language)
    if choices is not None:
        choose(choices.changed(language))
        if title and now.record is not None:
            rename(now.record.id, title)


def set_aside(file: str) -> None:
    """Leave a study that has another table than this as it is kept, and go on in a new one of the same choices."""
    now = visit()
    if now.record is not None and now.record.table_name and now.choices.study.data.file != file:
        now.token, now.record = new_id(), None


def chosen() -> Choices:
    """Return everything that is kept of the visit."""
    return visit().choices


def choose(choices: Choices) -> None:
    """Have these choices stand from now on, and save them."""
    now = visit()
    if not may_change():
        if (choices.study, choices.tickets) == (now.choices.study, now.choices.tickets):
            # what somebody looks at is theirs alone, and goes with the page
            now.choices = choices
        else:
            now.not_kept = OF_ANOTHER if account().may("change") else NOT_YOURS
        return
    now.choices, now.not_kept = choices, None
    try:
        _save(now)
    except SourceError as error:
        now.not_kept = sentence(
            "What you choose is in use but not saved, and is lost when this page is loaded again: {reason}",
            reason=error.said,
        )


def _save(now: Visit) -> None:
    """Save the choices of a visit; where somebody else changed the same study meanwhile, beside theirs."""
    form = to_plain(now.choices)
    if now.record is None:
        now.record = workspace().begin(form, owner=who(), who=called(), id=now.token)
        return
    if form == now.record.form:
        return
    try:
        now.record = workspace().save(now.record, form, who=called())
    except ChangedMeanwhile as other:
        with suppress(ChangedMeanwhile, InputError):
            _save_together(now, now.record, other.theirs)
            return
        now.record = workspace().begin(form, owner=who(), who=called(), title=now.record.title)
        now.token, now.parted = now.record.id, True
        now.last.pop("parted", None)


def _save_together(now: Visit, record: Record, theirs: Record) -> None:
    """Save what goes together with what somebody else saved; raises `ChangedMeanwhile` where the studies differ."""
    before, saved = choices_of(record), choices_of(theirs)
    if saved.study == before.study:
        # they looked about, or had something calculated
        now.choices = with_tickets_of(now.choices, saved)
        now.record = workspace().save(theirs, to_plain(now.choices), who=called())
    elif now.choices.study == before.study:
        # their study stands; what is looked at here is this page's alone
        together = with_tickets_of(saved, now.choices)
        if together != saved:
            workspace().save(theirs, to_plain(together), who=called())
    else:
        raise ChangedMeanwhile(theirs)


def rename(id: str, title: str) -> None:
    """Call a kept study something else."""
    now = visit()
    try:
        account().required("change")
        workspace().rename(id, title, who=called())
    except SourceError as error:
        now.not_kept = error.said
    if now.record is not None and now.record.id == id:
        now.record = replace(now.record, title=title.strip())


def keep_token_in_address() -> None:
    """Put the token of what is saved into the address, so that a refresh finds the visit again."""
    now = visit()
    if now.record is None:
        st.query_params.pop(TOKEN, None)
    elif st.query_params.get(TOKEN) != now.token:
        st.query_params[TOKEN] = now.token
