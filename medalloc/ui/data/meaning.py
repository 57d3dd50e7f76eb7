"""What counts as need: said where the table is looked at and where it is learnt from, and changed there."""

from collections.abc import Callable

import streamlit as st

from medalloc.need.training.target import Answers, Need, answers_of
from medalloc.preparation.encoding import encode
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _

MOST = 30
"""Different answers up to which each can be chosen. [count]"""


def means_need(table: Table, in_force: Callable[[], Need | None]) -> None:
    """Let the visitor say which answers mean need; nothing for a table without a column of need.

    Parameters
    ----------
    table : Table
        In use.
    in_force : callable
        Returns what counts as need now, or raises why that cannot be told.
    """
    if table.column("need") is None:
        return
    with layout.failures_as_sentences():
        found = state.keep(_answers, table)
        meaning: Need | None = None
        try:
            meaning = in_force()
        finally:
            # also where it cannot be told, and in particular there
            if 2 <= len(found.texts) <= MOST:
                _choose(found, meaning)
        if meaning is not None:
            st.caption(words.say(meaning.said))


def _answers(table: Table) -> Answers:
    return answers_of(encode(table.frame, [table.required("need")])[0])


def _choose(found: Answers, meaning: Need | None) -> None:
    taken = () if meaning is None else meaning.means_need
    st.pills(
        _("Means need"),
        found.texts,
        selection_mode="multi",
        help=_("Who has one of these answers counts as in need, everybody else as not."),
        **state.bound(
            at.study.data.need_is,
            shown=lambda chosen: [each for each in found.texts if each in (chosen or taken)],
        ),
    )
