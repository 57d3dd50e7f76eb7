"""The lines of the file beside the table: what each was taken for, and what it is instead."""

from collections.abc import Sequence
from zlib import crc32

import pandas as pd
import streamlit as st

from medalloc.study import Study
from medalloc.study.parts import Data
from medalloc.tables.account import WORDS, Account
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, pressed, printed, words
from medalloc.ui.kit.words import _

CHOSEN = "raw_lines"

HOW = (
    *("header_row", "first_row", "last_row", "lines_left_out"),
    *("encoding", "delimiter", "sheet", "decimal", "kept_as_text"),
)
"""What somebody may have said of a file so that nothing of it is left."""


def rejected(account: Account) -> None:
    """Offer the lines that could not be read."""
    if not account.rejected:
        return
    with st.expander(_("Rejected rows: {count}").format(count=words.number(len(account.rejected))), expanded=True):
        rejects = account.rejects().assign(reason=[words.plainly(each.reason) for each in account.rejected])
        printed.grid(
            rejects,
            column_config={
                "line": st.column_config.NumberColumn(_("Line"), width="small"),
                "text": st.column_config.TextColumn(_("As it stands in the file"), width="large"),
                "reason": st.column_config.TextColumn(_("Why it is no row of the table"), width="medium"),
            },
            alt=_("Rows that cannot be read"),
        )
        downloads.offer(rejects, "rejects", key="rejects", action="export patients", as_it_is=True)


def as_they_stand(account: Account, said: Data) -> None:
    """Show the first and the last lines with what each was taken for, and let it be something else."""
    numbers = tuple(line for line, _text in account.shown)
    # another table once something was said of a line: the browser would go on showing the lines as chosen
    now = (said.header_row, said.first_row, said.last_row, said.lines_left_out)
    key = f"{CHOSEN}_{crc32(repr(now).encode(), crc32(account.taken.tobytes()))}"
    printed.grid(
        pd.DataFrame(
            {
                "line": numbers,
                "taken": [words.plainly(WORDS[account.of(line)]) for line in numbers],
                "text": [text for _line, text in account.shown],
            }
        ),
        height=280,
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        column_config={
            "line": st.column_config.NumberColumn(_("Line"), width="small"),
            "taken": st.column_config.TextColumn(_("Taken for")),
            "text": st.column_config.TextColumn(_("As it stands in the file"), width="large"),
        },
        alt=_("The first and the last lines of the file, and what each was taken for"),
    )
    rows = [each for each in state.widget(key)["selection"]["rows"] if each < len(numbers)]
    chosen = sorted(numbers[each] for each in rows)
    st.caption(_("Choose lines on their left, then say what they are:"))
    with st.container(horizontal=True):
        _button(_("Names of columns"), "header", chosen, len(chosen) == 1)
        _button(_("First row"), "first", chosen, len(chosen) == 1)
        _button(_("Last row"), "last", chosen, len(chosen) == 1)
        _button(_("Leave out"), "out", chosen, bool(chosen))
        st.button(_("All as recognised"), key="lines_again", on_click=_as_recognised, type="tertiary")


def _button(label: str, what: str, lines: Sequence[int], possible: bool) -> None:
    pressed.button(label, _take, what, tuple(lines), key=f"lines_{what}", disabled=not possible)


def _take(what: str, lines: tuple[int, ...]) -> None:
    if what == "header":
        # rows begin below the names again, wherever they began before
        state.change(header_row=lines[0], first_row=None)
    elif what == "first":
        state.change(first_row=lines[0])
    elif what == "last":
        state.change(last_row=lines[0])
    else:
        state.revise(at.study.data.lines_left_out, lambda before: tuple(sorted({*before, *lines})))


def _as_recognised() -> None:
    state.change(header_row=None, first_row=None, last_row=None, lines_left_out=())


def way_back(chosen: Data) -> None:
    """Offer to read the file as it is recognised, where what was said of it leaves no table to say more of."""
    fresh = Study()
    said = [each for each in HOW if getattr(chosen, each) != fresh.choice(each)]
    if said:
        st.button(
            _("Read it as recognised"),
            key="read_again",
            icon=":material/undo:",
            on_click=lambda: state.change(**{each: fresh.choice(each) for each in said}),
        )
