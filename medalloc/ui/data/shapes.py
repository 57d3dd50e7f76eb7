"""Known file shapes: as what the file is read, files that belong to it, one's own shape, and the list of all."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.errors import InputError
from medalloc.saved import read_json
from medalloc.sentences import sentence
from medalloc.study.parts import Data
from medalloc.tables.checks.finding import Finding
from medalloc.tables.shapes.catalogue import AUTO, KNOWN, LONG, NONE, OWN, TURNED, recognised
from medalloc.tables.shapes.engine import words as said_by
from medalloc.tables.shapes.shape import Shape
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.kit import printed, uploads, words
from medalloc.ui.kit.words import _

BESIDE, OWN_FILE = "shape_beside", "shape_own"
"""Controls that take files."""


def known_shapes(filed: Table, chosen: Data) -> None:
    """Let the visitor say as what a file is read, and show which shapes are known.

    Parameters
    ----------
    filed : Table
        The table as its file has it.
    chosen : Data
        What was chosen about it.
    """
    with uploads.folded(_("Known file shapes"), BESIDE, OWN_FILE):
        _read_as(filed, chosen.shape, chosen.own_shape)
        left, right = st.columns(2, gap="large")
        with left:
            uploads.tables(
                _("Files that belong to it"),
                BESIDE,
                _take_beside,
                help=_(
                    "Such as names of organisation units, people or locations; joined by the names of their columns."
                ),
            )
            _beside(chosen.files_beside)
        with right:
            uploads.uploader(
                _("Your own shape"),
                OWN_FILE,
                _take_own,
                kinds=("json",),
                help=_("A JSON file as docs/files.md describes it; every fault in it is said."),
            )
        _listed()


def _read_as(filed: Table, chosen: str, own: Mapping[str, Any] | None) -> None:
    titles = {each.name: words.plainly(said_by(each.title)) for each in KNOWN}
    mine = {} if own is None else {OWN: str(own.get("title", OWN))}
    # what cannot be told is told where the table is read
    found = state.keep(recognised, filed, own)
    taken = _("none of the known") if found is None else titles.get(found.name, found.title)
    beside = {NONE: _("as it stands"), LONG: _("a row for each period"), TURNED: _("a row for each column")}
    names = {AUTO: _("recognised: {name}").format(name=taken), **beside, **mine, **titles}
    st.selectbox(
        _("Read the file as"),
        list(names),
        format_func=lambda each: names.get(each, each),
        key=state.started("choice_shape", chosen if chosen in names else AUTO),
        on_change=_take_shape,
    )


def offer_rows(found: Sequence[Finding]) -> None:
    """Offer to make a row of each period, or of each region, where the table was found to have a column for each."""
    for kind, shape, label in (
        ("wide", LONG, _("Make a row for each period")),
        ("lying", TURNED, _("Turn the table: a row for each region")),
    ):
        if any(each.kind == kind for each in found):
            icon, how = ":material/table_rows:", {"shape": shape}
            st.button(label, key=f"shape_{shape}", icon=icon, on_click=_change, kwargs=how)


def _take_shape() -> None:
    _change(shape=state.answered("choice_shape") or AUTO)


def _change(**chosen: Any) -> None:
    """Change how the file is read; what was said of columns by their names no longer applies."""
    state.change(**chosen, roles={}, repairs=(), region_changes={})


def _take_beside(file: str, table: Table) -> None:
    kept = (file, table.source.name)
    state.revise("files_beside", lambda before: (*(each for each in before if each != kept), kept))
    _change()


def _beside(files: Sequence[tuple[str, str]]) -> None:
    if not files:
        return
    st.caption(_("In use: {name}").format(name=words.escape(", ".join(name for _file, name in files))))
    st.button(_("Take them out"), key="shape_beside_out", on_click=lambda: _change(files_beside=()))


def _take_own(content: bytes, name: str) -> None:
    try:
        shape = Shape.from_json(read_json(content))
    except ValueError as error:
        raise InputError(sentence("“{file}” is not JSON ({reason}).", file=name, reason=error)) from error
    _change(own_shape=shape.to_json(), shape=OWN)


def _listed() -> None:
    printed.grid(
        pd.DataFrame(
            {
                "title": [words.plainly(said_by(each.title)) for each in KNOWN],
                "words": [words.plainly(said_by(each.words)) for each in KNOWN],
                "name": [each.name for each in KNOWN],
            }
        ),
        column_config={
            "title": st.column_config.TextColumn(_("Shape"), width="medium"),
            "words": st.column_config.TextColumn(_("What it is, and how it is read"), width="large"),
            "name": st.column_config.TextColumn(_("Name in commands")),
        },
        alt=_("The file shapes that are known"),
    )
