"""Files a visitor gives; one that cannot be used is refused beneath the control, and what was in use stays in use."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from medalloc.errors import MedallocError
from medalloc.tables.apart import get_ready
from medalloc.tables.table import Table
from medalloc.ui import brought, state
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _
from medalloc.ui.visit import visit

TABLES = (
    *("csv", "tsv", "txt", "xlsx", "xls", "ods", "parquet", "feather"),
    *("json", "ndjson", "jsonl", "geojson", "gz", "zip"),
)
"""Kinds of files that hold a table."""


def uploader(
    label: str,
    key: str,
    take: Callable[[bytes, str], None],
    *,
    kinds: Sequence[str] = TABLES,
    help: str | None = None,
    several: bool = False,
    most: int | None = None,
) -> None:
    """Let the visitor give a file, and say why the last one was refused.

    Parameters
    ----------
    most : int, optional
        Size of the largest file, where it is not the server's. [MB]
    """
    _uploader(label, key, lambda file: take(file.getvalue(), file.name), kinds, help=help, several=several, most=most)


def tables(
    label: str, key: str, take: Callable[[str, Table], None], *, help: str | None = None, several: bool = False
) -> None:
    """Let the visitor give a file with a table, which is kept, and say why the last one was refused.

    Parameters
    ----------
    label, key, help, several
        As for `uploader`.
    take : callable
        Uses the file, called by its SHA-256, and the table in it, or raises what a user can repair.
    """
    _uploader(label, key, lambda file: take(*brought.table_kept(file, file.name)), TABLES, help=help, several=several)


def _uploader(label: str, key: str, take: Callable[[UploadedFile], None], kinds: Sequence[str], **options: Any) -> None:
    get_ready()
    if words.language().code != "en":
        st.html(_in_the_language(options.get("most") or st.get_option("server.maxUploadSize")))
    st.file_uploader(
        label,
        type=list(kinds),
        key=key,
        on_change=_take,
        args=(key, take),
        help=options["help"],
        accept_multiple_files=options["several"],
        max_upload_size=options.get("most"),
        disabled=state.locked(),
    )
    tell(key)


def _in_the_language(most: int) -> str:
    """Return a style that shows the control's own English words in the visitor's language."""
    control, told = '[data-testid="stFileUploaderDropzone"]', '[data-testid="stFileUploaderDropzoneInstructions"]'
    press, limit = _("Choose a file"), _("at most {most} MB each").format(most=words.number(most))
    return (
        f"<style>{control} button p, {told} * {{font-size: 0 !important}} "
        f'{control} button p::after {{font-size: .875rem; content: "{press}"}} '
        f'{told}::after {{font-size: .8rem; content: "{limit}"}}</style>'
    )


def _take(key: str, take: Callable[[UploadedFile], None]) -> None:
    given = state.widget(key)
    files = [given] if isinstance(given, UploadedFile) else given or []
    came = [each for each in files if isinstance(each, UploadedFile)]
    if given and not came:
        # all of it was taken before
        return
    with refusing(key):
        state.required("change")
        for file in came:
            # a large file takes seconds, in which the page stays as it was
            with st.spinner(_("Reading {file} …").format(file=words.escape(file.name)), show_time=True):
                _let_go(file)
                take(file)
                # what a control gave is copied with every run
                file.truncate(0)


def _let_go(file: UploadedFile) -> None:
    """Have the server keep a file's bytes no longer than it is read: by then they are used, or in a file of ours."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


@contextmanager
def refusing(control: str) -> Iterator[None]:
    """Note what is wrong with what a control gave; a callback ends there, and everything stays as it was."""
    visit().refused.pop(control, None)
    try:
        yield
    except MedallocError as error:
        visit().refused[control] = layout.faults_of(error)


def folded(label: str, *controls: str, expanded: bool = False, **options: Any) -> ExpanderContainer:
    """Return an expander that is open as long as something that one of these controls in it gave is refused."""
    return st.expander(label, expanded=expanded or not visit().refused.keys().isdisjoint(controls), **options)


def tell(control: str, place: Any = st) -> None:
    """Say what was wrong with what a control gave last, every fault at once."""
    if found := visit().refused.get(control):
        layout.faults(found, place)
