"""What counts as need: said where the table is looked at and where it is learnt from, and changed there."""

from collections.abc import Callable

import streamlit as st

from medalloc.need.training.amount import Amount
from medalloc.need.training.meaning import Meaning
from medalloc.need.training.target import Answers, Need, answers_of
from medalloc.preparation.encoding import encode
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _

MOST = 30
"""Different answers up to which each can be chosen. [count]"""


def means_need(table: Table, in_force: Callable[[], Meaning | None]) -> None:
    """Let the visitor say what the column of need holds, and which answers mean need; nothing without such a column.

    Parameters
    ----------
    table : Table
        In use.
    in_force : callable
        Returns what the column is taken for now, or raises why that cannot be told.
    """
    if table.column("need") is None:
        return
    with layout.failures_as_sentences():
        meaning: Meaning | None = None
        try:
            meaning = in_force()
        finally:
            # also where it cannot be told, and in particular there
            _controls(table, meaning)
        if meaning is not None:
            st.caption(words.say(meaning.said))


def _controls(table: Table, meaning: Meaning | None) -> None:
    found = state.keep(_answers, table)
    if state.keep(_is_number, table) and (len(found.texts) > 2 or table.need_as not in ("auto", "answers")):
        _holds(meaning)
    if isinstance(meaning, Amount):
        _unit(meaning)
    elif 2 <= len(found.texts) <= MOST:
        _choose(found, meaning)


def _answers(table: Table) -> Answers:
    return answers_of(encode(table.frame, [table.required("need")])[0])


def _is_number(table: Table) -> bool:
    return encode(table.frame, [table.required("need")])[0].kind == "number"


def _holds(meaning: Meaning | None) -> None:
    names = {
        "answers": _("Answers"),
        "counts": _("Counts"),
        "amounts": _("Amounts above 0"),
        "numbers": _("Any numbers"),
    }
    taken = meaning.holds if isinstance(meaning, Amount) else "answers"
    st.segmented_control(
        _("The column of need holds"),
        tuple(names),
        format_func=names.__getitem__,
        required=True,
        help=_(
            "Answers say who is in need. Counts, such as visits, amounts, such as days or cost, and other "
            "numbers say how much: then the amount is learned, and demand is its sum."
        ),
        **state.bound(at.study.data.need_as, shown=lambda chosen: taken if chosen == "auto" else chosen),
    )


def _unit(meaning: Amount) -> None:
    st.text_input(
        _("Counted in"),
        placeholder=meaning.column,
        help=_("What the amounts count, in the plural, such as visits or bed days; demand is said in it."),
        **state.bound(at.study.data.need_unit),
    )


def _choose(found: Answers, meaning: Meaning | None) -> None:
    taken = meaning.means_need if isinstance(meaning, Need) else ()
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
