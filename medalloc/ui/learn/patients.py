"""Whose patients the steps look at: the sample's, those of the table on Data, or those of the class's own file."""

import streamlit as st

from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import other_tables, uploads, words
from medalloc.ui.kit.words import _

KEY = "learn_file_given"


def choose() -> None:
    """Let the visitor put other patients in the sample's place."""
    names = offered()
    now = names.get(state.learn().learn_from, names["sample"])
    with uploads.folded(
        _("Patients of this step: {name}").format(name=words.escape(now)), KEY, icon=":material/group:"
    ):
        if len(names) > 1:
            st.radio(
                _("Whose patients?"),
                list(names),
                format_func=lambda each: words.escape(names[each]),
                help=_("The same in every step that looks at patients."),
                **state.bound_to_one_of(at.learn.learn_from, tuple(names)),
            )
        uploads.tables(
            _("The class's own table"),
            KEY,
            _take,
            help=_("One row a patient, a column that says who was in need, and at least two columns of numbers."),
        )
        st.caption(
            _(
                "A file given here is read as on Data, with the roles that its columns suggest. Where a role, a repair "
                "or what means need is to be set, open it on Data and choose here the table in use."
            )
        )


def offered() -> dict[str, str]:
    """Return whose patients can be chosen, and what they are called."""
    names = {"sample": _("built-in sample")}
    if (table := other_tables.in_use()) is not None:
        names["table"] = _("table in use: {name}").format(name=table.source.name)
    if state.learn().learn_file is not None:
        names["file"] = _("own file: {name}").format(name=state.learn().learn_file_name)
    return names


def _take(file: str, table: Table) -> None:
    state.change(learn_from="file", learn_file=file, learn_file_name=table.source.name)
